import { type Asked, groupLoader, viewerLoader } from '@socialhub/platform/database/loaders';
import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import { listBookmarked } from './bookmarks/bookmarks.ts';
import type { Client, Reader } from './client.ts';
import { listCommentEditPages } from './comments/comment-edits.ts';
import { listCommentPages, listComments, listReplyPages } from './comments/comments.ts';
import { pageLoader } from './paging/list-pages.ts';
import { listEditPages } from './posts/post-edits.ts';
import { listPostCounts, listPosts } from './posts/posts.ts';
import { listReactionCounts, listViewerReactions, toComments, toPosts } from './reactions/reactions.ts';
import { listReposted } from './reposts/reposts.ts';
import { listAuthorPages } from './timelines/timelines.ts';
import { listPeopleMet } from './visibility/people.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * Everything that hangs on a row, in one query for all rows of a request, and of all others at the same moment. Posts and
 * comments are those the viewer may read.
 */
export function createLoaders(context: Pick<SubgraphContext<Client>, 'db' | 'moment' | 'viewer'>) {
  const { moment, viewer } = context;
  const db: Reader = context.db.prisma;
  const viewerId = viewer?.userId ?? null;
  const isModerator = viewer !== null && viewer.role !== 'MEMBER';
  const reader = { viewerId, isModerator };
  const loaders = {
    ...moment.share(countLoaders, () => countLoaders(db)),
    post: viewerLoader(context, db, listPosts),
    comment: viewerLoader(context, db, listComments),
    postCount: viewerLoader(context, db, listPostCounts),
    personMet: viewerLoader(context, db, listPeopleMet),
    viewerReactions: viewerLoader(context, db, listViewerReactionsToPosts),
    viewerCommentReactions: viewerLoader(context, db, listViewerReactionsToComments),
    viewerHasReposted: viewerLoader(context, db, listReposted),
    viewerHasBookmarked: viewerLoader(context, db, listBookmarked),
    authorPosts: pageLoader((pages) => listAuthorPages(db, viewerId, pages)),
    edits: pageLoader((pages) => listEditPages(db, reader, pages)),
    comments: pageLoader((pages) => listCommentPages(db, reader, pages)),
    commentEdits: pageLoader((pages) => listCommentEditPages(db, pages)),
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

/** What is the same for everybody who may see the row that it hangs on. */
const countLoaders = (db: Reader) => ({
  reactionCounts: groupLoader(
    (ids) => listReactionCounts(db, toPosts, ids),
    ({ subjectId }) => subjectId,
  ),
  commentReactionCounts: groupLoader(
    (ids) => listReactionCounts(db, toComments, ids),
    ({ subjectId }) => subjectId,
  ),
});

const listViewerReactionsToPosts = (db: Reader, asked: readonly Asked[]) =>
  listViewerReactions(db, toPosts, asked);

const listViewerReactionsToComments = (db: Reader, asked: readonly Asked[]) =>
  listViewerReactions(db, toComments, asked);
