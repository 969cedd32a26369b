import { exportOf, source } from '@socialhub/platform/personal-data/data-export';
import type { Client } from '../store/client.ts';
import {
  listBookmarksForExport,
  listCommentEditsForExport,
  listCommentReactionsForExport,
  listCommentsForExport,
  listPostEditsForExport,
  listPostsForExport,
  listReactionsForExport,
} from '../store/export.ts';

/** What this service adds to the archive of a person's data. */
export const dataExport = exportOf<Client>('post', [
  source('posts', listPostsForExport, (row) => `${row.createdAt.toISOString()} ${row.id}`),
  source('post-edits', listPostEditsForExport, (row) =>
    [row.postCreatedAt.toISOString(), row.postId, row.editedAt.toISOString(), row.id].join(' '),
  ),
  source('comments', listCommentsForExport, (row) => row.id),
  source('comment-edits', listCommentEditsForExport, (row) =>
    [row.commentId, row.editedAt.toISOString(), row.id].join(' '),
  ),
  source('reactions', listReactionsForExport, (row) => `${row.postId} ${row.emoji}`),
  source('comment-reactions', listCommentReactionsForExport, (row) => `${row.commentId} ${row.emoji}`),
  source('bookmarks', listBookmarksForExport, (row) => `${row.createdAt.toISOString()} ${row.postId}`),
]);
