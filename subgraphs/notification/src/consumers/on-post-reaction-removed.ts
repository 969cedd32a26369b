import { PostReactionRemoved } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { notifyOfReaction } from '../domain/notify-of-reaction.ts';
import type { Tx } from '../store/client.ts';

export const onPostReactionRemoved = consumer(PostReactionRemoved, (tx: Tx, { data, sequence }) =>
  notifyOfReaction(
    tx,
    { kind: 'Post', id: data.postId, postId: data.postId },
    { ...data, authorId: data.postAuthorId, active: false, sequence },
  ),
);
