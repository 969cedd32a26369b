import type { Viewer } from '@socialhub/platform/identity/identity';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, type OperationResult } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, logInMutation, mutation, password, startAuth, tokenIn } from '../auth.ts';
import { begin, codeOf, confirm, letStepsPass, turnOnTwoFactor } from '../two-factor.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const signIn = (identifier: string, twoFactorCode?: string, secret = password) =>
  auth.as(null).execute(logInMutation, { input: { identifier, password: secret, twoFactorCode } });
const accountOf = async (viewer: Viewer) =>
  dataOf(
    await auth
      .as(viewer)
      .execute('{ account { twoFactorEnabled recoveryCodesLeft sessions { edges { node { current } } } } }'),
  ).account;
const proving = (verb: string, selection: string) => (viewer: Viewer | null, proof: object) =>
  auth.as(viewer).execute(mutation(verb, selection), { input: { password, ...proof } });
const disable = proving('disableTwoFactor', account);
const renew = proving('renewRecoveryCodes', `recoveryCodes ${account}`);
/** Somebody who has two-factor authentication on, and whose next codes are all good. */
async function somebody() {
  const person = await auth.register();
  const factors = await turnOnTwoFactor(auth, person.viewer);
  await letStepsPass(auth);
  return { ...person, ...factors };
}
const wrongCode = (secret: string): string =>
  ['000000', '111111', '222222', '333333'].find(
    (code) => ![-1, 0, 1, 2].some((ahead) => codeOf(secret, ahead) === code),
  ) ?? '';

describe('turning two-factor authentication on', () => {
  it('shows a secret, asks for a code of it, and gives ten recovery codes', async () => {
    const { viewer, input } = await auth.register();
    const { secret, uri, qrCode } = dataOf(await begin(auth, viewer)).beginTwoFactor;
    expect(uri).toBe(`otpauth://totp/SocialHub:${input.username}?secret=${secret}&issuer=SocialHub`);
    expect(qrCode).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(await accountOf(viewer)).toMatchObject({ twoFactorEnabled: false, recoveryCodesLeft: null });
    dataOf(await signIn(input.email));
    const confirmed = dataOf(await confirm(auth, viewer, codeOf(secret))).confirmTwoFactor;
    expect(new Set(confirmed.recoveryCodes).size).toBe(10);
    expect(confirmed.account.twoFactorEnabled).toBe(true);
    expect(await accountOf(viewer)).toMatchObject({ twoFactorEnabled: true, recoveryCodesLeft: 10 });
    expectError(await signIn(input.email), 'TWO_FACTOR_REQUIRED');
    await auth.mailsTo(input.email, 'Two-factor authentication is on');
  });

  it('takes the password to begin', async () => {
    const { viewer } = await auth.register();
    expectError(await begin(auth, viewer, 'not the password'), 'BAD_USER_INPUT', 'input.password');
    expectError(await begin(auth, null), 'UNAUTHENTICATED');
  });

  it('takes the right code to confirm, of what was begun last, within an hour', async () => {
    const { viewer, account } = await auth.register();
    expectError(await confirm(auth, viewer, '123456'), 'CONFLICT');
    const first = dataOf(await begin(auth, viewer)).beginTwoFactor.secret;
    const second = dataOf(await begin(auth, viewer)).beginTwoFactor.secret;
    for (const wrong of [codeOf(first), wrongCode(second), '', 'x'.repeat(10_000)]) {
      expectError(await confirm(auth, viewer, wrong), 'BAD_USER_INPUT', 'input.code');
    }
    const begunAgo = (minutes: number) =>
      auth.db.query(
        "UPDATE two_factor SET begun_at = now() - $2 * interval '1 minute' WHERE account_id = $1",
        [account.id, minutes],
      );
    await begunAgo(61);
    expectError(await confirm(auth, viewer, codeOf(second)), 'CONFLICT');
    await begunAgo(59);
    dataOf(await confirm(auth, viewer, codeOf(second)));
  });

  it('happens once', async () => {
    const { viewer, secret } = await somebody();
    expectError(await begin(auth, viewer), 'CONFLICT');
    expectError(await confirm(auth, viewer, codeOf(secret)), 'CONFLICT');
    const other = await auth.register();
    const code = codeOf(dataOf(await begin(auth, other.viewer)).beginTwoFactor.secret);
    const answers = await Promise.all([1, 2, 3].map(() => confirm(auth, other.viewer, code)));
    expect(answers.filter((answer) => answer.data?.confirmTwoFactor)).toHaveLength(1);
    for (const lost of answers.filter((answer) => answer.errors)) expectError(lost, 'CONFLICT');
  });

  it('gives no secret of somebody else', async () => {
    const [mine, theirs] = [await auth.register(), await auth.register()];
    const { secret } = dataOf(await begin(auth, mine.viewer)).beginTwoFactor;
    expectError(await confirm(auth, theirs.viewer, codeOf(secret)), 'CONFLICT');
  });
});

describe('signing in', () => {
  it('takes the password and a code', async () => {
    const { input, secret, account } = await somebody();
    expectError(await signIn(input.email), 'TWO_FACTOR_REQUIRED');
    expectError(await signIn(input.email, ''), 'TWO_FACTOR_REQUIRED');
    expectError(await signIn(input.email, wrongCode(secret)), 'UNAUTHENTICATED', 'input.twoFactorCode');
    expect(dataOf(await signIn(input.username, codeOf(secret))).logIn.user).toEqual({
      id: gid('User', account.id),
    });
  });

  it('takes each code once, and none older than one that was taken', async () => {
    const { input, secret } = await somebody();
    const [older, code, next] = [codeOf(secret, -1), codeOf(secret), codeOf(secret, 1)];
    dataOf(await signIn(input.email, code));
    for (const used of [code, older]) {
      expectError(await signIn(input.email, used), 'UNAUTHENTICATED', 'input.twoFactorCode');
    }
    dataOf(await signIn(input.email, next));
  });

  it('takes no code with which two-factor authentication was turned on', async () => {
    const { viewer, input } = await auth.register();
    const { secret } = dataOf(await begin(auth, viewer)).beginTwoFactor;
    const code = codeOf(secret);
    dataOf(await confirm(auth, viewer, code));
    expectError(await signIn(input.email, code), 'UNAUTHENTICATED', 'input.twoFactorCode');
  });

  it('opens one session to those who use one code at once', async () => {
    const { input, secret, recoveryCodes } = await somebody();
    for (const code of [codeOf(secret), String(recoveryCodes[0])]) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(input.email, code)));
      expect(answers.filter((answer) => answer.data?.logIn)).toHaveLength(1);
    }
  });

  it('takes each recovery code once, and says so by mail', async () => {
    const { input, viewer, recoveryCodes } = await somebody();
    const [first, second] = recoveryCodes;
    dataOf(await signIn(input.email, first));
    expectError(await signIn(input.email, first), 'UNAUTHENTICATED', 'input.twoFactorCode');
    expect(await accountOf(viewer)).toMatchObject({ recoveryCodesLeft: 9 });
    dataOf(await signIn(input.email, ` ${second?.toUpperCase().replace('-', ' ')} `));
    expect(await accountOf(viewer)).toMatchObject({ recoveryCodesLeft: 8 });
    await auth.mailsTo(input.email, 'A recovery code was used');
  });

  it('takes no code of somebody else', async () => {
    const [mine, theirs] = [await somebody(), await somebody()];
    for (const code of [codeOf(theirs.secret), theirs.recoveryCodes[0]]) {
      expectError(await signIn(mine.input.email, code), 'UNAUTHENTICATED', 'input.twoFactorCode');
    }
    dataOf(await signIn(theirs.input.email, theirs.recoveryCodes[0]));
  });

  it('tells nobody without the password that two-factor authentication is on', async () => {
    const [plain, guarded] = [await auth.register(), await somebody()];
    const wrong = await signIn(plain.input.email, undefined, 'not the password');
    expectError(wrong, 'UNAUTHENTICATED');
    const code = codeOf(guarded.secret);
    for (const twoFactorCode of [undefined, '', wrongCode(guarded.secret), code, guarded.recoveryCodes[0]]) {
      expect(await signIn(guarded.input.email, twoFactorCode, 'not the password')).toEqual(wrong);
    }
    // Nor were the right ones used up by that.
    dataOf(await signIn(guarded.input.email, code));
    expect(await accountOf(guarded.viewer)).toMatchObject({ recoveryCodesLeft: 10 });
  });

  it('ignores a code where two-factor authentication is off', async () => {
    const { input } = await auth.register();
    dataOf(await signIn(input.email, '123456'));
  });

  it.each(['x', '12345', '١٢٣٤٥٦', '\u0000', "' OR 1=1 --", 'x'.repeat(100_000)])(
    'refuses %#',
    async (code) => {
      const { input } = await somebody();
      expectError(await signIn(input.email, code), 'UNAUTHENTICATED', 'input.twoFactorCode');
    },
  );
});

describe('guessing', () => {
  const expectThrottled = (answer: OperationResult) => {
    expectError(answer, 'RATE_LIMITED');
    expect(Number(answer.errors?.[0]?.extensions?.retryAfter)).toBeGreaterThan(3_500);
  };

  it('ends after ten wrong codes, which the right password does not begin anew', async () => {
    const { input, secret, recoveryCodes, viewer } = await somebody();
    for (let i = 0; i < 10; i += 1) {
      expectError(await signIn(input.email), 'TWO_FACTOR_REQUIRED');
      expectError(await signIn(input.email, wrongCode(secret)), 'UNAUTHENTICATED', 'input.twoFactorCode');
    }
    expectThrottled(await signIn(input.email, codeOf(secret)));
    expectThrottled(await signIn(input.email, recoveryCodes[0]));
    // Whoever is signed in has a count of their own, which nobody at the door uses up.
    const renewed = dataOf(await renew(viewer, { twoFactorCode: recoveryCodes[1] }));
    expect(renewed.renewRecoveryCodes.recoveryCodes).toHaveLength(10);
    // Only whoever has the password learns that.
    expectError(await signIn(input.email, codeOf(secret), 'not the password'), 'UNAUTHENTICATED');
    expect(await accountOf(viewer)).toMatchObject({ twoFactorEnabled: true, recoveryCodesLeft: 10 });
  });

  it('ends in a session after ten wrong codes, and leaves the door to the owner', async () => {
    const { input, secret, viewer } = await somebody();
    for (let i = 0; i < 10; i += 1)
      expectError(await disable(viewer, { twoFactorCode: wrongCode(secret) }), 'BAD_USER_INPUT');
    expectThrottled(await disable(viewer, { twoFactorCode: codeOf(secret) }));
    dataOf(await signIn(input.email, codeOf(secret)));
  });

  it('begins anew with the right code', async () => {
    const { input, secret } = await somebody();
    for (let i = 0; i < 9; i += 1)
      expectError(await signIn(input.email, wrongCode(secret)), 'UNAUTHENTICATED');
    dataOf(await signIn(input.email, codeOf(secret)));
    expectError(await signIn(input.email, wrongCode(secret)), 'UNAUTHENTICATED', 'input.twoFactorCode');
  });

  it('gains nothing by a reset of the password, which leaves two-factor authentication on', async () => {
    const { input, secret, recoveryCodes } = await somebody();
    for (let i = 0; i < 10; i += 1)
      expectError(await signIn(input.email, wrongCode(secret)), 'UNAUTHENTICATED');
    dataOf(
      await auth
        .as(null)
        .execute(mutation('requestPasswordReset', 'sent'), { input: { email: input.email } }),
    );
    const token = tokenIn((await auth.mailsTo(input.email, 'Reset')).at(-1));
    const another = 'another horse battery';
    dataOf(
      await auth
        .as(null)
        .execute(mutation('resetPassword', 'reset'), { input: { token, newPassword: another } }),
    );
    expectError(await signIn(input.email, undefined, another), 'TWO_FACTOR_REQUIRED');
    expectThrottled(await signIn(input.email, codeOf(secret), another));
    await auth.db.query('DELETE FROM rate_limit');
    dataOf(await signIn(input.email, recoveryCodes[0], another));
  });
});

describe('turning two-factor authentication off, and new recovery codes', () => {
  it.each([
    ['disableTwoFactor', disable],
    ['renewRecoveryCodes', renew],
  ])('takes the password and a code: %s', async (_name, change) => {
    const { viewer, secret } = await somebody();
    const code = codeOf(secret);
    expectError(
      await change(viewer, { password: 'not the password', twoFactorCode: code }),
      'BAD_USER_INPUT',
      'input.password',
    );
    expectError(await change(viewer, {}), 'TWO_FACTOR_REQUIRED');
    expectError(
      await change(viewer, { twoFactorCode: wrongCode(secret) }),
      'BAD_USER_INPUT',
      'input.twoFactorCode',
    );
    expectError(await change(null, { twoFactorCode: code }), 'UNAUTHENTICATED');
    expect(await accountOf(viewer)).toMatchObject({ twoFactorEnabled: true, recoveryCodesLeft: 10 });
    dataOf(await change(viewer, { twoFactorCode: code }));
    const off = await auth.register();
    expectError(await change(off.viewer, { twoFactorCode: code }), 'CONFLICT');
  });

  it('turns them off, by an app or a recovery code, and on again with another secret', async () => {
    const { viewer, input, secret, recoveryCodes } = await somebody();
    const answer = dataOf(await disable(viewer, { twoFactorCode: recoveryCodes[0] })).disableTwoFactor;
    expect(answer.account.twoFactorEnabled).toBe(false);
    expect(await accountOf(viewer)).toMatchObject({ twoFactorEnabled: false, recoveryCodesLeft: null });
    dataOf(await signIn(input.email));
    await auth.mailsTo(input.email, 'Two-factor authentication is off');
    const again = await turnOnTwoFactor(auth, viewer);
    expect(again.secret).not.toBe(secret);
    for (const old of [codeOf(secret, 1), recoveryCodes[1]]) {
      expectError(await signIn(input.email, old), 'UNAUTHENTICATED', 'input.twoFactorCode');
    }
  });

  it('renews the recovery codes: the old ones work no more', async () => {
    const { viewer, input, secret, recoveryCodes } = await somebody();
    const renewed = dataOf(await renew(viewer, { twoFactorCode: codeOf(secret) })).renewRecoveryCodes;
    expect(new Set([...renewed.recoveryCodes, ...recoveryCodes]).size).toBe(20);
    expectError(await signIn(input.email, recoveryCodes[0]), 'UNAUTHENTICATED', 'input.twoFactorCode');
    dataOf(await signIn(input.email, renewed.recoveryCodes[0]));
    await auth.mailsTo(input.email, 'You have new recovery codes');
  });
});

it('keeps neither the secret nor a recovery code in plain text', async () => {
  const { secret, recoveryCodes } = await somebody();
  const { rows } = await auth.db.query(
    `SELECT (SELECT json_agg(t)::text FROM two_factor AS t) || (SELECT json_agg(c)::text FROM recovery_code AS c)
       AS everything`,
  );
  const hexOf = (text: string) => Buffer.from(text).toString('hex');
  for (const text of [
    secret,
    ...recoveryCodes,
    ...recoveryCodes.map((code: string) => code.replace('-', '')),
  ]) {
    expect(rows[0].everything).not.toContain(text);
    expect(rows[0].everything).not.toContain(hexOf(text));
  }
});

it('opens no secret that was moved to another account', async () => {
  const [mine, theirs] = [await somebody(), await somebody()];
  await auth.db.query(
    `UPDATE two_factor SET sealed_secret = (SELECT sealed_secret FROM two_factor WHERE account_id = $1)
      WHERE account_id = $2`,
    [mine.account.id, theirs.account.id],
  );
  expectError(await signIn(theirs.input.email, codeOf(mine.secret)), 'INTERNAL_SERVER_ERROR');
});
