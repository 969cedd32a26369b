import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { type OwnAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { endSessions } from './end-session.ts';

/** Ends the viewer's sessions, the current one too unless it is to be spared. */
export async function endAllSessions(tx: Tx, viewer: Viewer, exceptCurrent: boolean): Promise<OwnAccount> {
  // A sign-in that is under way holds the account's row: its session is there, or comes after this.
  const own = await ownAccountForUpdate(tx, viewer);
  await endSessions(tx, viewer.userId, 'REVOKED', exceptCurrent ? viewer.sessionId : null);
  return own;
}
