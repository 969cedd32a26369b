import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const phone = { width: 375, height: 700 };

test('on a phone the ways that are used most are tabs, the others in a menu that closes as menus do', async () => {
  const { page } = await site.openHome({ viewport: phone });
  const main = page.getByRole('navigation', { name: 'Main' });
  for (const name of ['Home', 'Explore', 'Search', 'Notifications', 'Messages', /^Your profile/]) {
    await main.getByRole('link', { name }).waitFor();
  }
  await expect.poll(() => main.getByRole('link').count()).toBe(6);
  for (const link of await main.getByRole('link').all()) {
    const box = await link.boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(44);
    expect(box?.height).toBeGreaterThanOrEqual(44);
  }
  const bottom = await main.getByRole('link', { name: 'Explore' }).boundingBox();
  expect(bottom?.y).toBeGreaterThan(600);
  const more = page.getByRole('banner').locator('summary');
  await more.click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('link', { name: 'Bookmarks' }).isVisible()).toBe(false);
  expect(await more.evaluate((one) => one === document.activeElement)).toBe(true);
  await more.click();
  await page.getByRole('link', { name: 'Bookmarks' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bookmarks' }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'Settings' }).isVisible()).toBe(false);
  await signOut(page);
  await page.getByText('You are signed out.').waitFor();
});

test('the menu opens without JavaScript, and the first key leads past the navigation', async () => {
  const { page } = await site.openHome({ viewport: phone, javaScriptEnabled: false });
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#main$/);
  await page.keyboard.press('Tab');
  const first = page.getByRole('navigation', { name: 'Settings' }).getByRole('link').first();
  expect(await first.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('the page shown is marked in forced colours too, with its navigation and its tabs', async () => {
  const { page } = await site.openSignedIn('/u/ada/followers', { forcedColors: 'active' });
  const marked = await page.locator('[aria-current]').evaluateAll((all) =>
    all.map((one) => {
      const { outlineStyle, borderBottomColor } = getComputedStyle(one);
      const beside = getComputedStyle(one.parentElement?.querySelector(':not([aria-current])') ?? one);
      return outlineStyle !== beside.outlineStyle || borderBottomColor !== beside.borderBottomColor;
    }),
  );
  expect(marked).toEqual([true, true]);
});

test('beside what is new are people whom one could follow, until one does', async () => {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  site.gateway.state.posts.push(post(bob, 'One'), post(bob, 'Two'), post(site.ada, 'Mine'));
  const { page } = await site.openSignedIn('/explore');
  const list = page.getByRole('list', { name: 'People to follow' });
  await list.getByRole('button', { name: 'Follow Bob' }).click();
  await expect.poll(() => site.gateway.state.follows.has(`${site.ada.id} ${bob.id}`)).toBe(true);
  await page.reload();
  await page.getByRole('heading', { name: 'Explore' }).waitFor();
  await expect.poll(() => list.count()).toBe(0);
});

test('what is around a page has no faults, on any screen', async () => {
  const faults: string[] = [];
  const { page } = await site.openHome({ viewport: { width: 320, height: 640 } });
  for (const width of [320, 600, 1000, 1440]) {
    await page.setViewportSize({ width, height: 640 });
    for (const path of ['/settings', '/search', '/search?type=posts&q=', '/bookmarks', '/explore']) {
      await page.goto(path);
      faults.push(...(await pageFaults(page, `${path} at ${width}`)));
    }
    const more = page.getByRole('banner').locator('summary');
    if (await more.isVisible()) {
      await more.click();
      faults.push(...(await pageFaults(page, `menu at ${width}`)));
    }
  }
  expect(faults).toEqual([]);
});

test('whatever is pressed has room for a finger: 24 by 24 pixels, where it is no word of a sentence', async () => {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  site.gateway.state.follows.add(`${bob.id} ${site.ada.id}`);
  site.gateway.state.mutes.set(`${site.ada.id} ${bob.id}`, { until: null, notifications: true });
  site.gateway.state.posts.push(post(bob, 'Hello'), post(site.ada, 'Mine'));
  const visitor = await site.open('/sign-in', { viewport: phone });
  const small = await smallTargets(visitor.page);
  const { page } = await site.openHome({ viewport: phone });
  const settings = ['profile', 'account', 'security', 'muted', 'data'].map((name) => `/settings/${name}`);
  for (const path of [
    '/',
    '/explore',
    '/u/bob',
    '/u/ada/followers',
    '/search?q=bob',
    '/welcome',
    ...settings,
  ]) {
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    small.push(...(await smallTargets(page)).map((one) => `${path}: ${one}`));
  }
  expect(small).toEqual([]);
});

const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, summary, select, label:has(input), label.button')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.classList.contains('skip'))
      .filter((one) => {
        const words = [...(one.parentNode?.childNodes ?? [])];
        const isWord = words.some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim());
        return !(isWord && getComputedStyle(one).display === 'inline');
      })
      .flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 24 || height < 24 ? [`${one.textContent} ${width} x ${height}`] : [];
      }),
  );
