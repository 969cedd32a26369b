import type { ClientInfo } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Reader, Tx } from '../../store/client.ts';
import { type Entrant, insertSession, type Lifetimes } from '../../store/sessions/sessions.ts';
import { endSurplusSessions } from './end-session.ts';
import { mintRefreshToken } from './refresh-token-format.ts';

/** A session with the refresh token that goes with it now. */
export interface OpenSession {
  accountId: string;
  sessionId: string;
  refreshToken: string;
  expiresAt: Date;
}

/** A session that has begun, and whether its account has more of them now than it may. */
export interface BegunSession {
  session: OpenSession;
  isOneTooMany: boolean;
}

/**
 * Begins a session on the device that asks, in one statement; null when the account is not open to it, or not any more as
 * it was read.
 */
export async function beginSession(
  reader: Reader,
  entrant: Entrant,
  client: ClientInfo,
  lifetimes: Lifetimes,
): Promise<BegunSession | null> {
  const token = mintRefreshToken();
  const session = { id: uuidv7(), tokenHash: token.hash, ...client };
  const begun = await insertSession(reader, entrant, session, lifetimes);
  if (!begun) return null;
  const { expiresAt, isOneTooMany } = begun;
  return {
    session: { accountId: entrant.id, sessionId: session.id, refreshToken: token.text, expiresAt },
    isOneTooMany,
  };
}

/** The same; where the account has more sessions than it may, those that have not been used for longest end. */
export async function openSession(
  tx: Tx,
  entrant: Entrant,
  client: ClientInfo,
  lifetimes: Lifetimes,
): Promise<OpenSession | null> {
  const begun = await beginSession(tx, entrant, client, lifetimes);
  if (begun?.isOneTooMany) await endSurplusSessions(tx, entrant.id);
  return begun?.session ?? null;
}
