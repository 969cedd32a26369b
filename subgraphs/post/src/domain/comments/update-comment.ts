import { CommentUpdated } from '@socialhub/platform/contracts/post';
import { forbidden, notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { UpdateCommentInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { insertCommentEdit } from '../../store/comments/comment-edits.ts';
import { findOwnCommentForUpdate, updateCommentText } from '../../store/comments/comments.ts';
import { checkCommentText } from '../text/post-text.ts';
import { namedReaders } from './named-readers.ts';

/**
 * Replaces the author's own words and keeps the earlier ones; gives the comment's id. The same words again are no edit. Throws
 * NOT_FOUND, FORBIDDEN for what moderators removed, BAD_USER_INPUT.
 */
export async function updateComment(tx: Tx, viewer: Viewer, input: UpdateCommentInput): Promise<string> {
  const { commentId: id } = input;
  const authorId = viewer.userId;
  const comment = await findOwnCommentForUpdate(tx, authorId, id);
  if (!comment) throw notFound('Comment');
  if (comment.removedAt) throw forbidden('Moderators removed this comment');
  const text = checkCommentText(input.text);
  if (text === comment.text) return id;

  const editedAt = new Date();
  const { postId, postAuthorId, parentAuthorId: answeredId } = comment;
  const told = await namedReaders(tx, { authorId, postId, text, answeredId });
  await insertCommentEdit(tx, { commentId: id, text: comment.text, editedAt });
  await updateCommentText(tx, { id, text, mentionedIds: told.mentionedIds }, editedAt);
  await publish(tx, CommentUpdated, { commentId: id, postId, postAuthorId, authorId, ...told });
  return id;
}
