import { existsSync } from 'node:fs';
import { type System, startSystem } from '@socialhub/local/system';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, visit } from '../web/tests/browser.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { linkMailed } from './story/mailbox.ts';

const chromium = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

describe.skipIf(!existsSync(chromium))('the web app on the real system', () => {
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
    await page.getByRole('button', { name: 'Sign in' }).click();
    const main = page.getByRole('main');
    await main.getByText('I read every post that you write.').waitFor();
    await main.getByRole('textbox').first().fill('Written in a browser');
    await main.getByRole('button', { name: 'Post' }).click();
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
    await page.getByRole('heading', { name: 'Home' }).waitFor();
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
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    expect(faults).toEqual([]);
  }, 60_000);
});
