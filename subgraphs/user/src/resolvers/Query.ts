import { findNode, findNodes } from '../domain/find-node.ts';
import { findUser } from '../domain/find-user.ts';
import { listBlocked } from '../domain/list-blocked.ts';
import { listFollowRequests } from '../domain/list-follow-requests.ts';
import { listMuted } from '../domain/list-muted.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  node: (_root, { id }, { loaders }) => findNode(loaders, 'id', id),
  nodes: (_root, { ids }, { loaders }) => findNodes(loaders, ids),
  viewer: (_root, _args, { viewer, loaders }) => (viewer ? loaders.registeredProfile(viewer.userId) : null),
  user: (_root, args, { viewer, loaders }) => findUser(loaders, viewer, args),
  followRequests: (_root, args, context) => listFollowRequests(context, args),
  blockedUsers: (_root, args, context) => listBlocked(context, args),
  mutedUsers: (_root, args, context) => listMuted(context, args),
};
