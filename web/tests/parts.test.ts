import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { hold, holdPages, openLive, untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const repost = (page: Page, name: string, pressed: boolean) => page.getByRole('button', { name, pressed });
const callsOf = (name: string) => site.gateway.state.calls.filter((call) => call === name).length;

test('what one does shows at once, in every card of the post, and is asked for once however often it is pressed', async () => {
  const one = post(site.ada, 'The one', { repostCount: 4 });
  site.gateway.state.posts.push(post(site.ada, '', { repostOf: one }), one);
  const { page } = await openLive(site);
  const release = await hold(site, page);
  const before = callsOf('viewer');
  await repost(page, 'Repost 4', false).first().dblclick();
  await repost(page, 'Repost 5', true).nth(1).waitFor();
  await expect.poll(() => one.repostCount).toBe(4);
  release();
  await expect.poll(() => one.repostCount).toBe(5);
  await repost(page, 'Repost 5', true).nth(1).waitFor();
  await expect.poll(() => callsOf('repost')).toBe(1);
  // No page was asked for.
  await expect.poll(() => callsOf('viewer')).toBe(before);
});

test('what is refused is taken back, and says why in the words of the form', async () => {
  const one = post(site.ada, 'The one', { repostCount: 4 });
  site.gateway.state.posts.push(one);
  const { page } = await openLive(site);
  site.gateway.state.down.add('repost');
  const release = await hold(site, page);
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
  const { page, context } = await openLive(site);
  await context.setOffline(true);
  await repost(page, 'Repost 4', false).click();
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  await repost(page, 'Repost 4', false).waitFor();
});

test('a page shows what the server read last, also where the cache had something else', async () => {
  const one = post(site.ada, 'The one', { repostCount: 4 });
  site.gateway.state.posts.push(one);
  const { page } = await openLive(site);
  await repost(page, 'Repost 4', false).click();
  await expect.poll(() => one.repostCount).toBe(5);
  await repost(page, 'Repost 5', true).waitFor();
  // By others, meanwhile.
  one.repostCount = 9;
  await page.getByRole('link', { name: /to this post and its comments/ }).click();
  await page.getByRole('heading', { name: 'Comments' }).waitFor();
  await repost(page, 'Repost 9', true).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  // The home of the fake has one's repost too.
  await repost(page, 'Repost 9', true).first().waitFor();
  expect(await pageFaults(page, 'home')).toEqual([]);
});

test('a page that was asked for before a change, and arrives after its answer, does not take it back', async () => {
  const { state } = site.gateway;
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  const one = post(bob, 'The one', { repostCount: 4 });
  state.posts.push(one);
  const { page } = await openLive(site);
  await page.goto('/explore');
  await untilLive(site, page);
  const late = await holdPages(page, '/u/bob');
  await page.locator('article a[href="/u/bob"]').first().click();
  // The server has read it all, and the answer is on its way.
  await late.read;
  await repost(page, 'Repost 4', false).click();
  await page.getByRole('button', { name: 'Follow Bob' }).click();
  await expect.poll(() => [one.repostCount, state.follows.size]).toEqual([5, 1]);
  await repost(page, 'Repost 5', true).waitFor();
  await page.getByRole('button', { name: 'Unfollow Bob', disabled: false }).waitFor();
  await page.waitForLoadState('networkidle');
  late.release();
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await repost(page, 'Repost 5', true).waitFor();
  await page.getByRole('button', { name: 'Unfollow', exact: true }).waitFor();
  expect(await repost(page, 'Repost 4', false).count()).toBe(0);
});

test('a page that arrives before the answer to a change shows what is expected of it', async () => {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  const one = post(bob, 'The one', { repostCount: 4 });
  site.gateway.state.posts.push(one);
  const { page } = await openLive(site);
  await page.goto('/explore');
  await untilLive(site, page);
  const late = await holdPages(page, '/u/bob');
  await page.locator('article a[href="/u/bob"]').first().click();
  await late.read;
  const release = await hold(site, page);
  await repost(page, 'Repost 4', false).click();
  await repost(page, 'Repost 5', true).waitFor();
  late.release();
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await repost(page, 'Repost 5', true).waitFor();
  release();
  await expect.poll(() => one.repostCount).toBe(5);
  await repost(page, 'Repost 5', true).waitFor();
});
