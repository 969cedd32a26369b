import { notifications } from '../domain/list-notifications.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  notifications: (_root, args, context) => notifications(context, args),
};
