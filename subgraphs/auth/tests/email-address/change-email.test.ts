import { createHash } from 'node:crypto';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mutation, newcomer, password, startAuth, tokenIn, viewerOf } from '../auth.ts';
import { turnOnTwoFactor } from '../two-factor.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const pending = 'pendingEmailChange { newEmail oldConfirmed newConfirmed requestedAt expiresAt }';
const changeEmail = (viewer: Viewer | null, input: Record<string, unknown>) =>
  auth
    .as(viewer)
    .execute(
      `mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) { account { email ${pending} } } }`,
      { input: { currentPassword: password, ...input } },
    );
const confirm = (token: string, viewer: Viewer | null = null) =>
  auth.as(viewer).execute(mutation('confirmEmailChange', 'changed'), { input: { token } });
const cancel = (viewer: Viewer) =>
  auth.as(viewer).execute(`mutation { cancelEmailChange { account { email ${pending} } } }`);
const accountOf = async (viewer: Viewer) =>
  dataOf(await auth.as(viewer).execute(`{ account { email emailVerified ${pending} } }`)).account;
const freeAddress = () => newcomer().email;
const tokenTo = async (address: string) => tokenIn((await auth.mailsTo(address, 'Confirm ')).at(-1));

/** Somebody who has asked for another address, with the links that they got. */
async function changing(input: Record<string, unknown> = {}) {
  const person = await auth.register();
  await auth.allMailTo(person.input.email);
  const newEmail = freeAddress();
  dataOf(await changeEmail(person.viewer, { newEmail, ...input }));
  const from = tokenIn(
    (await auth.mailsTo(person.input.email, 'Confirm that your email address changes'))[0],
  );
  const to = await tokenTo(newEmail);
  return { ...person, oldEmail: person.input.email, newEmail, from, to };
}

it('changes the address when the links at both were used, in either order, and tells both', async () => {
  for (const order of ['from', 'to'] as const) {
    const one = await changing();
    const [first, second] = order === 'from' ? [one.from, one.to] : [one.to, one.from];
    expect(dataOf(await confirm(first))).toEqual({ confirmEmailChange: { changed: false } });
    expect(await accountOf(one.viewer)).toMatchObject({
      email: one.oldEmail,
      pendingEmailChange: {
        newEmail: one.newEmail,
        oldConfirmed: order === 'from',
        newConfirmed: order === 'to',
      },
    });
    expect(dataOf(await confirm(second))).toEqual({ confirmEmailChange: { changed: true } });
    expect(await accountOf(one.viewer)).toEqual({
      email: one.newEmail,
      emailVerified: true,
      pendingEmailChange: null,
    });
    for (const address of [one.oldEmail, one.newEmail]) {
      const [mail] = await auth.mailsTo(address, 'Your email address was changed');
      expect(mail).toContain(one.newEmail);
    }
    expectError(await auth.logIn(one.oldEmail), 'UNAUTHENTICATED');
    dataOf(await auth.logIn(one.newEmail));
  }
}, 90_000);

it('says in text and HTML what changes, with a link of its own for each address', async () => {
  const { oldEmail, newEmail, from, to, input } = await changing();
  const [atOld] = await auth.mailsTo(oldEmail, 'Confirm that your email address changes');
  const [atNew] = await auth.mailsTo(newEmail, 'Confirm your new email address');
  for (const [mail, token] of [
    [atOld, from],
    [atNew, to],
  ]) {
    expect(mail).toContain(`@${input.username}`);
    expect(mail).toContain(newEmail);
    expect(mail).toContain(`<a href="https://hub.example/change-email?token=${token}">`);
  }
  expect(from).not.toBe(to);
});

it('takes each link once, and both are needed', async () => {
  const { from, viewer, oldEmail } = await changing();
  dataOf(await confirm(from));
  expectError(await confirm(from), 'BAD_USER_INPUT', 'input.token');
  expect((await accountOf(viewer)).email).toBe(oldEmail);
});

it('changes once when both links are used at the same moment', async () => {
  const { from, to, viewer, newEmail } = await changing();
  const answers = await Promise.all([from, to, from, to].map((token) => confirm(token)));
  const good = answers.flatMap((answer) => (answer.errors ? [] : [answer.data.confirmEmailChange.changed]));
  expect(good.sort()).toEqual([false, true]);
  expect((await accountOf(viewer)).email).toBe(newEmail);
  expect(await auth.mailsTo(newEmail, 'Your email address was changed')).toHaveLength(1);
});

it('takes no link from another account, of another kind, or too late', async () => {
  const one = await changing();
  const other = await auth.register();
  expectError(await confirm(one.from, other.viewer), 'BAD_USER_INPUT', 'input.token');
  const verification = tokenIn((await auth.mailsTo(other.input.email, 'Confirm'))[0]);
  expectError(await confirm(verification), 'BAD_USER_INPUT', 'input.token');
  const verify = await auth
    .as(null)
    .execute(mutation('verifyEmail', 'verified'), { input: { token: one.to } });
  expectError(verify, 'BAD_USER_INPUT', 'input.token');
  await auth.db.query("UPDATE mail_token SET expires_at = now() - interval '1 second' WHERE hash = $1", [
    createHash('sha256').update(one.from).digest(),
  ]);
  expectError(await confirm(one.from), 'BAD_USER_INPUT', 'input.token');
  await auth.db.query('UPDATE email_change SET expires_at = now() WHERE account_id = $1', [
    one.viewer.userId,
  ]);
  expectError(await confirm(one.to), 'BAD_USER_INPUT', 'input.token');
  expect(await accountOf(one.viewer)).toMatchObject({ email: one.oldEmail, pendingEmailChange: null });
  for (const token of ['', 'x', 'a'.repeat(43), '../../etc/passwd']) {
    expectError(await confirm(token), 'BAD_USER_INPUT', 'input.token');
  }
});

it('answers the same for an address that somebody has, and sends its owner no link', async () => {
  const [asker, owner] = [await auth.register(), await auth.register()];
  await auth.allMailTo(owner.input.email);
  const shape = (answer: unknown, address: string) =>
    JSON.parse(
      JSON.stringify(answer)
        .replaceAll(address, 'ADDRESS')
        .replace(/\d{4}-[\d-]+T[\d:.]+Z/g, 'TIME'),
    );
  const free = freeAddress();
  const forFree = shape(await changeEmail(asker.viewer, { newEmail: free }), free);
  const forTaken = await changeEmail(asker.viewer, { newEmail: owner.input.email.toUpperCase() });
  expect(shape(forTaken, owner.input.email)).toEqual(forFree);
  expect(await auth.allMailTo(owner.input.email)).toHaveLength(1);
  const atOld = tokenIn((await auth.mailsTo(asker.input.email, 'Confirm that')).at(-1));
  expect(dataOf(await confirm(atOld)).confirmEmailChange.changed).toBe(false);
});

it('is a CONFLICT, and over, when somebody has taken the address meanwhile', async () => {
  const one = await changing();
  dataOf(await confirm(one.from));
  await auth.register({ ...newcomer(), email: one.newEmail });
  expectError(await confirm(one.to), 'CONFLICT');
  expect(await accountOf(one.viewer)).toMatchObject({ email: one.oldEmail, pendingEmailChange: null });
  expectError(await confirm(one.to), 'BAD_USER_INPUT', 'input.token');
});

it('lets one of two who confirm the same address at once have it', async () => {
  const one = await changing();
  const two = await auth.register();
  dataOf(await changeEmail(two.viewer, { newEmail: one.newEmail }));
  const links = await until(async () => {
    const mails = await auth.mailsTo(one.newEmail, 'Confirm your new');
    return mails.length === 2 && mails;
  });
  const twoTo = links.map(tokenIn).find((token) => token !== one.to) ?? '';
  dataOf(await confirm(one.from));
  dataOf(await confirm(tokenIn((await auth.mailsTo(two.input.email, 'Confirm that'))[0])));
  const answers = await Promise.all([confirm(one.to), confirm(twoTo)]);
  const lost = answers.filter((answer) => answer.errors);
  expect(lost).toHaveLength(1);
  for (const answer of lost) expectError(answer, 'CONFLICT');
});

it('asks for the password, and takes no address that is none or the present one', async () => {
  const { viewer, input } = await auth.register();
  const newEmail = freeAddress();
  const wrong = await changeEmail(viewer, { newEmail, currentPassword: 'wrong' });
  expectError(wrong, 'BAD_USER_INPUT', 'input.currentPassword');
  expectError(await changeEmail(null, { newEmail }), 'UNAUTHENTICATED');
  expectError(
    await changeEmail(viewer, { newEmail: ` ${input.email} ` }),
    'BAD_USER_INPUT',
    'input.newEmail',
  );
  for (const bad of ['', 'x', `${newEmail}\r\nBcc: all@example.com`, `"a\nb"@example.com`, 'a@b,c@d.com']) {
    expectError(await changeEmail(viewer, { newEmail: bad }), 'BAD_USER_INPUT', 'input.newEmail');
  }
  expect((await accountOf(viewer)).pendingEmailChange).toBeNull();
  expect(await auth.allMailTo(newEmail)).toEqual([]);
});

it('asks for a two-factor code where two-factor authentication is on', async () => {
  const { viewer } = await auth.register();
  const { recoveryCodes } = await turnOnTwoFactor(auth, viewer);
  const newEmail = freeAddress();
  expectError(await changeEmail(viewer, { newEmail }), 'TWO_FACTOR_REQUIRED');
  const wrong = await changeEmail(viewer, { newEmail, twoFactorCode: '000000' });
  expectError(wrong, 'BAD_USER_INPUT', 'input.twoFactorCode');
  dataOf(await changeEmail(viewer, { newEmail, twoFactorCode: recoveryCodes[0] }));
});

it('refuses guesses at the password once there were too many', async () => {
  const { viewer } = await auth.register();
  const guess = (currentPassword: string) =>
    changeEmail(viewer, { newEmail: freeAddress(), currentPassword });
  for (let count = 0; count < 10; count += 1) await guess('wrong');
  expectError(await guess(password), 'RATE_LIMITED');
});

it('is asked for so often by one account', async () => {
  const { viewer } = await auth.register();
  const newEmail = freeAddress();
  for (let count = 0; count < 5; count += 1) dataOf(await changeEmail(viewer, { newEmail }));
  expectError(await changeEmail(viewer, { newEmail }), 'RATE_LIMITED');
});

it('puts a new request in the place of the old one, whose links are worth nothing', async () => {
  const one = await changing();
  dataOf(await confirm(one.from));
  const another = freeAddress();
  dataOf(await changeEmail(one.viewer, { newEmail: another }));
  expectError(await confirm(one.to), 'BAD_USER_INPUT', 'input.token');
  const to = await tokenTo(another);
  expect(dataOf(await confirm(to)).confirmEmailChange.changed).toBe(false);
  expect(await accountOf(one.viewer)).toMatchObject({
    email: one.oldEmail,
    pendingEmailChange: { newEmail: another, oldConfirmed: false, newConfirmed: true },
  });
});

it('is cancelled by its owner, and by a new password', async () => {
  const one = await changing();
  expect(dataOf(await cancel(one.viewer)).cancelEmailChange.account.pendingEmailChange).toBeNull();
  expectError(await cancel(one.viewer), 'NOT_FOUND');
  expectError(await confirm(one.from), 'BAD_USER_INPUT', 'input.token');
  const two = await changing();
  dataOf(
    await auth.as(two.viewer).execute(mutation('changePassword', 'account { id }'), {
      input: { currentPassword: password, newPassword: 'another horse battery' },
    }),
  );
  expectError(await confirm(two.from), 'BAD_USER_INPUT', 'input.token');
  expectError(await confirm(two.to), 'BAD_USER_INPUT', 'input.token');
});

it('signs the other sessions out when it is done, unless they are to stay', async () => {
  for (const endOtherSessions of [true, false]) {
    const person = await auth.register();
    const elsewhere = dataOf(await auth.logIn(person.input.email)).logIn;
    const newEmail = freeAddress();
    dataOf(await changeEmail(person.viewer, { newEmail, endOtherSessions }));
    dataOf(await confirm(tokenIn((await auth.mailsTo(person.input.email, 'Confirm that'))[0])));
    dataOf(await confirm(await tokenTo(newEmail)));
    const there = await auth.refresh(elsewhere.tokens.refreshToken);
    if (endOtherSessions) {
      expectError(there, 'UNAUTHENTICATED');
      const { sessionId } = viewerOf(elsewhere.tokens.accessToken);
      await until(() => auth.revoked.some((it) => (it as { sessionId: string }).sessionId === sessionId));
    } else dataOf(there);
    dataOf(await auth.refresh(person.tokens.refreshToken));
  }
});

it('lets a link to reset the password, sent to the old address, do nothing any more', async () => {
  const one = await changing();
  dataOf(
    await auth.as(null).execute(mutation('requestPasswordReset', 'sent'), {
      input: { email: one.oldEmail },
    }),
  );
  const token = tokenIn((await auth.mailsTo(one.oldEmail, 'Reset'))[0]);
  dataOf(await confirm(one.from));
  dataOf(await confirm(one.to));
  const reset = await auth
    .as(null)
    .execute(mutation('resetPassword', 'reset'), { input: { token, newPassword: 'another horse battery' } });
  expectError(reset, 'BAD_USER_INPUT', 'input.token');
});
