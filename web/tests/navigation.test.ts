import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { startChat } from './fake-chat.ts';
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
  startChat(site.gateway.state, [site.ada, bob]);
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
    messages: await counts(async () => {
      await main(page, 'Messages').click();
      await page.getByRole('link', { name: /^Bob/ }).waitFor();
    }),
    conversation: await counts(async () => {
      await page.getByRole('link', { name: /^Bob/ }).click();
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
    }),
  };
  expect(steps).toEqual({
    post: 1,
    back: 0,
    explore: 1,
    bookmarks: 1,
    home: 1,
    messages: 1,
    conversation: 1,
  });
  // One stream for all of it.
  expect(calls.filter((name) => name === 'homeTimelineEvents')).toHaveLength(1);
});

test('a session that was ended meanwhile is noticed by the next page', async () => {
  const { page } = await openLive(site);
  site.gateway.endSessions();
  await main(page, 'Bookmarks').click();
  await page.waitForURL(/\/sign-in\?reason=ended/);
});

test('a page that is opened whole asks once, beside what is around every page', async () => {
  const chat = startChat(site.gateway.state, [site.ada, bob]);
  // Without scripts: nothing that is asked here is a browser's.
  const { page } = await site.openHome({ javaScriptEnabled: false });
  const { asked } = site.gateway.state;
  const counts: Record<string, number> = {};
  for (const path of ['/about', '/welcome', '/messages', `/messages/${chat.id}`]) {
    const before = asked.length;
    await page.goto(path);
    counts[path.replace(chat.id, 'one')] = asked.length - before;
  }
  // For the shell: who is signed in, and their unread conversations.
  expect(counts).toEqual({ '/about': 2, '/welcome': 3, '/messages': 3, '/messages/one': 3 });
});
