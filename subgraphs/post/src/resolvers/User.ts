import { postsOf } from '../domain/timelines/list-posts.ts';
import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  postCount: async ({ id }, _args, { loaders }) => (await loaders.postCount.load(id))?.posts ?? 0,
  posts: ({ id }, args, context) => postsOf(context, id, args),
};
