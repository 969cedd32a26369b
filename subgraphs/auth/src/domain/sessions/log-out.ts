import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { endSession } from './end-session.ts';

/** Ends the session that asks. False when it had ended. */
export const logOut = (tx: Tx, { sessionId, userId }: Viewer): Promise<boolean> =>
  endSession(tx, { id: sessionId, accountId: userId }, 'LOGGED_OUT');
