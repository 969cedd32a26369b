import type { Viewer } from '@socialhub/platform/identity';
import { findTwoFactor, updateRecoveryCodes } from '../../store/two-factor/two-factors.ts';
import { ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import { confirmOwner, type OwnersProof } from '../reauthentication/confirm-owner.ts';
import type { CodeDeps } from './confirm-code.ts';
import type { WithRecoveryCodes } from './confirm-two-factor.ts';
import { twoFactorOff } from './disable-two-factor.ts';
import { newRecoveryCodes } from './recovery-codes.ts';

/** Gives new recovery codes in place of those from before. Throws what `confirmOwner` does, and CONFLICT while two factors are off. */
export async function renewRecoveryCodes(
  deps: CodeDeps,
  viewer: Viewer,
  proof: OwnersProof,
): Promise<WithRecoveryCodes> {
  await confirmOwner(deps, viewer, proof);
  const codes = await newRecoveryCodes(deps.passwords, deps.client.ipAddress);
  return deps.db.transaction(async (tx) => {
    const account = await ownAccountForUpdate(tx, viewer);
    if (!(await findTwoFactor(tx, account.row.id))) throw twoFactorOff();
    await updateRecoveryCodes(tx, account.row.id, codes);
    await sendMail(tx, 'RECOVERY_CODES_RENEWED', account.row.email);
    return { account, recoveryCodes: codes.texts };
  });
}
