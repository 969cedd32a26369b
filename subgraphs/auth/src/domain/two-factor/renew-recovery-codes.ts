import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { findTwoFactor, updateRecoveryCodes } from '../../store/two-factor/two-factors.ts';
import { ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import type { WithRecoveryCodes } from './confirm-two-factor.ts';
import { twoFactorOff } from './disable-two-factor.ts';
import type { RecoveryCodes } from './recovery-codes.ts';

/**
 * Gives new recovery codes in place of those from before, to whoever has shown both factors. Throws CONFLICT while two-factor
 * authentication is off.
 */
export async function renewRecoveryCodes(
  tx: Tx,
  viewer: Viewer,
  codes: RecoveryCodes,
): Promise<WithRecoveryCodes> {
  const account = await ownAccountForUpdate(tx, viewer);
  if (!(await findTwoFactor(tx, account.row.id))) throw twoFactorOff();
  await updateRecoveryCodes(tx, account.row.id, codes);
  await sendMail(tx, 'RECOVERY_CODES_RENEWED', account.row.email);
  return { account, recoveryCodes: codes.texts };
}
