import { badUserInput, type CodedError } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Context } from '../../context.ts';
import { type OwnAccount, ownAccount } from '../../domain/accounts/own-account.ts';
import { confirmPassword } from '../../domain/passwords/confirm-password.ts';
import { checkCodeThrottled } from '../../domain/passwords/throttle-guesses.ts';
import { readCode, twoFactorRequired, useCode } from '../../domain/two-factor/use-code.ts';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import { findTwoFactor } from '../../store/two-factor/two-factors.ts';

/** What it takes to check somebody's factors. */
export type FactorChecks = Pick<Context, 'db' | 'throttles' | 'passwords' | 'totpSeal' | 'client'>;

/** What somebody shows who is signed in and wants to change how they sign in. */
export interface OwnersProof {
  password: string;
  twoFactorCode?: string | null;
}

/**
 * Has the viewer prove by all their factors that the account is theirs: a session that somebody found open must not be
 * enough. Throws BAD_USER_INPUT naming what is wrong, TWO_FACTOR_REQUIRED when a code is needed and missing.
 */
export async function confirmOwner(
  checks: FactorChecks,
  viewer: Viewer,
  proof: OwnersProof,
  passwordField = 'input.password',
): Promise<OwnAccount> {
  const own = await ownAccount(checks.db.prisma, viewer);
  await confirmPassword(checks, viewer, own.row, passwordField, proof.password);
  await confirmCode(checks, own.row, viewer.sessionId, proof.twoFactorCode, () =>
    badUserInput('input.twoFactorCode', 'is not right, or was used'),
  );
  return own;
}

/**
 * Asks whoever has given the account's password for a two-factor code, where the account has two-factor authentication on; in the session
 * `sessionId`, or (null) at sign-in. Throws TWO_FACTOR_REQUIRED without a code, `wrong()` for one that is not right,
 * RATE_LIMITED after too many. Gives whether a code was needed.
 */
export async function confirmCode(
  checks: FactorChecks,
  account: AccountRow,
  sessionId: string | null,
  text: string | null | undefined,
  wrong: () => CodedError,
): Promise<boolean> {
  const { db, client } = checks;
  const factor = await findTwoFactor(db.prisma, account.id);
  if (!factor) return false;
  if (!text) throw twoFactorRequired();
  const by = { accountId: account.id, name: account.username, address: client.ipAddress, sessionId };
  const isRight = await checkCodeThrottled(checks, by, async () => {
    const code = await readCode(checks, factor, text);
    return code !== null && db.transaction((tx) => useCode(tx, account, code));
  });
  if (!isRight) throw wrong();
  return true;
}
