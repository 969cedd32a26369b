import { conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { insertTwoFactor } from '../../store/two-factor/two-factors.ts';
import { ownAccountForUpdate } from '../accounts/own-account.ts';
import type { Seal } from '../encryption/sealed-bytes.ts';
import { describeTotpSecret, mintTotpSecret } from './totp.ts';

/** What an authenticator app is told, in three spellings. */
export interface TwoFactorBegun {
  secret: string;
  uri: string;
  qrCode: string;
}

/**
 * Gives the viewer a secret for their authenticator app; it counts once they have confirmed it. Throws CONFLICT when
 * two-factor authentication is on already.
 */
export async function beginTwoFactor(
  tx: Tx,
  viewer: Viewer,
  { id, username }: AccountRow,
  totpSeal: Seal,
): Promise<TwoFactorBegun> {
  const secret = mintTotpSecret();
  await ownAccountForUpdate(tx, viewer);
  const isOff = await insertTwoFactor(tx, id, totpSeal.close(id, Buffer.from(secret)));
  if (!isOff) throw conflict('Two-factor authentication is on already');
  return { secret, ...describeTotpSecret(secret, username) };
}
