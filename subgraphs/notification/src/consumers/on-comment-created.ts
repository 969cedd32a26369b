import { CommentCreated } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { deliver, people } from '../store/deliver.ts';
import { lockPostState } from '../store/post-states.ts';

export const onCommentCreated = consumer(CommentCreated, async (tx: Tx, { data }) => {
  const { commentId, postId, postAuthorId, parentAuthorId, authorId, mentionedIds } = data;
  const state = await lockPostState(tx, postId);
  if (state.deleted) return;
  const activity = {
    actorId: authorId,
    at: new Date(data.createdAt),
    subjectKind: 'Comment',
    subjectId: commentId,
    postId,
  } as const;
  await deliver(tx, activity, [
    { type: 'REPLY', people: people(parentAuthorId ? [parentAuthorId] : []) },
    { type: 'MENTION', people: people(mentionedIds) },
    { type: 'COMMENT', people: people([postAuthorId]) },
  ]);
});
