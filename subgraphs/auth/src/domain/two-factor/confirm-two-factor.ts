import { badUserInput, conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import {
  findTwoFactorBegun,
  updateRecoveryCodes,
  updateTwoFactorConfirmed,
} from '../../store/two-factor/two-factors.ts';
import { type OwnAccount, ownAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import { guessCode } from '../passwords/guess-password.ts';
import type { CodeDeps } from './confirm-code.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { findTotpStep, parseTotpCode } from './totp.ts';
import { openTotpSecret } from './use-code.ts';

/** How long a secret waits for its first code. */
const beginSeconds = 3_600;

/** What the viewer is shown once. */
export interface WithRecoveryCodes {
  account: OwnAccount;
  recoveryCodes: string[];
}

/**
 * Turns two factors on, once the viewer's app shows the right code, and gives the recovery codes. Throws BAD_USER_INPUT
 * for a wrong code, CONFLICT when nothing was begun (or an hour ago), RATE_LIMITED after too many wrong ones.
 */
export async function confirmTwoFactor(
  deps: CodeDeps,
  viewer: Viewer,
  input: { code: string },
): Promise<WithRecoveryCodes> {
  const { db, passwords, totpSeal, client } = deps;
  const { row } = await ownAccount(db.prisma, viewer);
  const begun = await findTwoFactorBegun(db.prisma, row.id, beginSeconds);
  if (!begun) throw nothingBegun();
  const digits = parseTotpCode(input.code);
  const step = digits === null ? null : findTotpStep(openTotpSecret(totpSeal, begun), digits);
  const { ipAddress: address } = client;
  const by = { accountId: row.id, name: row.username, address, sessionId: viewer.sessionId };
  await guessCode(deps, by, async () => step !== null);
  if (step === null) throw badUserInput('input.code', 'is not the code that the app shows now');
  const codes = await newRecoveryCodes(passwords, address);
  return db.transaction(async (tx) => {
    const account = await ownAccountForUpdate(tx, viewer);
    if (!(await updateTwoFactorConfirmed(tx, begun, step))) throw nothingBegun();
    await updateRecoveryCodes(tx, row.id, codes);
    await sendMail(tx, 'TWO_FACTOR_ENABLED', account.row.email);
    return { account, recoveryCodes: codes.texts };
  });
}

const nothingBegun = () => conflict('No two factors were begun that wait to be confirmed');
