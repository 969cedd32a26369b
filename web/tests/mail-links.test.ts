import { expect, test, vi } from 'vitest';
import { pageFaults } from './page-faults.ts';
import { cookieNamed, PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const NEW_PASSWORD = 'difference-number-two';

function mailTo(kind: 'VERIFY_EMAIL' | 'RESET_PASSWORD'): string {
  const mail = { kind, to: 'ada@example.org', token: 'the-token-of-the-mail' };
  site.gateway.state.mails.push(mail);
  return mail.token;
}

test('a link is not used up by being followed, and its token leaves the address at once', async () => {
  const token = mailTo('VERIFY_EMAIL');
  for (const path of ['/verify-email', '/reset-password']) {
    const response = await fetch(`${site.url}${path}?token=${token}`, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(new RegExp(`${path}$`));
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toContain('no-store');
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(new RegExp(`^socialhub${path.replace('/', '-')}-\\d+=${token};.*HttpOnly`, 'i'));
  }
  const opened = await site.open(`/verify-email?token=${token}`);
  expect(opened.page.url()).toBe(`${site.url}/verify-email`);
  expect(await opened.page.content()).not.toContain(token);
  await expect.poll(() => site.gateway.state.calls).not.toContain('verifyEmail');
  await expect.poll(() => site.gateway.state.mails).toHaveLength(1);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`an address is confirmed by a button, ${how} JavaScript`, async () => {
    const opened = await site.open(`/verify-email?token=${mailTo('VERIFY_EMAIL')}`, { javaScriptEnabled });
    await opened.page.getByRole('button', { name: 'Confirm this address' }).click();
    await opened.page.getByText('Your address is confirmed.').waitFor();
    await expect.poll(() => site.gateway.state.users.get('ada')?.emailVerified).toBe(true);
    expect(await cookieNamed(opened, 'verify-email')).toBeUndefined();
  });

  test(`a forgotten password is replaced by way of the mail, ${how} JavaScript`, async () => {
    const opened = await site.open('/sign-in', { javaScriptEnabled });
    const { page } = opened;
    await page.getByRole('link', { name: 'Forgotten your password?' }).click();
    await page.getByRole('heading', { name: 'Forgotten your password?' }).waitFor();
    await page.getByLabel('Email').fill('ada@example.org');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('If ada@example.org belongs to an account').waitFor();

    await page.goto(`/reset-password?token=${site.gateway.state.mails[0]?.token}`);
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await page.getByText('New password takes at least 8 characters.').waitFor();
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await page.getByText('Your new password is set.').waitFor();
    expect(await opened.context.cookies()).toEqual([]);
    await signIn(page, NEW_PASSWORD);
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  });
}

test('a link that is used or too old says so and leads to a new mail', async () => {
  const { page } = await site.open('/reset-password?token=spent');
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await page.getByText('This link is no longer good').waitFor();
  await page.getByRole('link', { name: 'Send me a new link' }).click();
  await page.getByRole('heading', { name: 'Forgotten your password?' }).waitFor();

  await page.goto('/verify-email?token=spent');
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.getByText('This link is no longer good').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await signIn(page);
  await page.getByRole('heading', { name: 'Account' }).waitFor();
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await page.getByText('A mail is on its way.').waitFor();
  await expect
    .poll(() => site.gateway.state.mails.map(({ kind, to }) => [kind, to]))
    .toEqual([['VERIFY_EMAIL', 'ada@example.org']]);
});

test('who follows the link a second time, signed in, learns that all is well', async () => {
  const opened = await site.openHome();
  const account = site.gateway.state.users.get('ada');
  if (account) account.emailVerified = true;
  await opened.page.goto('/verify-email?token=spent');
  await opened.page.getByRole('button', { name: 'Confirm this address' }).click();
  await opened.page.getByText('Your address is confirmed already.').waitFor();
});

test('a link without its token, or with what can be none, says so before anything is pressed', async () => {
  for (const path of ['/verify-email', '/verify-email?token=', '/verify-email?token=a%20b']) {
    const { page } = await site.open(path);
    await page.getByText('Part of the link is missing.').waitFor();
  }
  const { page } = await site.open('/reset-password');
  await page.getByRole('link', { name: 'Send me a new link' }).waitFor();
});

test('a gateway that is down costs no token: the button works once it is back', async () => {
  const { page } = await site.open(`/verify-email?token=${mailTo('VERIFY_EMAIL')}`);
  site.gateway.state.down.add('verifyEmail');
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  site.gateway.state.down.clear();
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.getByText('Your address is confirmed.').waitFor();
});

test('the old password is worth nothing after the reset', async () => {
  const { page } = await site.open(`/reset-password?token=${mailTo('RESET_PASSWORD')}`);
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await page.getByText('Your new password is set.').waitFor();
  await signIn(page, PASSWORD);
  await page.getByText('do not match').waitFor();
});

test('the pages of the mails are accessible and narrow enough', async () => {
  const faults: string[] = [];
  const { page } = await site.open('/forgot-password', {
    viewport: { width: 320, height: 640 },
  });
  const check = async (name: string) => {
    faults.push(...(await pageFaults(page, name)));
  };
  await check('forgotten');
  await page.getByLabel('Email').fill(`${'a'.repeat(60)}@${'b'.repeat(60)}.example`);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.getByText('belongs to an account').waitFor();
  await check('forgotten and sent');
  await page.goto('/verify-email?token=spent');
  await check('verify');
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.getByText('This link is no longer good').waitFor();
  await check('verify, refused');
  await page.goto('/reset-password?token=spent');
  await check('reset');
  await page.goto('/reset-password?token=');
  await check('reset, incomplete');
  expect(faults).toEqual([]);
}, 90_000);
