import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { openLive } from './live-page.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const bob = person('bob', 'Bob');
const main = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

test('moving about asks the gateway once a page, and coming back asks for nothing', async () => {
  site.gateway.state.posts.push(post(bob, 'The one'));
  const { page } = await openLive(site);
  const { asked, calls } = site.gateway.state;
  await expect.poll(() => calls).toContain('homeTimelineEvents');
  // Long enough for what a page asks for by itself once it is there; Playwright says but once of a document that it is idle.
  const quiet = () => {
    let last = -1;
    return expect
      .poll(
        () => {
          const isSame = asked.length === last;
          last = asked.length;
          return isSame;
        },
        { interval: 400 },
      )
      .toBe(true);
  };
  await quiet();
  const counts = async (go: () => Promise<unknown>) => {
    const before = asked.length;
    await go();
    await quiet();
    return asked.length - before;
  };
  const steps = {
    post: await counts(async () => {
      await page.getByRole('link', { name: /to this post and its comments/ }).click();
      await title(page, 'Post');
    }),
    back: await counts(async () => {
      await page.goBack();
      await title(page, 'Home');
    }),
    explore: await counts(async () => {
      await main(page, 'Explore').click();
      await title(page, 'Explore');
    }),
    bookmarks: await counts(async () => {
      await main(page, 'Bookmarks').click();
      await title(page, 'Bookmarks');
    }),
    home: await counts(async () => {
      await main(page, 'Home').click();
      await title(page, 'Home');
    }),
  };
  expect(steps).toEqual({ post: 1, back: 0, explore: 1, bookmarks: 1, home: 1 });
  // One stream for all of it.
  expect(calls.filter((name) => name === 'homeTimelineEvents')).toHaveLength(1);
});

test('a session that was ended meanwhile is noticed by the next page', async () => {
  const { page } = await openLive(site);
  site.gateway.endSessions();
  await main(page, 'Bookmarks').click();
  await page.waitForURL(/\/sign-in\?reason=ended/);
});
