import { CommentRestored } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import {
  findRemovableComment,
  type Removable,
  updateCommentRemoval,
} from '../../store/moderation/removals.ts';
import { factsOf, moderatedSubject, notRemoved } from './moderated-subject.ts';

/** As `restorePost` for a comment. */
export async function restoreComment(tx: Tx, viewer: Viewer, commentId: string): Promise<Removable> {
  const comment = await moderatedSubject(tx, viewer, 'Comment', findRemovableComment, commentId);
  if (comment.removedAt === null) return comment;
  await updateCommentRemoval(tx, comment.id, notRemoved);
  await publish(tx, CommentRestored, { ...factsOf(viewer, comment), commentId: comment.id });
  return { ...comment, ...notRemoved };
}
