import { CodedError } from '@socialhub/platform/errors';
import type { ClientInfo } from '@socialhub/platform/identity/identity';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
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
  passwords: PasswordHasher;
  totpSeal: Seal;
  client: ClientInfo;
}

/** A code as the database is asked for it: the time step of the app's, or the hash of a recovery code. */
export type ReadCode = { step: number } | { recoveryHash: Uint8Array<ArrayBuffer> };

/** Reads what somebody typed for a code, which takes as long as a password's hash; null when it can't be right. */
export async function readCode(
  checks: CodeChecks,
  factor: TwoFactorRow,
  text: string,
): Promise<ReadCode | null> {
  const digits = parseTotpCode(text);
  if (digits !== null) {
    const step = findTotpStep(openTotpSecret(checks.totpSeal, factor), digits);
    return step === null ? null : { step };
  }
  const code = parseRecoveryCode(text);
  if (code === null || factor.recoverySalt === null) return null;
  return { recoveryHash: await checks.passwords.derive(code, factor.recoverySalt, checks.client.ipAddress) };
}

/** Uses up a code of the app, or a recovery code (which the owner is told by mail). False when it is wrong, or was used. */
export async function useCode(tx: Tx, account: AccountRow, code: ReadCode): Promise<boolean> {
  if ('step' in code) return updateTwoFactorStep(tx, account.id, code.step);
  const isRight = await deleteRecoveryCode(tx, account.id, code.recoveryHash);
  if (isRight) await sendMail(tx, 'RECOVERY_CODE_USED', account.email);
  return isRight;
}

/** Whoever has given the password is asked for a code. */
export const twoFactorRequired = () =>
  new CodedError('TWO_FACTOR_REQUIRED', 'A code of your authenticator app, or a recovery code, is needed');

/** The secret as it was minted. */
export const openTotpSecret = (
  totpSeal: Seal,
  { accountId, sealedSecret }: Pick<TwoFactorRow, 'accountId' | 'sealedSecret'>,
): string => Buffer.from(totpSeal.open(accountId, sealedSecret)).toString();
