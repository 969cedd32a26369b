import { CommentRemoved } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import {
  findRemovableComment,
  type Removable,
  updateCommentRemoval,
} from '../../store/moderation/removals.ts';
import { checkReason, factsOf, moderatedSubject } from './moderated-subject.ts';

/** As `removePost` for a comment, whose place remains. */
export async function removeComment(
  tx: Tx,
  viewer: Viewer,
  input: { commentId: string; reason: string },
): Promise<Removable> {
  const reason = checkReason(input.reason);
  const comment = await moderatedSubject(tx, viewer, 'Comment', findRemovableComment, input.commentId);
  const removal = { removedAt: new Date(), removedReason: reason };
  await updateCommentRemoval(tx, comment.id, removal);
  await publish(tx, CommentRemoved, { ...factsOf(viewer, comment), commentId: comment.id, reason });
  return { ...comment, ...removal };
}
