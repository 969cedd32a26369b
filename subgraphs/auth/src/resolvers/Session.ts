import { findOwnSession } from '../domain/sessions/list-sessions.ts';
import type { SessionResolvers } from '../generated/resolvers.ts';

export const Session: SessionResolvers = {
  __resolveReference: ({ id }, { loaders, viewer }) => findOwnSession(loaders, viewer, id),
};
