import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { APP_CODE } from './fake-two-factor.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

async function openSecurity(options?: BrowserContextOptions): Promise<Page> {
  const { page } = await site.openSignedIn('/settings/security', options);
  await page.getByRole('heading', { name: 'Security' }).waitFor();
  return page;
}

async function setUp(page: Page): Promise<void> {
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
}

const turnOn = (codes = ['7xk2m-9fp4q']) => {
  const account = site.gateway.state.users.get('ada');
  if (account) account.twoFactor = { on: true, codes };
};

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`two-factor authentication is turned on, its codes are shown once, ${how} JavaScript`, async () => {
    const page = await openSecurity({ javaScriptEnabled });
    await page.getByLabel('Password').fill('not it');
    await page.getByRole('button', { name: 'Set it up' }).click();
    await page.getByText('Password is not the password.').waitFor();
    await setUp(page);
    await page.getByText('JBSW Y3DP EHPK 3PXP').waitFor();
    const link = page.getByRole('link', { name: 'Open in an app on this device' });
    await expect.poll(() => link.getAttribute('href')).toMatch(/^otpauth:\/\//);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByText('Code is not the code that the app shows now.').waitFor();
    await expect.poll(() => page.getByText('JBSW Y3DP EHPK 3PXP').count()).toBe(1);

    await page.getByLabel('Code').fill(APP_CODE);
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByText('Two-factor authentication is on').waitFor();
    const codes = site.gateway.state.users.get('ada')?.twoFactor?.codes ?? [];
    expect(codes).toHaveLength(10);
    await expect.poll(() => page.getByRole('main').locator('li code').allTextContents()).toEqual(codes);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download the codes' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('socialhub-recovery-codes.txt');
    for (const code of codes) expect(await readFile(await file.path(), 'utf8')).toContain(code);

    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('You have 10 recovery codes left.').waitFor();
    expect(await page.content()).not.toContain(codes[0]);
  });

  test(`signing in takes the code, ${how} JavaScript`, async () => {
    turnOn();
    const { page } = await site.open('/sign-in', { javaScriptEnabled });
    await signIn(page);
    await page.getByText('This account has two-factor authentication on').waitFor();
    const code = page.getByLabel('Code');
    if (javaScriptEnabled) {
      await expect.poll(() => code.evaluate((input) => input === document.activeElement)).toBe(true);
      await expect.poll(() => page.getByLabel('Password', { exact: true }).inputValue()).toBe(PASSWORD);
    }
    await code.fill('000000');
    await signIn(page);
    await page.getByText('This code is not right, or was used.').waitFor();
    await page.getByLabel('Code').fill(APP_CODE);
    await signIn(page);
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  });
}

test('the codes can be copied', async () => {
  const page = await openSecurity({ permissions: ['clipboard-read', 'clipboard-write'] });
  await setUp(page);
  await page.getByLabel('Code').fill(APP_CODE);
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByRole('button', { name: 'Copy the codes' }).click();
  await page.getByText('Copied.').waitFor();
  const [first = '?'] = site.gateway.state.users.get('ada')?.twoFactor?.codes ?? [];
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(first);
});

test('a recovery code signs in once', async () => {
  turnOn(['7xk2m-9fp4q']);
  const { page } = await site.open('/sign-in');
  await signIn(page);
  await page.getByLabel('Code').fill('7xk2m-9fp4q');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.goto('/settings/security');
  await page.getByText('You have no recovery codes left').waitFor();
});

test('codes are renewed, and two-factor authentication is turned off, by whoever has both', async () => {
  const page = await openSecurity();
  turnOn(['7xk2m-9fp4q']);
  await page.reload();
  await page.getByText('You have one recovery code left.').waitFor();
  await page.getByText('Make new recovery codes').click();
  const renewal = page.locator('details', { hasText: 'Make new recovery codes' });
  await renewal.getByLabel('Password').fill('not it');
  await renewal.getByLabel('Code').fill(APP_CODE);
  await renewal.getByRole('button', { name: 'Make new codes' }).click();
  await page.getByText('Password is not the password.').waitFor();
  await renewal.getByLabel('Password').fill(PASSWORD);
  await renewal.getByLabel('Code').fill(APP_CODE);
  await renewal.getByRole('button', { name: 'Make new codes' }).click();
  await page.getByText('the earlier ones are no longer good').waitFor();
  await page.getByRole('button', { name: 'I have kept them' }).click();

  await page.getByRole('main').locator('summary', { hasText: 'Turn it off' }).click();
  const off = page.locator('details', { hasText: 'Turn it off' });
  await off.getByLabel('Password').fill(PASSWORD);
  await off.getByLabel('Code').fill(APP_CODE);
  await off.getByRole('button', { name: 'Turn it off' }).click();
  await page.getByText('Two-factor authentication is off').waitFor();
  await page.getByRole('button', { name: 'Set it up' }).waitFor();
});

test('the way to two-factor authentication is accessible and narrow enough', async () => {
  const faults: string[] = [];
  const page = await openSecurity({ viewport: { width: 320, height: 640 } });
  const check = async (name: string) => faults.push(...(await pageFaults(page, name)));
  await check('off');
  await setUp(page);
  await check('scan');
  await page.getByLabel('Code').fill(APP_CODE);
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  await check('codes');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('Make new recovery codes').click();
  await page.getByRole('main').locator('summary', { hasText: 'Turn it off' }).click();
  await check('on');
  expect(faults).toEqual([]);
}, 90_000);
