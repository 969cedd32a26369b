import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { virtualAuthenticator } from './browser.ts';
import { APP_CODE } from './fake-two-factor.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

/** The security page of ada, in a browser with an authenticator. */
async function openSecurity(options?: BrowserContextOptions) {
  const { page } = await site.open(`${site.named}/sign-in?to=/settings/security`, options);
  const authenticator = await virtualAuthenticator(page);
  await signIn(page);
  await page.getByRole('heading', { name: 'Security' }).waitFor();
  return { page, authenticator };
}

async function add(page: Page, name: string): Promise<void> {
  const form = page.locator('details', { hasText: 'Add a passkey' });
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  await form.getByLabel('Name (optional)').fill(name);
  await form.getByLabel('Password').fill(PASSWORD);
  if (await form.getByLabel('Code').count()) await form.getByLabel('Code').fill(APP_CODE);
  await form.getByRole('button', { name: 'Add a passkey' }).click();
}

test('a passkey is added, and signs in without a password', async () => {
  const { page } = await openSecurity();
  await add(page, 'The laptop');
  await page.getByText('Your passkey is added').waitFor();
  await page.getByRole('listitem').getByText('The laptop').first().waitFor();
  await page.getByText('on one device').waitFor();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByText('You are signed out.').waitFor();
  await page.goto(`${site.named}/sign-in?to=/settings/security`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('heading', { name: 'Security' }).waitFor();
  await expect.poll(() => site.gateway.state.calls.filter((call) => call === 'logIn')).toHaveLength(1);
});

test('a passkey takes the password, and the code where two-factor authentication is on', async () => {
  const account = site.gateway.state.users.get('ada');
  const { page } = await openSecurity();
  if (account) account.twoFactor = { on: true, codes: [] };
  await page.reload();
  await page.getByRole('main').locator('summary', { hasText: 'Add a passkey' }).click();
  const form = page.locator('details', { hasText: 'Add a passkey' });
  await form.getByLabel('Password').fill('not it');
  await form.getByLabel('Code').fill(APP_CODE);
  await form.getByRole('button', { name: 'Add a passkey' }).click();
  await form.getByText('Password is not the password.').waitFor();
  await add(page, '');
  await page.getByText('Your passkey is added').waitFor();
  expect(account?.passkeys.map(({ name }) => name)).toEqual(['Passkey']);
});

test('a device that has one already, or refuses, makes no second', async () => {
  const { page, authenticator } = await openSecurity();
  await add(page, 'First');
  await page.getByText('Your passkey is added').waitFor();
  await add(page, 'Second');
  await page.getByText('This device has a passkey for your account already.').waitFor();
  await authenticator.refuse();
  const account = site.gateway.state.users.get('ada');
  if (account) account.passkeys = [];
  await add(page, 'Third');
  await page.getByText('No passkey was made.').waitFor();
  expect(account?.passkeys).toEqual([]);
});

test('a passkey is renamed and removed', async () => {
  const { page } = await openSecurity();
  await add(page, 'The laptop');
  await page.getByText('Your passkey is added').waitFor();
  const row = page.getByRole('listitem').filter({ hasText: 'The laptop' });
  await row.getByText('Rename').click();
  await row.getByLabel('Name').fill('a'.repeat(51));
  await row.getByRole('button', { name: 'Save the name' }).click();
  await page.getByText('Name takes at most 50 characters.').waitFor();
  await row.getByLabel('Name').fill('The old laptop');
  await row.getByRole('button', { name: 'Save the name' }).click();
  await page.getByText('The passkey has its new name.').waitFor();
  const renamed = page.getByRole('listitem').filter({ hasText: 'The old laptop' });
  await renamed.locator('summary', { hasText: 'Remove' }).click();
  await renamed.getByLabel('Password').fill(PASSWORD);
  await renamed.getByRole('button', { name: 'Remove this passkey' }).click();
  await page.getByText('The passkey is removed.').waitFor();
  await page.getByText('You have no passkey yet.').waitFor();
});

test('a passkey that is not known here leads back to the password', async () => {
  const { page } = await openSecurity();
  await add(page, 'The laptop');
  await page.getByText('Your passkey is added').waitFor();
  const account = site.gateway.state.users.get('ada');
  if (account) account.passkeys = [];
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('This passkey is not known here.').waitFor();
});

test('a browser without a passkey is told so, and one at an address in numbers where to go', async () => {
  const { page } = await site.open(`${site.named}/sign-in`);
  const authenticator = await virtualAuthenticator(page);
  await authenticator.refuse();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('No passkey was used.').waitFor();

  const numbers = await site.openSignedIn('/settings/security');
  const link = numbers.page.getByRole('link', { name: site.named });
  await expect.poll(() => link.getAttribute('href')).toBe(`${site.named}/settings/security`);
  await numbers.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await numbers.page.getByText('You are signed out.').waitFor();
  await expect
    .poll(() => numbers.page.getByRole('button', { name: 'Sign in with a passkey' }).count())
    .toBe(0);
});

test('without JavaScript a passkey is removed, and none is offered', async () => {
  const account = site.gateway.state.users.get('ada');
  const passkey = { credentialId: 'x', createdAt: '2026-01-01T00:00:00.000Z', lastUsedAt: null };
  account?.passkeys.push({ ...passkey, id: 'one', name: 'The laptop', synced: true });
  const { page } = await site.openSignedIn('/settings/security', { javaScriptEnabled: false });
  // Playwright does not look for texts in there.
  const note = page.locator('noscript p');
  await note.waitFor();
  await expect.poll(() => note.textContent()).toBe('A new passkey takes a browser with JavaScript.');
  await page.getByRole('main').locator('summary', { hasText: 'Remove' }).click();
  await page.getByRole('listitem').getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Remove this passkey' }).click();
  await page.getByText('The passkey is removed.').waitFor();
  expect(account?.passkeys).toEqual([]);
});

test('passkeys are accessible and narrow enough', async () => {
  const { page } = await openSecurity({ viewport: { width: 320, height: 640 } });
  await add(page, 'W'.repeat(50));
  await page.getByText('Your passkey is added').waitFor();
  await page.getByText('Rename').click();
  await page.getByRole('main').locator('summary', { hasText: 'Remove' }).click();
  const faults = await pageFaults(page, 'passkeys');
  await page.goto(`${site.named}/explore`);
  await page.locator('summary', { hasText: 'More' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
  expect([...faults, ...(await pageFaults(page, 'sign-in'))]).toEqual([]);
}, 90_000);
