import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import type { Context } from '../../context.ts';
import type { CommentEditRow } from '../../store/comments/comment-edits.ts';
import type { CommentRow } from '../../store/comments/comments.ts';
import type { PageArgs } from '../paging/page-args.ts';

const placeOf = (edit: CommentEditRow): [Date, string] => [edit.editedAt, edit.id];

/** A page of the earlier texts of a comment as the viewer has it, oldest first: none of one that is gone for them. */
export async function commentEditsOf(
  { loaders, viewer }: Context,
  { id, deletedAt }: CommentRow,
  args: PageArgs,
) {
  const cursors = cursorCodec('Comment.edits', timeAndId, { viewerId: viewer?.userId ?? null, of: id });
  const page = pageRequest(args, cursors);
  const rows = deletedAt ? [] : await loaders.commentEdits.load({ ownerId: id, page });
  return toConnection(rows, page, placeOf, cursors);
}
