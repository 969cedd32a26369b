import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const repost = (page: Page, name: string, pressed: boolean) => page.getByRole('button', { name, pressed });
const callsOf = (name: string) => site.gateway.state.calls.filter((call) => call === name).length;

/** At home as ada, with the graph here. */
async function openLive() {
  const opened = await site.openHome();
  await vi.waitUntil(() => site.gateway.state.calls.includes('notificationReceived'), { timeout: 20_000 });
  // What sends changes is loaded with the graph.
  await opened.page.waitForLoadState('networkidle');
  return opened;
}

/** Holds what a page asks the gateway, until what it gives is called. */
async function hold(page: Page): Promise<() => void> {
  let release = () => undefined as undefined;
  const held = new Promise<void>((resolve) => {
    release = () => void resolve();
  });
  await page.route(`${site.gateway.url}/graphql`, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

test('what one does shows at once, in every card of the post, and is asked for once however often it is pressed', async () => {
  const one = post(site.ada, 'The one', { repostCount: 4 });
  site.gateway.state.posts.push(post(site.ada, '', { repostOf: one }), one);
  const { page } = await openLive();
  const release = await hold(page);
  const before = callsOf('viewer');
  await repost(page, 'Repost 4', false).first().dblclick();
  await repost(page, 'Repost 5', true).nth(1).waitFor();
  expect(one.repostCount).toBe(4);
  release();
  await expect.poll(() => one.repostCount).toBe(5);
  await repost(page, 'Repost 5', true).nth(1).waitFor();
  expect(callsOf('repost')).toBe(1);
  // No page was asked for.
  expect(callsOf('viewer')).toBe(before);
});

test('what is refused is taken back, and says why in the words of the form', async () => {
  const one = post(site.ada, 'The one', { repostCount: 4 });
  site.gateway.state.posts.push(one);
  const { page } = await openLive();
  site.gateway.state.down.add('repost');
  const release = await hold(page);
  await repost(page, 'Repost 4', false).click();
  await repost(page, 'Repost 5', true).waitFor();
  release();
  await repost(page, 'Repost 4', false).waitFor();
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  site.gateway.state.down.delete('repost');
  await repost(page, 'Repost 4', false).click();
  await repost(page, 'Repost 5', true).waitFor();
  await expect.poll(() => page.getByText('SocialHub cannot be reached right now.').count()).toBe(0);
});

test('offline nothing changes and it is said', async () => {
  site.gateway.state.posts.push(post(site.ada, 'The one', { repostCount: 4 }));
  const { page, context } = await openLive();
  await context.setOffline(true);
  await repost(page, 'Repost 4', false).click();
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  await repost(page, 'Repost 4', false).waitFor();
});

test('a page shows what the server read last, also where the cache had something else', async () => {
  const one = post(site.ada, 'The one', { repostCount: 4 });
  site.gateway.state.posts.push(one);
  const { page } = await openLive();
  await repost(page, 'Repost 4', false).click();
  await repost(page, 'Repost 5', true).waitFor();
  // By others, meanwhile.
  one.repostCount = 9;
  await page.getByRole('link', { name: /to this post and its comments/ }).click();
  await page.getByRole('heading', { name: 'Comments' }).waitFor();
  await repost(page, 'Repost 9', true).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await repost(page, 'Repost 9', true).waitFor();
  expect(await pageFaults(page, 'home')).toEqual([]);
});
