import { parseId } from '@socialhub/platform/ids';
import { homeTimeline, publicTimeline } from '../domain/list-posts.ts';
import { requireComment, requirePost } from '../domain/require-row.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  homeTimeline: (_root, args, context) => homeTimeline(context, args),
  publicTimeline: (_root, args, context) => publicTimeline(context, args),
  post: (_root, { id }, context) => requirePost(context, parseId('id', id)),
  comment: (_root, { id }, context) => requireComment(context, parseId('id', id)),
};
