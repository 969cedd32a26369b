import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { picture } from './fake-objects.ts';
import { openLive, untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { png } from './png.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

async function openProfile(options?: Parameters<typeof openLive>[1]): Promise<Page> {
  const { page } = await openLive(site, options);
  site.gateway.state.calls.length = 0;
  await page.goto('/settings/profile');
  await untilLive(site, page);
  return page;
}
const choose = (page: Page, buffer = png(80, 60)) =>
  page
    .getByLabel(/^Choose an?(other)? picture/)
    .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Your picture' });

test('a picture is cut by keyboard alone, sent, and shown everywhere; then it is taken away', async () => {
  const page = await openProfile();
  await choose(page);
  const closer = dialog(page).getByLabel('Closer');
  await closer.waitFor();
  expect(await dialog(page).getByLabel('Top to bottom').isDisabled()).toBe(true);
  await closer.press('End');
  expect(await dialog(page).getByLabel('Top to bottom').isDisabled()).toBe(false);
  await dialog(page).getByLabel('Left to right').press('Home');
  await dialog(page).getByRole('button', { name: 'Use this picture' }).press('Enter');
  await page.getByText('Your picture is saved.').waitFor();
  await expect.poll(() => dialog(page).count()).toBe(0);
  const { media } = site.gateway.state;
  expect([...media.values()]).toMatchObject([{ status: 'READY', arrived: true }]);
  expect(site.ada.avatar).toBe([...media.values()][0]);
  await expect.poll(() => page.getByRole('banner').locator('img').count()).toBe(1);
  await expect
    .poll(() => page.getByLabel(/^Choose .*picture/).evaluate((one) => one === document.activeElement))
    .toBe(true);
  await page.getByRole('button', { name: 'Remove your picture' }).click();
  await page.getByLabel('Choose a picture').waitFor({ state: 'attached' });
  expect(site.ada.avatar).toBeNull();
});

test('a banner is cut wide, sent, and shown over the profile; then it is taken away', async () => {
  const page = await openProfile();
  await page
    .getByLabel('Choose a banner')
    .setInputFiles({ name: 'wide.png', mimeType: 'image/png', buffer: png(90, 90) });
  const wide = page.getByRole('dialog', { name: 'Your banner' });
  await expect.poll(() => wide.getByLabel('Top to bottom').isDisabled()).toBe(false);
  expect(await wide.getByLabel('Left to right').isDisabled()).toBe(true);
  const box = await wide.locator('canvas').boundingBox();
  expect(Math.round(Number(box?.width) / Number(box?.height))).toBe(3);
  expect(await pageFaults(page, 'banner')).toEqual([]);
  await wide.getByRole('button', { name: 'Use this banner' }).click();
  await page.getByText('Your banner is saved.').waitFor();
  expect(site.ada.avatar).toBeNull();
  expect(site.ada.banner).toBe([...site.gateway.state.media.values()][0]);
  await page.goto('/u/ada');
  const shown = page.getByRole('region', { name: 'Profile' }).locator('img');
  await expect.poll(() => shown.count()).toBe(1);
  expect(await pageFaults(page, 'profile with a banner')).toEqual([]);
  await page.goto('/settings/profile');
  await page.getByRole('button', { name: 'Remove your banner' }).click();
  await expect.poll(() => site.ada.banner).toBeNull();
});

test('the picture follows the pointer within its edges', async () => {
  const page = await openProfile();
  await choose(page);
  const stage = dialog(page).locator('canvas');
  await stage.hover();
  await page.mouse.down();
  await page.mouse.move(2_000, 2_000, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => dialog(page).getByLabel('Left to right').inputValue()).toBe('0');
  await page.mouse.move(600, 300);
  await stage.hover();
  await page.mouse.wheel(0, -100);
  await expect.poll(() => dialog(page).getByLabel('Closer').inputValue()).not.toBe('0');
});

test('what is no picture is said to be none; a line that is cut lets one try again, and Escape leaves all as it was', async () => {
  const page = await openProfile();
  await choose(page, Buffer.from('no picture at all'));
  await page.getByRole('main').getByText('This file is no picture.').waitFor();
  site.gateway.state.refusedUploads.push(500);
  await choose(page);
  await dialog(page).getByRole('button', { name: 'Use this picture' }).click();
  await dialog(page).getByRole('alert').waitFor();
  expect(site.ada.avatar).toBeNull();
  await dialog(page).getByRole('button', { name: 'Use this picture' }).click();
  await page.getByText('Your picture is saved.').waitFor();
  await expect.poll(() => site.gateway.state.media.size).toBe(1);
  const before = site.ada.avatar;
  await choose(page);
  await dialog(page).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog(page).count()).toBe(0);
  expect(site.ada.avatar).toBe(before);
});

test('without JavaScript one’s picture is taken away, and it is said how one is chosen', async () => {
  site.ada.avatar = picture(site.gateway.url, '');
  const { page } = await site.openSignedIn('/settings/profile', { javaScriptEnabled: false });
  expect(await page.content()).toContain('To choose a picture your browser has to run scripts.');
  await page.getByRole('button', { name: 'Remove your picture' }).click();
  await expect.poll(() => site.ada.avatar).toBeNull();
});

test('the choice of a square has no faults on a phone', async () => {
  const page = await openProfile({ viewport: { width: 320, height: 568 } });
  await choose(page);
  await dialog(page).waitFor();
  expect(await pageFaults(page, 'crop')).toEqual([]);
});
