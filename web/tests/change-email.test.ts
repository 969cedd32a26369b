import { expect, test, vi } from 'vitest';
import { APP_CODE } from './fake-two-factor.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

for (const javaScriptEnabled of [true, false]) {
  test(`an address changes once both ends are confirmed, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const { page } = await site.openSignedIn('/settings/account', { javaScriptEnabled });
    await page.getByText('Change the address').click();
    const form = page.locator('details', { hasText: 'Change the address' });
    await form.getByLabel('New address').fill('ada@new.example');
    await form.getByLabel('Password').fill('not it');
    await form.getByRole('button', { name: 'Send the two mails' }).click();
    await form.getByText('Password is not the password.').waitFor();
    await expect.poll(() => form.getByLabel('New address').inputValue()).toBe('ada@new.example');
    await form.getByLabel('Password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Send the two mails' }).click();
    await page.getByText('Two mails are on their way.').waitFor();
    await page.getByText('waits for the links that were mailed to both addresses').waitFor();

    await page.goto('/change-email?token=new-end');
    expect(page.url()).toBe(`${site.url}/change-email`);
    await page.getByRole('button', { name: 'Confirm the change' }).click();
    await page.getByText('One end is confirmed.').waitFor();
    await page.goto('/settings/account');
    await page.getByText('waits for the link that was mailed to your present address').waitFor();
    await page.goto('/change-email?token=old-end');
    await page.getByRole('button', { name: 'Confirm the change' }).click();
    await page.getByText('confirmed at both ends').waitFor();
    await page.getByRole('link', { name: 'To your settings' }).click();
    await page.getByRole('region', { name: 'Email' }).getByText('ada@new.example').waitFor();
  });
}

test('whoever has two-factor authentication on changes the address with its code', async () => {
  const account = site.gateway.state.users.get('ada');
  const { page } = await site.openHome();
  if (account) account.twoFactor = { on: true, codes: [] };
  await page.goto('/settings/account');
  await page.getByText('Change the address').click();
  const form = page.locator('details', { hasText: 'Change the address' });
  await form.getByLabel('New address').fill('ada@new.example');
  await form.getByLabel('Password').fill(PASSWORD);
  await form.getByLabel('Code').fill(APP_CODE);
  await form.getByRole('button', { name: 'Send the two mails' }).click();
  await page.getByText('Two mails are on their way.').waitFor();
  expect(account?.pendingEmailChange?.newEmail).toBe('ada@new.example');
});

test('a change that waits can be dropped', async () => {
  const { page } = await site.openHome();
  const account = site.gateway.state.users.get('ada');
  const time = '2026-05-12T10:00:00.000Z';
  const change = { newEmail: 'ada@new.example', requestedAt: time, expiresAt: time };
  if (account) account.pendingEmailChange = { ...change, oldConfirmed: true, newConfirmed: false };
  await page.goto('/settings/account');
  await page.getByText('waits for the link that was mailed to the new address').waitFor();
  await page.getByRole('button', { name: 'Keep the present address' }).click();
  await page.getByText('Your address stays as it is.').waitFor();
  expect(account?.pendingEmailChange).toBeNull();
});

test('a link that is spent, or without its token, says so', async () => {
  const { page } = await site.open('/change-email?token=spent');
  await page.getByRole('button', { name: 'Confirm the change' }).click();
  await page.getByText('This link is no longer good').waitFor();
  await page.goto('/change-email');
  await page.getByText('Part of the link is missing.').waitFor();
});

test('the change of address is accessible and narrow enough', async () => {
  const { page } = await site.openHome({ viewport: { width: 320, height: 640 } });
  const account = site.gateway.state.users.get('ada');
  const time = '2026-05-12T10:00:00.000Z';
  const newEmail = `${'a'.repeat(60)}@${'b'.repeat(60)}.example`;
  const change = { newEmail, requestedAt: time, expiresAt: time };
  if (account) account.pendingEmailChange = { ...change, oldConfirmed: false, newConfirmed: false };
  await page.goto('/settings/account');
  await page.getByText('Change the address').click();
  const faults = await pageFaults(page, 'settings');
  await page.goto('/change-email?token=spent');
  expect([...faults, ...(await pageFaults(page, 'link'))]).toEqual([]);
}, 90_000);
