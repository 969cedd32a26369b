import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

test('keys lead about the site, and a sheet tells of them', async () => {
  const { page } = await site.openHome();
  for (const [key, name] of [
    ['n', 'Notifications'],
    ['m', 'Messages'],
    ['b', 'Bookmarks'],
    ['h', 'Home'],
  ] as const) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await title(page, name).waitFor();
  }
  await page.keyboard.press('n');
  await page.waitForURL('**/compose');
  await page.keyboard.press('Escape');
  await page.goto('/bookmarks');
  await page.keyboard.press('/');
  await page.waitForURL('**/search');
  const field = page.getByRole('searchbox', { name: 'Search' });
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.type('gn/?');
  await expect.poll(() => field.inputValue()).toBe('gn/?');
  await page.goto('/bookmarks');
  await page.keyboard.press('?');
  await sheet(page).waitFor();
  expect(await pageFaults(page, 'sheet')).toEqual([]);
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.keyboard.press('Escape');
  await expect.poll(() => sheet(page).isVisible()).toBe(false);
  expect(page.url()).toBe(`${site.url}/bookmarks`);
});

test('j and k go from post to post', async () => {
  for (const text of ['first', 'second', 'third'])
    site.gateway.state.posts.push(post(site.ada, `The ${text}`));
  const { page } = await site.openSignedIn('/explore');
  for (const [key, text] of [
    ['j', 'The first'],
    ['j', 'The second'],
    ['j', 'The third'],
    ['j', 'The third'],
    ['k', 'The second'],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => focused(page)).toContain(text);
  }
});

test('whoever does not want single keys switches them off in their browser', async () => {
  const { page } = await site.openHome();
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await sheet(page).getByLabel('Use these keys in this browser').uncheck();
  await sheet(page).getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('?');
  await expect.poll(() => sheet(page).isVisible()).toBe(false);
  await page.reload();
  await page.keyboard.press('?');
  await expect.poll(() => sheet(page).isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect.poll(() => sheet(page).getByLabel('Use these keys in this browser').isChecked()).toBe(false);
});

test('visitors have no such keys', async () => {
  const { page } = await site.open('/explore');
  await page.keyboard.press('?');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});
