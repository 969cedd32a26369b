import { forbidden } from '@socialhub/platform/errors';
import { outranks, type Viewer } from '@socialhub/platform/identity/identity';
import type { AccountRow, Role } from '../../store/accounts/accounts.ts';
import type { Reader } from '../../store/client.ts';
import type { Loaders } from '../../store/loaders.ts';
import { ownAccount } from '../accounts/own-account.ts';

/**
 * The viewer's account if its role is this one or a higher one now, whatever the token says. Throws FORBIDDEN when it is
 * not, UNAUTHENTICATED when the session has ended.
 */
export async function requireRole(reader: Reader, viewer: Viewer, role: Role): Promise<AccountRow> {
  const { row } = await ownAccount(reader, viewer);
  if (outranks(role, row.role)) throw forbidden();
  return row;
}

/** The same as a question, for many things of one request; false where the session has ended. */
export async function hasRole({ account, sessions }: Loaders, viewer: Viewer, role: Role): Promise<boolean> {
  const [row, live] = await Promise.all([account.load(viewer.userId), sessions.load(viewer.userId)]);
  return row !== null && !outranks(role, row.role) && live.some(({ id }) => id === viewer.sessionId);
}
