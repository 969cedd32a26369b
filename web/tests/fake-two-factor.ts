import { ownAccount } from './fake-account.ts';
import { badUserInput, refuse } from './fake-results.ts';
import type { Call, FakeAccount, FakeSession, FakeState } from './fake-state.ts';

/** What the authenticator app shows, always. */
export const APP_CODE = '123456';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h3v3H1z"/></svg>';

let made = 0;
const newCodes = () => Array.from({ length: 10 }, () => `7xk2m-${String(++made).padStart(5, '0')}`);

/** Passes when the account takes no code, or this is one; a recovery code is used up. */
export function spendCode(account: FakeAccount, code: string | undefined, refusal: () => Error): void {
  const factor = account.twoFactor;
  if (!factor?.on) return;
  if (!code) throw refuse('TWO_FACTOR_REQUIRED', 'A code is needed');
  if (code === APP_CODE) return;
  if (!factor.codes.includes(code)) throw refusal();
  factor.codes = factor.codes.filter((kept) => kept !== code);
}

/** The account of a session whose owner shows all their factors. */
export function provenOwner(
  state: FakeState,
  session: FakeSession | undefined,
  input: Record<string, string>,
  passwordField = 'password',
): FakeAccount {
  const { account } = ownAccount(state, session);
  if (input[passwordField] !== account.password) {
    throw badUserInput(`input.${passwordField}`, 'is not the password');
  }
  spendCode(account, input.twoFactorCode, () =>
    badUserInput('input.twoFactorCode', 'is not right, or was used'),
  );
  return account;
}

/** The part of the graph that is about two-factor authentication. */
export function twoFactorRoots(state: FakeState, call: Call, session: FakeSession | undefined) {
  const owner = (input: Record<string, string>) => provenOwner(state, session, input);
  const payload = (account: FakeAccount) => ({ account: { id: account.id } });
  type Input = { input: Record<string, string> };

  return {
    beginTwoFactor: call('beginTwoFactor', ({ input }: Input) => {
      owner(input).twoFactor = { on: false, codes: [] };
      const secret = 'JBSWY3DPEHPK3PXP';
      const uri = `otpauth://totp/SocialHub:ada?secret=${secret}&issuer=SocialHub`;
      return { secret, uri, qrCode: `data:image/svg+xml;utf8,${encodeURIComponent(SVG)}` };
    }),
    confirmTwoFactor: call('confirmTwoFactor', ({ input }: Input) => {
      const { account } = ownAccount(state, session);
      if (input.code !== APP_CODE) throw badUserInput('input.code', 'is not the code that the app shows now');
      const codes = newCodes();
      account.twoFactor = { on: true, codes };
      return { ...payload(account), recoveryCodes: codes };
    }),
    renewRecoveryCodes: call('renewRecoveryCodes', ({ input }: Input) => {
      const account = owner(input);
      const codes = newCodes();
      account.twoFactor = { on: true, codes };
      return { ...payload(account), recoveryCodes: codes };
    }),
    disableTwoFactor: call('disableTwoFactor', ({ input }: Input) => {
      const account = owner(input);
      account.twoFactor = null;
      return payload(account);
    }),
  };
}
