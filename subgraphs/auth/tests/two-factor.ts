import type { Viewer } from '@socialhub/platform/identity/identity';
import { dataOf } from '@socialhub/platform/testing/until';
import { generateSync } from 'otplib';
import { account, password, type startAuth } from './auth.ts';

type Auth = Awaited<ReturnType<typeof startAuth>>;

/** What the app shows, or will show so many steps from now. */
export const codeOf = (secret: string, stepsAhead = 0): string =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + stepsAhead * 30 });

export const begin = (auth: Auth, viewer: Viewer | null, secret = password) =>
  auth
    .as(viewer)
    .execute(
      'mutation ($input: BeginTwoFactorInput!) { beginTwoFactor(input: $input) { secret uri qrCode } }',
      { input: { password: secret } },
    );

export const confirm = (auth: Auth, viewer: Viewer | null, code: string) =>
  auth.as(viewer).execute(
    `mutation ($input: ConfirmTwoFactorInput!) {
      confirmTwoFactor(input: $input) { recoveryCodes ${account} } }`,
    { input: { code } },
  );

/** Turns two-factor authentication on. The code of now's step is used up by that. */
export async function turnOnTwoFactor(
  auth: Auth,
  viewer: Viewer,
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = dataOf(await begin(auth, viewer)).beginTwoFactor;
  const { recoveryCodes } = dataOf(await confirm(auth, viewer, codeOf(secret))).confirmTwoFactor;
  return { secret, recoveryCodes };
}

/** As if all codes that were used had been used long ago. */
export const letStepsPass = (auth: Auth) => auth.db.query('UPDATE two_factor SET last_step = 0');
