import { existsSync } from 'node:fs';
import { type System, startSystem } from '@socialhub/local/system';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, visit } from '../web/tests/browser.ts';
import { removeHomes, startOptions } from './story/home.ts';

const chromium = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

describe.skipIf(!existsSync(chromium))('the web app on the real system', () => {
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    system = await startSystem(await startOptions({ web: true, demo: true }));
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
});
