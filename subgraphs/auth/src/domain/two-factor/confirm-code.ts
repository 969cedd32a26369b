import { CodedError } from '@socialhub/platform/errors';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import { findTwoFactor } from '../../store/two-factor/two-factors.ts';
import { guessCode } from '../passwords/guess-password.ts';
import type { Throttles } from '../throttling/throttles.ts';
import { type CodeChecks, useCode } from './use-code.ts';

/** What it takes to check somebody's second factor. */
export type CodeDeps = CodeChecks & { throttles: Throttles };

/**
 * Asks whoever has given the account's password for the second factor, where the account has one; in the session
 * `sessionId`, or (null) at the door. Throws TWO_FACTOR_REQUIRED without a code, `wrong()` for one that is not right, RATE_LIMITED after too many. Gives whether
 * a code was needed.
 */
export async function confirmCode(
  deps: CodeDeps,
  account: AccountRow,
  sessionId: string | null,
  code: string | null | undefined,
  wrong: () => CodedError,
): Promise<boolean> {
  const factor = await findTwoFactor(deps.db.prisma, account.id);
  if (!factor) return false;
  if (!code) throw twoFactorRequired();
  const by = { accountId: account.id, name: account.username, address: deps.client.ipAddress, sessionId };
  if (!(await guessCode(deps, by, () => useCode(deps, account, factor, code)))) throw wrong();
  return true;
}

export const twoFactorRequired = () =>
  new CodedError('TWO_FACTOR_REQUIRED', 'A code of your authenticator app, or a recovery code, is needed');
