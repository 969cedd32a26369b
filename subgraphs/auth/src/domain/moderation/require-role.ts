import { forbidden } from '@socialhub/platform/errors';
import { outranks, type Viewer } from '@socialhub/platform/identity';
import type { AccountRow, Role } from '../../store/accounts/accounts.ts';
import type { Reader } from '../../store/client.ts';
import { findOwnAccount, ownAccount } from '../accounts/own-account.ts';

/**
 * The viewer's account if its role is this one or a higher one now, whatever the token says. Throws FORBIDDEN when it is
 * not, UNAUTHENTICATED when the session has ended.
 */
export async function requireRole(reader: Reader, viewer: Viewer, role: Role): Promise<AccountRow> {
  const { row } = await ownAccount(reader, viewer);
  if (outranks(role, row.role)) throw forbidden();
  return row;
}

/** The same as a question; false to nobody, and where the session has ended. */
export async function hasRole(reader: Reader, viewer: Viewer | null, role: Role): Promise<boolean> {
  const own = viewer && (await findOwnAccount(reader, viewer, viewer.userId));
  return own !== null && !outranks(role, own.row.role);
}
