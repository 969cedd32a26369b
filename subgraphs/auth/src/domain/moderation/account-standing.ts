import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { type AccountRow, findAccount } from '../../store/accounts/accounts.ts';
import type { Reader } from '../../store/client.ts';
import { requireRole } from './require-role.ts';

/** Somebody's account as moderators see it. Throws FORBIDDEN to all others, NOT_FOUND when there is no such account. */
export async function accountStanding(reader: Reader, viewer: Viewer, userId: string): Promise<AccountRow> {
  await requireRole(reader, viewer, 'MODERATOR');
  const account = await findAccount(reader, userId);
  if (!account) throw notFound('Account');
  return account;
}
