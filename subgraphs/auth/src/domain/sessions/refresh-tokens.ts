import type { Database } from '@socialhub/platform/database';
import { unauthenticated } from '@socialhub/platform/errors';
import type { ClientInfo } from '@socialhub/platform/identity';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Client } from '../../store/client.ts';
import { rotateRefreshToken } from '../../store/sessions/refresh-tokens.ts';
import { endSession } from './end-session.ts';
import type { OpenSession } from './open-session.ts';
import { mintRefreshToken, openSuccessor, parseRefreshToken, sealSuccessor } from './refresh-token.ts';

/**
 * Uses a refresh token and gives the one that takes its place. Uses that race with the first are given the same one;
 * a later use is a replay and ends the session. Throws UNAUTHENTICATED for any token that is not good.
 */
export async function refreshTokens(
  db: Database<Client>,
  presented: string,
  client: ClientInfo,
  idleSeconds: number,
): Promise<OpenSession & { role: AccountRow['role'] }> {
  const token = parseRefreshToken(presented);
  if (!token) throw refused();
  const successor = mintRefreshToken();
  const rotation = await rotateRefreshToken(db.pool, {
    hash: token.hash,
    successorHash: successor.hash,
    sealedSuccessor: sealSuccessor(token, successor),
    idleSeconds,
    client,
  });
  if (rotation?.replayed) {
    await db.transaction((tx) => endSession(tx, { id: rotation.sessionId }, 'TOKEN_REPLAYED'));
  }
  if (!rotation?.renewed) throw refused();
  return {
    ...rotation.renewed,
    sessionId: rotation.sessionId,
    refreshToken: openSuccessor(token, rotation.sealedSuccessor).text,
  };
}

const refused = () => unauthenticated('This refresh token is not valid; sign in again');
