import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const worked = { serviceWorkers: 'allow' } as const;

const untilWorked = (page: Page) =>
  page.waitForFunction(() =>
    navigator.serviceWorker.ready.then(({ active }) => active?.state === 'activated'),
  );
const noConnection = (page: Page) => page.getByRole('heading', { name: 'No connection' });
const kept = (page: Page) => page.evaluate(() => caches.keys());

test('without a connection any page says so, and comes back with it', async () => {
  site.gateway.state.posts.push(post(site.ada, 'Hello'));
  const { page, context } = await site.open('/about', { ...worked, viewport: { width: 320, height: 640 } });
  await untilWorked(page);
  await context.setOffline(true);
  await page.goto('/explore');
  await noConnection(page).waitFor();
  expect(await pageFaults(page, 'offline')).toEqual([]);
  await page.getByRole('link', { name: 'Try again' }).click();
  await noConnection(page).waitFor();
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'Explore' }).waitFor();
  await page.getByText('Hello').waitFor();
});

test('a link that is followed without a connection leads to it too', async () => {
  const { page, context, faults } = await site.open('/about', worked);
  await untilWorked(page);
  await context.setOffline(true);
  await page.getByRole('banner').getByRole('link', { name: 'Explore' }).click();
  await noConnection(page).waitFor();
  // Next says that it asks for the whole page instead.
  expect(faults.splice(0).join()).toContain('Failed to fetch RSC payload');
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'Explore' }).waitFor();
});

test('nothing of anybody is kept for it, signed in or out', async () => {
  site.gateway.state.posts.push(post(site.ada, 'For my followers', { visibility: 'FOLLOWERS' }));
  const { page, context } = await site.openHome(worked);
  await untilWorked(page);
  // Now by way of the worker.
  await page.reload();
  await page.getByText('For my followers').waitFor();
  expect(await kept(page)).toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await noConnection(page).waitFor();
  expect(await page.content()).not.toContain('followers');
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await signOut(page);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  expect(await kept(page)).toEqual([]);
});

test('a worker with another text takes the place of the one before, and speaks as the page does', async () => {
  const { page, context } = await site.open('/about', worked);
  await untilWorked(page);
  await page.evaluate(async () => {
    const taken = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
    await navigator.serviceWorker.register('/offline-worker.js?lang=de');
    await taken;
  });
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('heading', { name: 'Keine Verbindung' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'About' }).first().waitFor();
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL))
    .toContain('?lang=en');
});

test('the worker is a script of this site alone, asked for anew each time', async () => {
  const { headers } = await fetch(`${site.url}/offline-worker.js?lang=__proto__`);
  expect(headers.get('content-type')).toContain('text/javascript');
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'");
  const page = await fetch(`${site.url}/about`);
  expect(page.headers.get('content-security-policy')).toContain("worker-src 'self'");
});
