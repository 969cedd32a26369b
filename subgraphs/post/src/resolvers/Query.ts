import { listBookmarks } from '../domain/bookmarks/list-bookmarks.ts';
import { hashtagTimeline } from '../domain/search/list-tagged-posts.ts';
import { searchPosts } from '../domain/search/search-posts.ts';
import { homeTimeline, publicTimeline } from '../domain/timelines/list-posts.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  homeTimeline: (_root, args, context) => homeTimeline(context, args),
  publicTimeline: (_root, args, context) => publicTimeline(context, args),
  hashtagTimeline: (_root, args, context) => hashtagTimeline(context, args),
  searchPosts: (_root, args, context) => searchPosts(context, args),
  bookmarks: (_root, args, context) => listBookmarks(context, args),
  post: (_root, { id }, { loaders }) => loaders.post.load(id),
  comment: (_root, { id }, { loaders }) => loaders.comment.load(id),
};
