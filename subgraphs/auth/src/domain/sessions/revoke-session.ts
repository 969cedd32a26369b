import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { type OwnAccount, ownAccount } from '../accounts/own-account.ts';
import { endSession } from './end-session.ts';

/** Ends one of the viewer's sessions. Throws NOT_FOUND when it is over, or somebody else's. */
export async function revokeSession(tx: Tx, viewer: Viewer, sessionId: string): Promise<OwnAccount> {
  const own = await ownAccount(tx, viewer);
  if (!(await endSession(tx, { id: sessionId, accountId: viewer.userId }, 'REVOKED')))
    throw notFound('Session');
  return own;
}
