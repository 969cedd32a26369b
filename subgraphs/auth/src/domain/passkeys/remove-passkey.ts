import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deletePasskey } from '../../store/passkeys/passkeys.ts';
import { type OwnAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';

/** Removes one of the viewer's passkeys, once they have shown all their factors. Throws NOT_FOUND when it is not theirs. */
export async function removePasskey(tx: Tx, viewer: Viewer, passkeyId: string): Promise<OwnAccount> {
  const own = await ownAccountForUpdate(tx, viewer);
  if (!(await deletePasskey(tx, { id: passkeyId, accountId: own.row.id }))) throw notFound('Passkey');
  await sendMail(tx, 'PASSKEY_REMOVED', own.row.email);
  return own;
}
