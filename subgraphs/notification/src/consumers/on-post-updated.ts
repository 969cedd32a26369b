import { PostUpdated } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { deliver, people } from '../store/deliver.ts';
import { lockPostState, updatePostState } from '../store/post-states.ts';
import { deleteMentions } from '../store/retract.ts';
import { lockStanding } from '../store/standings.ts';

/** Whom the text names now is told of it; whom it names no more is not. */
export const onPostUpdated = consumer(PostUpdated, async (tx: Tx, { data, sequence, time }) => {
  const { postId, authorId, mentionedIds } = data;
  const state = await lockPostState(tx, postId);
  if (state.deleted || sequence <= state.mentionsSequence) return;
  await updatePostState(tx, postId, { mentionsSequence: sequence });
  // In the order in which a change of standing locks: the person, then those who were told.
  await lockStanding(tx, authorId);
  await deleteMentions(tx, { kind: 'Post', id: postId, postId }, mentionedIds);
  const activity = { actorId: authorId, at: time, subjectKind: 'Post', subjectId: postId, postId } as const;
  await deliver(tx, activity, [{ type: 'MENTION', people: people(mentionedIds) }]);
});
