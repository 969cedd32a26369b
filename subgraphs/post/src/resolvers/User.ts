import { postsOf } from '../domain/timelines/list-posts.ts';
import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  postCount: ({ id }, _args, { loaders }) => loaders.postCount.load(id),
  posts: ({ id }, args, context) => postsOf(context, id, args),
};
