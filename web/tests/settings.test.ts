import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const NEW_PASSWORD = 'difference-number-two';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

async function openAccount(options?: Parameters<typeof site.openHome>[0]): Promise<Page> {
  const { page } = await site.openSignedIn('/settings/account', options);
  await page.getByRole('heading', { name: 'Account' }).waitFor();
  return page;
}

test('the settings are for those signed in: others sign in and come back', async () => {
  const { page } = await site.open('/settings/account');
  await page.waitForURL(`${site.url}/sign-in?to=%2Fsettings%2Faccount`);
  await page.getByText('You are signed out. Sign in, and you come to the page that you wanted.').waitFor();
  await signIn(page);
  await page.waitForURL(`${site.url}/settings/account`);
  await page.getByText('ada@example.org').waitFor();
  // Within the site the title comes a moment after the page.
  await expect.poll(() => page.title()).toBe('Account · SocialHub');
});

test('one’s picture in the banner leads to one’s profile, and the settings are a page of all of them', async () => {
  const { page } = await site.openHome();
  const banner = page.getByRole('banner');
  await banner.getByRole('link', { name: 'Your profile, signed in as Ada Lovelace' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor();
  await banner.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Account' }).click();
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
});

test('an address says whether it is confirmed, and the mail is sent again until it is', async () => {
  const page = await openAccount();
  await page.getByText('Not confirmed yet').waitFor();
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await page.getByText('A mail is on its way.').waitFor();
  await expect
    .poll(() => site.gateway.state.mails)
    .toMatchObject([{ kind: 'VERIFY_EMAIL', to: 'ada@example.org' }]);
  const account = site.gateway.state.users.get('ada');
  if (account) account.emailVerified = true;
  await page.reload();
  await page.getByText('Confirmed', { exact: true }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Send the mail again' }).count()).toBe(0);
});

test('whose address was confirmed meanwhile is told so, and no mail is sent', async () => {
  const page = await openAccount();
  const account = site.gateway.state.users.get('ada');
  if (account) account.emailVerified = true;
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await page.getByText('Your address is confirmed already.').waitFor();
  await expect.poll(() => site.gateway.state.mails).toEqual([]);
});

for (const [name, press] of [
  ['a device', 'Sign out Safari on iOS'],
  ['all other devices', 'Sign out all other devices'],
] as const) {
  test(`signing out ${name} that fails says so`, async () => {
    site.gateway.issue(site.ada, { userAgent: IPHONE });
    const page = await openAccount();
    site.gateway.state.down.add('revokeSession').add('endAllSessions');
    await page.getByRole('button', { name: press }).click();
    await page.getByText('SocialHub cannot be reached right now.').waitFor();
    await expect.poll(() => page.getByText('signed out.').count()).toBe(0);
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`the password is changed by who knows it, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    site.gateway.issue(site.ada, { userAgent: IPHONE });
    const page = await openAccount({ javaScriptEnabled });
    await page.getByLabel('Current password').fill('not it');
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Current password is not the password.').waitFor();
    await expect.poll(() => page.getByLabel('Current password').getAttribute('aria-invalid')).toBe('true');

    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed').waitFor();
    await expect.poll(() => site.gateway.state.users.get('ada')?.password).toBe(NEW_PASSWORD);
    await expect.poll(() => page.getByText('Safari on iOS').count()).toBe(0);
    await expect.poll(() => page.getByText('This device').count()).toBe(1);
  });

  test(`another device is signed out, this one is not offered, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    site.gateway.issue(site.ada, { userAgent: IPHONE, lastUsedAt: '2026-01-02T03:04:00.000Z' });
    const page = await openAccount({ javaScriptEnabled });
    const devices = page.getByRole('region', { name: 'Devices' });
    await expect.poll(() => devices.getByRole('listitem').count()).toBe(2);
    await expect.poll(() => devices.getByRole('button', { name: /Sign out .* on/ }).count()).toBe(1);
    await expect.poll(() => devices.getByText('192.0.2.7').count()).toBe(2);
    await devices.getByRole('button', { name: 'Sign out Safari on iOS' }).click();
    await devices.getByText('That device is signed out.').waitFor();
    await expect.poll(() => devices.getByRole('listitem').count()).toBe(1);
    if (javaScriptEnabled) {
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.textContent))
        .toBe('That device is signed out.');
    }
  });
}

test('all other devices are signed out at once', async () => {
  for (let count = 0; count < 3; count += 1) site.gateway.issue(site.ada, { userAgent: IPHONE });
  const page = await openAccount();
  await page.getByRole('button', { name: 'Sign out all other devices' }).click();
  await page.getByText('All your other devices are signed out.').waitFor();
  await expect.poll(() => page.getByText('Safari on iOS').count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: 'Sign out all other devices' }).count()).toBe(0);
  await expect.poll(() => site.gateway.state.sessions.size).toBe(1);
});

test('a session that is over already, or nobody’s, is no fault to whoever ends it', async () => {
  const other = site.gateway.issue(site.ada, { userAgent: IPHONE });
  const page = await openAccount();
  site.gateway.state.sessions.delete(other.refreshToken);
  await page.getByRole('button', { name: 'Sign out Safari on iOS' }).click();
  await page.getByText('That device is signed out.').waitFor();
});

test('a session that ended while the form was open is told in the form', async () => {
  const page = await openAccount();
  site.gateway.endSessions();
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('You have been signed out. Please sign in again.').waitFor();
});

test('an account service that is down gets a friendly page', async () => {
  const { page } = await site.openHome();
  site.gateway.state.down.add('account');
  await page.goto('/settings/account');
  await page.getByRole('heading', { name: 'We can’t reach SocialHub right now' }).waitFor();
});

test('the settings are accessible and narrow enough', async () => {
  site.gateway.issue(site.ada, {
    userAgent: `${'x'.repeat(300)}/1`,
    ipAddress: `2001:db8${':ffff'.repeat(6)}`,
  });
  site.gateway.add(site.ada, PASSWORD, { email: `${'a'.repeat(60)}@${'b'.repeat(60)}.example` });
  const page = await openAccount({ viewport: { width: 320, height: 640 } });
  expect(await pageFaults(page, 'account')).toEqual([]);
}, 90_000);
