import { forbidden } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import type { AccountRow, Role } from '../store/accounts.ts';
import type { Reader } from '../store/client.ts';
import { ownAccount } from './account.ts';

const ranks: Record<Role, number> = { MEMBER: 0, MODERATOR: 1, ADMIN: 2 };

/** Whether the one role may do more than the other. */
export const outranks = (role: Role, other: Role): boolean => ranks[role] > ranks[other];

/**
 * The viewer's account if its role is this one or a higher one now, whatever the token says. Throws FORBIDDEN when it is
 * not, UNAUTHENTICATED when the session has ended.
 */
export async function requireRole(reader: Reader, viewer: Viewer, role: Role): Promise<AccountRow> {
  const { row } = await ownAccount(reader, viewer);
  if (outranks(role, row.role)) throw forbidden();
  return row;
}
