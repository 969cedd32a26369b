import { unauthenticated } from '@socialhub/platform/errors';
import type { ClientInfo } from '@socialhub/platform/identity/identity';
import type { Pool } from 'pg';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import { rotateRefreshToken } from '../../store/sessions/refresh-tokens.ts';
import type { OpenSession } from './open-session.ts';
import { mintRefreshToken, openSuccessor, parseRefreshToken, sealSuccessor } from './refresh-token-format.ts';

/** What became of a refresh token. */
export interface Refreshed {
  /** Null for a token that is not good. */
  session: (OpenSession & { role: AccountRow['role'] }) | null;
  /** The session that has to end, since one of its tokens was used before. */
  replayedSessionId: string | null;
}

/**
 * Uses a refresh token and gives the one that takes its place. Uses that race with the first are given the same one; a
 * later use is a replay.
 */
export async function refreshTokens(
  pool: Pool,
  presented: string,
  client: ClientInfo,
  idleSeconds: number,
): Promise<Refreshed> {
  const token = parseRefreshToken(presented);
  if (!token) return { session: null, replayedSessionId: null };
  const successor = mintRefreshToken();
  const rotation = await rotateRefreshToken(pool, {
    hash: token.hash,
    successorHash: successor.hash,
    sealedSuccessor: sealSuccessor(token, successor),
    idleSeconds,
    client,
  });
  if (!rotation?.renewed) {
    return { session: null, replayedSessionId: rotation?.replayed ? rotation.sessionId : null };
  }
  const { renewed, sessionId, sealedSuccessor } = rotation;
  const session = { ...renewed, sessionId, refreshToken: openSuccessor(token, sealedSuccessor).text };
  return { session, replayedSessionId: null };
}

export const refreshTokenRefused = () => unauthenticated('This refresh token is not valid; sign in again');
