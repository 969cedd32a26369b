import { findUser } from '../domain/find-user.ts';
import { listBlocked } from '../domain/list-blocked.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  viewer: (_root, _args, { viewer, loaders }) => (viewer ? loaders.registeredProfile(viewer.userId) : null),
  user: (_root, args, { viewer, loaders }) => findUser(loaders, viewer, args),
  blockedUsers: (_root, args, context) => listBlocked(context, args),
};
