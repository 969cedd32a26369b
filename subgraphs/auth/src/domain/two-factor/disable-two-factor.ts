import { conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { deleteTwoFactor } from '../../store/two-factor/two-factors.ts';
import { type OwnAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import { confirmOwner, type OwnersProof } from '../reauthentication/confirm-owner.ts';
import type { CodeDeps } from './confirm-code.ts';

/**
 * Turns two factors off, for whoever has both. Throws what `confirmOwner` does, and CONFLICT when they are off.
 */
export async function disableTwoFactor(
  deps: CodeDeps,
  viewer: Viewer,
  proof: OwnersProof,
): Promise<OwnAccount> {
  await confirmOwner(deps, viewer, proof);
  return deps.db.transaction(async (tx) => {
    const own = await ownAccountForUpdate(tx, viewer);
    if (!(await deleteTwoFactor(tx, own.row.id))) throw twoFactorOff();
    await sendMail(tx, 'TWO_FACTOR_DISABLED', own.row.email);
    return own;
  });
}

export const twoFactorOff = () => conflict('Two factors are off');
