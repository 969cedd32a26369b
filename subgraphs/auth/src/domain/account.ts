import { unauthenticated } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { type AccountRow, findAccount, findAccountForUpdate } from '../store/accounts.ts';
import type { Reader, Tx } from '../store/client.ts';
import { isSessionLive } from '../store/sessions.ts';

/** An account as its owner sees it, out of one of their sessions. */
export interface OwnAccount {
  row: AccountRow;
  currentSessionId: string;
}

/** The viewer's own account. Throws UNAUTHENTICATED when it, or the session, is gone: the token outlived it. */
export async function ownAccount(reader: Reader, viewer: Viewer): Promise<OwnAccount> {
  const { userId, sessionId } = viewer;
  const [row, isLive] = await Promise.all([
    findAccount(reader, userId),
    isSessionLive(reader, { id: sessionId, accountId: userId }),
  ]);
  if (!row || !isLive) throw unauthenticated();
  return { row, currentSessionId: sessionId };
}

/** The same, for a transaction that is about to change it. */
export async function ownAccountForUpdate(tx: Tx, viewer: Viewer): Promise<OwnAccount> {
  await findAccountForUpdate(tx, viewer.userId);
  return ownAccount(tx, viewer);
}
