import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteEmailChange, findEmailChange } from '../../store/email-address/email-changes.ts';
import { type OwnAccount, ownAccount } from '../accounts/own-account.ts';

/** Drops the change that is pending; the links for it are worth nothing from then on. Throws NOT_FOUND. */
export async function cancelEmailChange(tx: Tx, viewer: Viewer): Promise<OwnAccount> {
  const own = await ownAccount(tx, viewer);
  const isPending = (await findEmailChange(tx, own.row.id)) !== null;
  await deleteEmailChange(tx, own.row.id);
  if (!isPending) throw notFound('Pending change');
  return own;
}
