import { listFollowers, listFollowing } from '../domain/follows/list-follows.ts';
import { viewerRelationship } from '../domain/relationships/viewer-relationship.ts';
import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.registeredProfile(id),
  avatar: ({ avatarId }) => (avatarId ? { id: avatarId } : null),
  banner: ({ bannerId }) => (bannerId ? { id: bannerId } : null),
  viewerRelationship: (user, _args, { viewer, loaders }) => viewerRelationship(loaders, viewer, user),
  followers: (user, args, { viewer, loaders }) => listFollowers(loaders, viewer, user, args),
  following: (user, args, { viewer, loaders }) => listFollowing(loaders, viewer, user, args),
};
