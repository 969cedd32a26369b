import {
  CommentRemoved,
  CommentRestored,
  PostRemoved,
  PostRestored,
} from '@socialhub/platform/contracts/post';
import { forbidden, notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import { mayModerate, type Viewer } from '@socialhub/platform/identity/identity';
import { checkText } from '@socialhub/platform/text/check-text';
import type { Tx } from '../store/client.ts';
import {
  findRemovableComment,
  findRemovablePost,
  type Removable,
  updateCommentRemoval,
  updatePostRemoval,
} from '../store/removals.ts';

const maxReason = 500;
const notRemoved = { removedAt: null, removedReason: null };

/**
 * Takes a post out of everybody's sight but its author's. Throws FORBIDDEN unless the viewer is a moderator (of what
 * members wrote) or an admin (of what others wrote), NOT_FOUND when there is none.
 */
export async function removePost(
  tx: Tx,
  viewer: Viewer,
  input: { postId: string; reason: string },
): Promise<Removable> {
  const reason = checkReason(input.reason);
  const post = await subject(tx, viewer, 'Post', findRemovablePost, input.postId);
  const removal = { removedAt: new Date(), removedReason: reason };
  await updatePostRemoval(tx, post.id, removal);
  await publish(tx, PostRemoved, { ...factsOf(viewer, post), mediaIds: post.mediaIds, reason });
  return { ...post, ...removal };
}

/** Brings it back, by the same rules; does nothing when it is not removed. */
export async function restorePost(tx: Tx, viewer: Viewer, postId: string): Promise<Removable> {
  const post = await subject(tx, viewer, 'Post', findRemovablePost, postId);
  if (post.removedAt === null) return post;
  await updatePostRemoval(tx, post.id, notRemoved);
  await publish(tx, PostRestored, { ...factsOf(viewer, post), mediaIds: post.mediaIds });
  return { ...post, ...notRemoved };
}

/** As `removePost`; of a comment its place remains. */
export async function removeComment(
  tx: Tx,
  viewer: Viewer,
  input: { commentId: string; reason: string },
): Promise<Removable> {
  const reason = checkReason(input.reason);
  const comment = await subject(tx, viewer, 'Comment', findRemovableComment, input.commentId);
  const removal = { removedAt: new Date(), removedReason: reason };
  await updateCommentRemoval(tx, comment.id, removal);
  await publish(tx, CommentRemoved, { ...factsOf(viewer, comment), commentId: comment.id, reason });
  return { ...comment, ...removal };
}

/** As `restorePost`. */
export async function restoreComment(tx: Tx, viewer: Viewer, commentId: string): Promise<Removable> {
  const comment = await subject(tx, viewer, 'Comment', findRemovableComment, commentId);
  if (comment.removedAt === null) return comment;
  await updateCommentRemoval(tx, comment.id, notRemoved);
  await publish(tx, CommentRestored, { ...factsOf(viewer, comment), commentId: comment.id });
  return { ...comment, ...notRemoved };
}

const checkReason = (reason: string): string => checkText('input.reason', reason, { max: maxReason, min: 1 });

async function subject(
  tx: Tx,
  viewer: Viewer,
  what: string,
  find: (tx: Tx, id: string) => Promise<Removable | null>,
  id: string,
): Promise<Removable> {
  const actor = { id: viewer.userId, role: viewer.role };
  // Asked first: others must not learn from the answer what there is.
  if (actor.role === 'MEMBER') throw forbidden();
  const row = await find(tx, id);
  if (!row) throw notFound(what);
  if (!mayModerate(actor, { id: row.authorId, role: row.authorRole })) throw forbidden();
  return row;
}

const factsOf = (viewer: Viewer, { postId, authorId }: Removable) => ({
  postId,
  authorId,
  moderatorId: viewer.userId,
  at: new Date().toISOString(),
});
