import { unauthenticated } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { type AccountRow, findAccount, findAccountForUpdate } from '../../store/accounts/accounts.ts';
import type { Reader, Tx } from '../../store/client.ts';
import { isSessionLive } from '../../store/sessions/sessions.ts';

/** An account as its owner sees it, out of one of their sessions. */
export interface OwnAccount {
  row: AccountRow;
  currentSessionId: string;
}

/** The viewer's account by its id; null for any other, and for a session that is over. */
export async function findOwnAccount(
  reader: Reader,
  viewer: Viewer | null,
  id: string,
): Promise<OwnAccount | null> {
  if (viewer?.userId !== id) return null;
  const { sessionId } = viewer;
  const [row, isLive] = await Promise.all([
    findAccount(reader, id),
    isSessionLive(reader, { id: sessionId, accountId: id }),
  ]);
  return row && isLive ? { row, currentSessionId: sessionId } : null;
}

/** The viewer's own account. Throws UNAUTHENTICATED when it, or the session, is gone: the token outlived it. */
export async function ownAccount(reader: Reader, viewer: Viewer): Promise<OwnAccount> {
  const own = await findOwnAccount(reader, viewer, viewer.userId);
  if (!own) throw unauthenticated();
  return own;
}

/** The same, for a transaction that is about to change it. */
export async function ownAccountForUpdate(tx: Tx, viewer: Viewer): Promise<OwnAccount> {
  await findAccountForUpdate(tx, viewer.userId);
  return ownAccount(tx, viewer);
}
