import type { Tx } from '../store/client.ts';
import { deliver, people } from '../store/deliver.ts';
import { ringersOf } from '../store/follows.ts';
import { lockPostState, updatePostState } from '../store/post-states.ts';

interface NewPost {
  postId: string;
  authorId: string;
  visibility: 'PUBLIC' | 'FOLLOWERS' | 'MENTIONED';
  mentionedIds: string[];
  quoteOfAuthorId: string | null;
  createdAt: string;
}

/** Notifies those whom a post names, whom it quotes, and those of its author's followers who ring: each once, as the first of these. */
export async function notifyOfPost(tx: Tx, post: NewPost, sequence: bigint): Promise<void> {
  const { postId, authorId, visibility, quoteOfAuthorId } = post;
  const state = await lockPostState(tx, postId);
  if (state.deleted) return;
  // An edit that overtook this event has told whom the post names by now.
  const isEdited = sequence < state.mentionsSequence;
  if (!isEdited) await updatePostState(tx, postId, { mentionsSequence: sequence });

  const activity = {
    actorId: authorId,
    at: new Date(post.createdAt),
    subjectKind: 'Post',
    subjectId: postId,
    postId,
  } as const;
  const audiences = [
    { type: 'MENTION', people: people(isEdited ? [] : post.mentionedIds) },
    { type: 'QUOTE', people: people(quoteOfAuthorId ? [quoteOfAuthorId] : []) },
    { type: 'POST', people: visibility === 'MENTIONED' ? people([]) : ringersOf(authorId) },
  ] as const;
  await deliver(tx, activity, audiences, ['MENTION']);
}
