import { batchLoader, groupLoader } from '@socialhub/platform/database/loaders';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Reader } from './client.ts';
import { listCommentPages, listComments, listReplyPages } from './comments/comments.ts';
import { pageLoader } from './paging/list-pages.ts';
import { listEditPages } from './posts/post-edits.ts';
import { listAuthorPages, listPostCounts, listPosts } from './posts/posts.ts';
import { listReactionCounts, listReactionsOf } from './reactions/reactions.ts';
import { listPeopleMet } from './visibility/people.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** Everything that hangs on a row, in one query for all rows of a request. Posts and comments are those the viewer may read. */
export function createLoaders(db: Reader, viewer: Viewer | null) {
  const viewerId = viewer?.userId ?? null;
  const isModerator = viewer !== null && viewer.role !== 'MEMBER';
  const reader = { viewerId, isModerator };
  const loaders = {
    post: batchLoader(
      (ids) => listPosts(db, viewerId, ids, { removedToo: isModerator }),
      ({ id }) => id,
    ),
    comment: batchLoader(
      (ids) => listComments(db, reader, ids),
      ({ id }) => id,
    ),
    personMet: batchLoader(
      (ids) => listPeopleMet(db, viewerId, ids),
      ({ id }) => id,
    ),
    postCount: batchLoader(
      (authorIds) => listPostCounts(db, authorIds),
      ({ authorId }) => authorId,
    ),
    reactionCounts: groupLoader(
      (postIds) => listReactionCounts(db, postIds),
      ({ postId }) => postId,
    ),
    viewerReactions: groupLoader(
      async (postIds) => (viewerId ? listReactionsOf(db, viewerId, postIds) : []),
      ({ postId }) => postId,
    ),
    authorPosts: pageLoader((pages) => listAuthorPages(db, viewerId, pages)),
    edits: pageLoader((pages) => listEditPages(db, reader, pages)),
    comments: pageLoader((pages) => listCommentPages(db, reader, pages)),
    replies: pageLoader((pages) => listReplyPages(db, reader, pages)),
  };
  return {
    ...loaders,
    /** After a change: what was read before it is not true any more. */
    forget() {
      for (const loader of Object.values(loaders)) loader.clearAll();
    },
  };
}
