import { SessionRevoked } from '@socialhub/platform/contracts/signals';
import { signalAfterCommit, signalEachAfterCommit } from '@socialhub/platform/events/outbox';
import type { Tx } from '../../store/client.ts';
import {
  type SessionEnd,
  updateSessionEnded,
  updateSessionsEnded,
  updateSessionsSuperseded,
} from '../../store/sessions/sessions.ts';

/** Ends a session: its refresh tokens are refused from then on, and gateways are notified. False when it had ended, or is not the account's. */
export async function endSession(
  tx: Tx,
  session: { id: string; accountId?: string },
  because: SessionEnd,
): Promise<boolean> {
  const wasAlive = await updateSessionEnded(tx, session, because);
  if (wasAlive) await signalAfterCommit(tx, SessionRevoked, { sessionId: session.id });
  return wasAlive;
}

/** Ends every session of an account, but for `except`. */
export async function endSessions(
  tx: Tx,
  accountId: string,
  because: SessionEnd,
  except: string | null = null,
): Promise<void> {
  await signalEnded(tx, await updateSessionsEnded(tx, accountId, except, because));
}

/** Ends the sessions of an account that have not been used for longest, where it has more than it may. */
export async function endSurplusSessions(tx: Tx, accountId: string): Promise<void> {
  await signalEnded(tx, await updateSessionsSuperseded(tx, accountId));
}

const signalEnded = (tx: Tx, sessionIds: readonly string[]): Promise<void> =>
  signalEachAfterCommit(
    tx,
    SessionRevoked,
    sessionIds.map((sessionId) => ({ sessionId })),
  );
