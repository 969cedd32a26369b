import { unauthenticated } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { type AccountRow, findAccount } from '../store/accounts.ts';
import type { Reader } from '../store/client.ts';

/** An account as its owner sees it, out of one of their sessions. */
export interface OwnAccount {
  row: AccountRow;
  currentSessionId: string;
}

/** The viewer's own account. Throws UNAUTHENTICATED when it is gone: the token outlived it. */
export async function ownAccount(reader: Reader, viewer: Viewer): Promise<OwnAccount> {
  const row = await findAccount(reader, viewer.userId);
  if (!row) throw unauthenticated();
  return { row, currentSessionId: viewer.sessionId };
}
