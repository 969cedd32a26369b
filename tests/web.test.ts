import { type System, startSystem } from '@socialhub/local/system';
import { generateSync } from 'otplib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchBrowser, virtualAuthenticator, visit } from '../web/tests/browser.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { linkMailed } from './story/mailbox.ts';

describe.skipIf(!findChromium())('the web app on the real system', () => {
  let system: System;
  let home: string;
  let browser: Browser;

  beforeAll(async () => {
    const options = await startOptions({ web: true, demo: true });
    home = options.home;
    system = await startSystem(options);
    browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await removeHomes();
  }, 60_000);

  it('signs a demo person in and shows what those whom they follow have posted', async () => {
    const [person] = system.demo;
    const { page, faults } = await visit(browser, system.webUrl ?? '');
    await page.goto('/sign-in');
    await page.getByLabel(/username/i).fill(person?.username ?? '');
    await page.getByLabel('Password').fill(person?.password ?? '');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const main = page.getByRole('main');
    await main.getByText('I read every post that you write.').waitFor();
    await main.getByRole('textbox').first().fill('Written in a browser');
    await main.getByRole('button', { name: 'Post', exact: true }).click();
    await main.getByText('Written in a browser').last().waitFor();
    expect(faults).toEqual([]);
  }, 60_000);

  it('follows the mails: a new address is confirmed, a forgotten password replaced', async () => {
    const { page, faults } = await visit(browser, system.webUrl ?? '');
    const address = 'new-here@example.org';
    await page.goto('/sign-up');
    await page.getByLabel('Username').fill('new_here');
    await page.getByLabel('Email').fill(address);
    await page.getByLabel('Password').fill('a-first-long-password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    await page.goto('/settings/account');
    await page.getByText('Not confirmed yet').waitFor();
    await page.goto(await linkMailed(home, address, '/verify-email'));
    await page.getByRole('button', { name: 'Confirm this address' }).click();
    await page.getByText('Your address is confirmed.').waitFor();
    await page.goto('/settings/account');
    await page.getByText('Confirmed', { exact: true }).waitFor();

    await page.goto('/forgot-password');
    await page.getByLabel('Email').fill(address);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.goto(await linkMailed(home, address, '/reset-password'));
    await page.getByLabel('New password').fill('a-second-long-password');
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await page.getByText('Your new password is set.').waitFor();
    await page.getByLabel('Email or username').fill(address);
    await page.getByLabel('Password', { exact: true }).fill('a-second-long-password');
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    expect(faults).toEqual([]);
  }, 60_000);

  it('turns on two-factor authentication and makes a passkey, and signs in by each', async () => {
    const { page, faults } = await visit(browser, system.webUrl ?? '');
    await virtualAuthenticator(page);
    const password = 'a-third-long-password';
    await page.goto('/sign-up');
    await page.getByLabel('Username').fill('two_keys');
    await page.getByLabel('Email').fill('two-keys@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    await page.goto('/settings/security');
    const factor = page.getByRole('region', { name: 'Two-factor authentication' });
    await factor.getByLabel('Password').fill(password);
    await factor.getByRole('button', { name: 'Set it up' }).click();
    const secret = ((await factor.locator('code').textContent()) ?? '').replaceAll(' ', '');
    await factor.getByLabel('Code').fill(generateSync({ secret }));
    await factor.getByRole('button', { name: 'Turn it on' }).click();
    await factor.getByText('Two-factor authentication is on').waitFor();
    const [first = '', second = ''] = await factor.locator('li code').allTextContents();
    await factor.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();

    const main = page.getByRole('main');
    await page.getByLabel('Email or username').fill('two_keys');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await main.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Code').fill(first);
    await main.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();

    await page.goto('/settings/security');
    await page.getByText('You have 9 recovery codes left.').waitFor();
    const passkey = page.locator('details', { hasText: 'Add a passkey' });
    await passkey.locator('summary').click();
    await passkey.getByLabel('Name (optional)').fill('The laptop');
    await passkey.getByLabel('Password').fill(password);
    await passkey.getByLabel('Code').fill(second);
    await passkey.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('Your passkey is added').waitFor();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByText('You are signed out.').waitFor();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    expect(faults).toEqual([]);
  }, 120_000);

  it('changes an address by both mails, fetches an archive, leaves and comes back', async () => {
    const { page, faults } = await visit(browser, system.webUrl ?? '');
    const password = 'a-fourth-long-password';
    const signIn = async () => {
      await page.getByLabel('Email or username').fill('mover');
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { name: 'Home' }).waitFor();
    };
    await page.goto('/sign-up');
    await page.getByLabel('Username').fill('mover');
    await page.getByLabel('Email').fill('mover@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();

    await page.goto('/settings/account');
    await page.getByText('Change the address').click();
    const change = page.locator('details', { hasText: 'Change the address' });
    await change.getByLabel('New address').fill('mover@new.example');
    await change.getByLabel('Password').fill(password);
    await change.getByRole('button', { name: 'Send the two mails' }).click();
    await page.getByText('Two mails are on their way.').waitFor();
    for (const [address, said] of [
      ['mover@new.example', 'One end is confirmed.'],
      ['mover@example.org', 'confirmed at both ends'],
    ] as const) {
      await page.goto(await linkMailed(home, address, '/change-email'));
      await page.getByRole('button', { name: 'Confirm the change' }).click();
      await page.getByText(said).waitFor();
    }

    await page.goto('/settings/data');
    await page.getByRole('button', { name: 'Make an archive' }).click();
    const archive = page.waitForEvent('download');
    await page.getByRole('link', { name: /^Download/ }).click();
    expect((await archive).suggestedFilename()).toMatch(/\.zip$/);
    const pause = page.getByRole('region', { name: 'Take a break' });
    await pause.getByLabel('Password').fill(password);
    await pause.getByRole('button', { name: 'Deactivate my account' }).click();
    await page.getByText('Your account is deactivated.').waitFor();
    await signIn();
    await page.goto('/settings/data');
    const end = page.getByRole('region', { name: 'Delete your account' });
    await end.getByLabel('Password').fill(password);
    await end.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByText('will be erased after').waitFor();
    await signIn();
    expect(faults).toEqual([]);
  }, 180_000);
});
