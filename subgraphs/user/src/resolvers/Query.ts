import { listBlocked } from '../domain/blocks/list-blocked.ts';
import { listFollowRequests } from '../domain/follows/list-follow-requests.ts';
import { listMuted } from '../domain/mutes/list-muted.ts';
import { findNode, findNodes } from '../domain/profiles/find-node.ts';
import { findUser } from '../domain/profiles/find-user.ts';
import { searchUsers } from '../domain/search/search-users.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  node: (_root, { id }, { loaders }) => findNode(loaders, 'id', id),
  nodes: (_root, { ids }, { loaders }) => findNodes(loaders, ids),
  viewer: (_root, _args, { viewer, loaders }) => (viewer ? loaders.registeredProfile(viewer.userId) : null),
  user: (_root, args, { viewer, loaders }) => findUser(loaders, viewer, args),
  searchUsers: (_root, args, context) => searchUsers(context, args),
  followRequests: (_root, args, context) => listFollowRequests(context, args),
  blockedUsers: (_root, args, context) => listBlocked(context, args),
  mutedUsers: (_root, args, context) => listMuted(context, args),
};
