import { CommentReactionRemoved } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { notifyOfReaction } from '../domain/notify-of-reaction.ts';
import type { Tx } from '../store/client.ts';

export const onCommentReactionRemoved = consumer(CommentReactionRemoved, (tx: Tx, { data, sequence }) =>
  notifyOfReaction(
    tx,
    { kind: 'Comment', id: data.commentId, postId: data.postId },
    { ...data, authorId: data.commentAuthorId, active: false, sequence },
  ),
);
