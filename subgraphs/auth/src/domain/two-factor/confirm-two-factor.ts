import { badUserInput, conflict } from '@socialhub/platform/errors';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import {
  findTwoFactorBegun,
  type TwoFactorRow,
  updateRecoveryCodes,
  updateTwoFactorConfirmed,
} from '../../store/two-factor/two-factors.ts';
import { type OwnAccount, ownAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import type { Seal } from '../encryption/sealed-bytes.ts';
import { sendMail } from '../mail/send-mail.ts';
import { checkCodeThrottled, type ThrottledCheckDeps } from '../passwords/throttle-guesses.ts';
import type { RecoveryCodes } from './recovery-codes.ts';
import { findTotpStep, parseTotpCode } from './totp.ts';
import { openTotpSecret } from './use-code.ts';

/** How long a secret waits for its first code. */
const beginSeconds = 3_600;

/** What the viewer is shown once. */
export interface WithRecoveryCodes {
  account: OwnAccount;
  recoveryCodes: string[];
}

/** What a first code has turned out to confirm. */
export interface FirstCode {
  begun: Pick<TwoFactorRow, 'accountId' | 'sealedSecret'>;
  step: number;
}

/**
 * Checks the first code that the viewer's app shows. Throws BAD_USER_INPUT for a wrong one, CONFLICT when nothing was begun
 * (or an hour ago), RATE_LIMITED after too many wrong ones.
 */
export async function checkFirstCode(
  deps: ThrottledCheckDeps & { totpSeal: Seal; client: ClientInfo },
  viewer: Viewer,
  input: { code: string },
): Promise<FirstCode> {
  const { db, totpSeal, client } = deps;
  const { row } = await ownAccount(db.prisma, viewer);
  const begun = await findTwoFactorBegun(db.prisma, row.id, beginSeconds);
  if (!begun) throw nothingBegun();
  const digits = parseTotpCode(input.code);
  const step = digits === null ? null : findTotpStep(openTotpSecret(totpSeal, begun), digits);
  const by = {
    accountId: row.id,
    name: row.username,
    address: client.ipAddress,
    sessionId: viewer.sessionId,
  };
  await checkCodeThrottled(deps, by, async () => step !== null);
  if (step === null) throw badUserInput('input.code', 'is not the code that the app shows now');
  return { begun, step };
}

/**
 * Turns two-factor authentication on, and gives the recovery codes. Throws CONFLICT when what was begun is not there any
 * more.
 */
export async function confirmTwoFactor(
  tx: Tx,
  viewer: Viewer,
  { begun, step }: FirstCode,
  codes: RecoveryCodes,
): Promise<WithRecoveryCodes> {
  const account = await ownAccountForUpdate(tx, viewer);
  if (!(await updateTwoFactorConfirmed(tx, begun, step))) throw nothingBegun();
  await updateRecoveryCodes(tx, account.row.id, codes);
  await sendMail(tx, 'TWO_FACTOR_ENABLED', account.row.email);
  return { account, recoveryCodes: codes.texts };
}

const nothingBegun = () => conflict('No two-factor authentication was begun that waits to be confirmed');
