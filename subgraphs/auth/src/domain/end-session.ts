import { wake } from '@socialhub/platform/events/outbox';
import type { Tx } from '../store/client.ts';
import { type SessionEnd, updateSessionEnded } from '../store/sessions.ts';

/** The live topic on which every gateway hears that a session is over. */
export const sessionRevoked = 'session_revoked';

/** Ends a session: its refresh tokens are worth nothing, and gateways hear of it. Does nothing when it has ended. */
export async function endSession(
  tx: Tx,
  session: { id: string; accountId?: string },
  because: SessionEnd,
): Promise<void> {
  if (await updateSessionEnded(tx, session, because))
    await wake(tx, sessionRevoked, { sessionId: session.id });
}
