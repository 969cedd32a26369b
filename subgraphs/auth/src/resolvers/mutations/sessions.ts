import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { endAllSessions } from '../../domain/sessions/end-all-sessions.ts';
import { endSession } from '../../domain/sessions/end-session.ts';
import { logOut } from '../../domain/sessions/log-out.ts';
import { refreshTokenRefused, refreshTokens } from '../../domain/sessions/refresh-tokens.ts';
import { revokeSession } from '../../domain/sessions/revoke-session.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { tokensOf } from './signed-in.ts';

export const sessions: MutationResolvers = {
  async refreshTokens(_root, { input }, context) {
    const { db, client, lifetimes } = context;
    const { session, replayedSessionId: id } = await refreshTokens(
      db.pool,
      input.refreshToken,
      client,
      lifetimes.idleSeconds,
    );
    if (id !== null) await db.transaction((tx) => endSession(tx, { id }, 'TOKEN_REPLAYED'));
    if (!session) throw refreshTokenRefused();
    return { tokens: await tokensOf(context, session.role, session) };
  },

  async logOut(_root, _args, context) {
    const viewer = requireViewer(context);
    return { ended: await context.db.transaction((tx) => logOut(tx, viewer)) };
  },

  async revokeSession(_root, { input }, context) {
    const viewer = requireViewer(context);
    return { account: await context.db.transaction((tx) => revokeSession(tx, viewer, input.sessionId)) };
  },

  async endAllSessions(_root, { input }, context) {
    const viewer = requireViewer(context);
    const exceptCurrent = input.exceptCurrent ?? false;
    return { account: await context.db.transaction((tx) => endAllSessions(tx, viewer, exceptCurrent)) };
  },
};
