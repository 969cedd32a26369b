import { conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteTwoFactor } from '../../store/two-factor/two-factors.ts';
import { type OwnAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';

/** Turns two-factor authentication off, for whoever has shown both. Throws CONFLICT when it is off. */
export async function disableTwoFactor(tx: Tx, viewer: Viewer): Promise<OwnAccount> {
  const own = await ownAccountForUpdate(tx, viewer);
  if (!(await deleteTwoFactor(tx, own.row.id))) throw twoFactorOff();
  await sendMail(tx, 'TWO_FACTOR_DISABLED', own.row.email);
  return own;
}

export const twoFactorOff = () => conflict('Two-factor authentication is off');
