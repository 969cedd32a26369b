import type { ClientInfo } from '@socialhub/platform/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Tx } from '../store/client.ts';
import { insertRefreshToken } from '../store/refresh-tokens.ts';
import { insertSession, type Lifetimes } from '../store/sessions.ts';
import { mintRefreshToken } from './refresh-token.ts';

/** A session with the refresh token that goes with it now. */
export interface OpenSession {
  accountId: string;
  sessionId: string;
  refreshToken: string;
  expiresAt: Date;
}

/** Begins a session of the account on the device that asks. */
export async function openSession(
  tx: Tx,
  accountId: string,
  client: ClientInfo,
  lifetimes: Lifetimes,
): Promise<OpenSession> {
  const session = await insertSession(tx, { id: uuidv7(), accountId, ...client }, lifetimes);
  const token = mintRefreshToken();
  await insertRefreshToken(tx, token.hash, session.id);
  return { accountId, sessionId: session.id, refreshToken: token.text, expiresAt: session.expiresAt };
}
