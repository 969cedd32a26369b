import type { ClientInfo } from '@socialhub/platform/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Reader, Tx } from '../../store/client.ts';
import { type Entrant, insertSession, type Lifetimes } from '../../store/sessions/sessions.ts';
import { endSurplusSessions } from './end-session.ts';
import { mintRefreshToken } from './refresh-token.ts';

/** A session with the refresh token that goes with it now. */
export interface OpenSession {
  accountId: string;
  sessionId: string;
  refreshToken: string;
  expiresAt: Date;
}

/**
 * Begins a session on the device that asks; null when the account is not open to it, or not any more as it was read. Where
 * the account has more than it may, those that have not been used for longest end, `within` a transaction.
 */
export async function openSession(
  reader: Reader,
  entrant: Entrant,
  client: ClientInfo,
  lifetimes: Lifetimes,
  within: (work: (tx: Tx) => Promise<void>) => Promise<void>,
): Promise<OpenSession | null> {
  const token = mintRefreshToken();
  const session = { id: uuidv7(), tokenHash: token.hash, ...client };
  const opened = await insertSession(reader, entrant, session, lifetimes);
  if (!opened) return null;
  if (opened.isOneTooMany) await within((tx) => endSurplusSessions(tx, entrant.id));
  const { expiresAt } = opened;
  return { accountId: entrant.id, sessionId: session.id, refreshToken: token.text, expiresAt };
}
