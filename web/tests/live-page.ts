import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { testSite } from './site.ts';

type Site = ReturnType<typeof testSite>;

/** At home as ada, with the graph here. */
export async function openLive(site: Site, options?: Parameters<Site['openHome']>[0]) {
  const opened = await site.openHome(options);
  await untilLive(site, opened.page);
  return opened;
}

/** Until the page that was opened last has its graph, and what sends changes, which loads with it. */
export async function untilLive(site: Site, page: Page): Promise<void> {
  await expect.poll(() => site.gateway.state.calls).toContain('notificationReceived');
  await page.waitForLoadState('networkidle');
}

/** Holds what a page asks the gateway, until what it gives is called. */
export async function hold(site: Site, page: Page): Promise<() => void> {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(`${site.gateway.url}/graphql`, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Holds what the server has made of a page that one goes to: `read` once that is there, until `release` is called. */
export async function holdPages(page: Page, path: string): Promise<{ read: Promise<void>; release(): void }> {
  const released = Promise.withResolvers<void>();
  const read = Promise.withResolvers<void>();
  await page.route(
    (url) => url.pathname === path && url.searchParams.has('_rsc'),
    async (route) => {
      const response = await route.fetch();
      read.resolve();
      await released.promise;
      await route.fulfill({ response });
    },
  );
  return { read: read.promise, release: released.resolve };
}
