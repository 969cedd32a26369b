import { conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { insertTwoFactor } from '../../store/two-factor/two-factors.ts';
import { ownAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { confirmPassword } from '../reauthentication/confirm-password.ts';
import type { CodeDeps } from './confirm-code.ts';
import { describeTotpSecret, mintTotpSecret } from './totp.ts';

/** What an authenticator app is told, in three spellings. */
export interface TwoFactorBegun {
  secret: string;
  uri: string;
  qrCode: string;
}

/**
 * Gives the viewer a secret for their authenticator app; it counts once they have confirmed it. Throws BAD_USER_INPUT
 * when the password is wrong, CONFLICT when two factors are on already.
 */
export async function beginTwoFactor(
  deps: CodeDeps,
  viewer: Viewer,
  input: { password: string },
): Promise<TwoFactorBegun> {
  const { db, totpSeal } = deps;
  const { row } = await ownAccount(db.prisma, viewer);
  await confirmPassword(deps, viewer, row, 'input.password', input.password);
  const secret = mintTotpSecret();
  const sealed = totpSeal.close(row.id, Buffer.from(secret));
  await db.transaction(async (tx) => {
    await ownAccountForUpdate(tx, viewer);
    if (!(await insertTwoFactor(tx, row.id, sealed))) throw conflict('Two factors are on already');
  });
  return { secret, ...describeTotpSecret(secret, row.username) };
}
