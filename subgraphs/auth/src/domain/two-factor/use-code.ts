import type { Database } from '@socialhub/platform/database';
import type { ClientInfo } from '@socialhub/platform/identity';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Client } from '../../store/client.ts';
import {
  deleteRecoveryCode,
  type TwoFactorRow,
  updateTwoFactorStep,
} from '../../store/two-factor/two-factors.ts';
import type { Seal } from '../encryption/sealed-bytes.ts';
import { sendMail } from '../mail/send-mail.ts';
import type { PasswordHasher } from '../passwords/password-hasher.ts';
import { parseRecoveryCode } from './recovery-codes.ts';
import { findTotpStep, parseTotpCode } from './totp.ts';

/** What codes are checked with, and from where. */
export interface CodeChecks {
  db: Database<Client>;
  passwords: PasswordHasher;
  totpSeal: Seal;
  client: ClientInfo;
}

/** Uses up a code of the app, or a recovery code (which the owner is told by mail). False when it is wrong, or was used. */
export async function useCode(
  checks: CodeChecks,
  account: AccountRow,
  factor: TwoFactorRow,
  text: string,
): Promise<boolean> {
  const digits = parseTotpCode(text);
  if (digits !== null) {
    const step = findTotpStep(openTotpSecret(checks.totpSeal, factor), digits);
    return step !== null && updateTwoFactorStep(checks.db.prisma, account.id, step);
  }
  const code = parseRecoveryCode(text);
  if (code === null || factor.recoverySalt === null) return false;
  const hash = await checks.passwords.derive(code, factor.recoverySalt, checks.client.ipAddress);
  return checks.db.transaction(async (tx) => {
    const isRight = await deleteRecoveryCode(tx, account.id, hash);
    if (isRight) await sendMail(tx, 'RECOVERY_CODE_USED', account.email);
    return isRight;
  });
}

/** The secret as it was minted. */
export const openTotpSecret = (
  totpSeal: Seal,
  { accountId, sealedSecret }: Pick<TwoFactorRow, 'accountId' | 'sealedSecret'>,
): string => Buffer.from(totpSeal.open(accountId, sealedSecret)).toString();
