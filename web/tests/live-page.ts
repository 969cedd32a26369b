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
