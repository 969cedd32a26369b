import type { Locator, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { enterHome } from './fake-posts.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const bob = person('bob', 'Bob');
const articles = (page: Page) => page.getByRole('article');
const show = (page: Page) => page.getByRole('button', { name: /^Show .* new posts?$/ });
const texts = (page: Page) => page.getByText(/^Number \d+\.$/).allTextContents();
const fresh = (number: number) =>
  post(bob, `Number ${number}.`, { createdAt: new Date(Date.now() + number).toISOString() });
const enter = (...numbers: number[]) => {
  for (const number of numbers) enterHome(site.gateway.state, fresh(number));
};
const old = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    post(bob, `Number ${n}.`, { createdAt: new Date(Date.now() - (n + 5) * 60_000).toISOString() }),
  );

/** At home, with the stream under way. */
async function openFeed(options?: Parameters<typeof site.openHome>[0]) {
  const opened = await site.openHome(options);
  const { calls } = site.gateway.state;
  await expect.poll(() => calls).toContain('homeTimelineEvents');
  // What may have been missed is read behind the subscription.
  await expect
    .poll(() => calls.lastIndexOf('homeTimeline'))
    .toBeGreaterThan(calls.indexOf('homeTimelineEvents'));
  return opened;
}

test('new posts are told of, and shown when one wants to; what one reads stays where it is', async () => {
  site.gateway.state.posts.push(...old(3));
  const { page } = await openFeed();
  await expect.poll(() => articles(page).count()).toBe(3);
  const top = () => page.getByText('Number 0.').evaluate((text) => text.getBoundingClientRect().top);
  const before = await top();
  enter(101);
  await page.getByRole('button', { name: 'Show 1 new post' }).waitFor();
  enter(102, 103);
  await page.getByRole('button', { name: 'Show 3 new posts' }).waitFor();
  expect(await top()).toBe(before);
  await expect.poll(() => articles(page).count()).toBe(3);
  expect(await pageFaults(page, 'told')).toEqual([]);
  await show(page).click();
  await expect.poll(() => texts(page)).toEqual([103, 102, 101, 0, 1, 2].map((n) => `Number ${n}.`));
  await expect.poll(() => show(page).count()).toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Number 103.');
});

test('one’s own are there at once, once, also when the page is rendered anew', async () => {
  site.gateway.state.posts.push(...old(2));
  const { page } = await openFeed();
  enterHome(site.gateway.state, post(site.ada, 'Number 101.', { createdAt: new Date().toISOString() }));
  await expect.poll(() => texts(page)).toEqual([101, 0, 1].map((n) => `Number ${n}.`));
  await expect.poll(() => show(page).count()).toBe(0);
  await page.getByLabel('What would you like to say?').fill('Number 102.');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect.poll(() => texts(page)).toEqual([102, 101, 0, 1].map((n) => `Number ${n}.`));
});

test('who is muted or blocked meanwhile is offered no more, nor what others repost of them', async () => {
  const { state } = site.gateway;
  const cat = person('cat', 'Cat');
  for (const user of [bob, cat]) site.gateway.add(user, PASSWORD);
  const [first, second] = old(2);
  if (!first || !second) throw new Error('no posts');
  state.posts.push(
    first,
    second,
    post(cat, 'Of Cat.', { createdAt: new Date(Date.now() - 9e6).toISOString() }),
  );
  const { page } = await openFeed();
  enter(101);
  enterHome(state, post(cat, 'Number 102.', { createdAt: new Date(Date.now() + 102).toISOString() }));
  enterHome(state, post(cat, '', { createdAt: new Date(Date.now() + 103).toISOString(), repostOf: second }));
  await page.getByRole('button', { name: 'Show 3 new posts' }).waitFor();
  const bobs = articles(page).filter({ hasText: 'Number 0.' });
  const act = async (of: Locator, name: string) => {
    await of.getByRole('button', { name: /^More about/ }).click();
    await page.locator(':popover-open').getByRole('button', { name }).click();
  };
  await act(bobs, 'Mute Bob');
  await page.getByRole('button', { name: 'Show 1 new post' }).waitFor();
  await act(articles(page).filter({ hasText: 'Of Cat.' }), 'Block Cat');
  await page.getByRole('button', { name: 'Block this person' }).click();
  await expect.poll(() => show(page).count()).toBe(0);
  expect(await page.getByText('Number 101.').count()).toBe(0);
});

test('what came during a break is told of once, with the page’s first event behind it and before it', async () => {
  site.gateway.state.posts.push(...old(2));
  const { page } = await openFeed();
  const cut = async (...numbers: number[]) => {
    site.gateway.cutSockets();
    await expect.poll(() => site.gateway.openSockets()).toBe(0);
    enter(...numbers);
  };
  await cut(101);
  await page.getByRole('button', { name: 'Show 1 new post' }).waitFor({ timeout: 60_000 });
  enter(102);
  await page.getByRole('button', { name: 'Show 2 new posts' }).waitFor();
  await cut(103, 104);
  await page.getByRole('button', { name: 'Show 4 new posts' }).waitFor({ timeout: 60_000 });
  await show(page).click();
  await expect.poll(() => texts(page)).toEqual([104, 103, 102, 101, 0, 1].map((n) => `Number ${n}.`));
});

test('who comes back finds the place, with all that was there', async () => {
  site.gateway.state.posts.push(...old(56));
  const { page } = await openFeed();
  for (const count of [40, 56]) {
    await page.getByRole('link', { name: 'Load more' }).click();
    await expect.poll(() => articles(page).count()).toBe(count);
  }
  enter(101);
  await show(page).click();
  await expect.poll(() => articles(page).count()).toBe(57);
  const there = page.getByText('Number 50.', { exact: true });
  await there.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => window.scrollY);
  await articles(page)
    .filter({ has: there })
    .getByRole('link', { name: /to this post/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Post' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  await expect.poll(() => articles(page).count()).toBe(57);
  await expect
    .poll(async () => Math.abs((await page.evaluate(() => window.scrollY)) - before))
    .toBeLessThan(60);
  expect((await texts(page)).slice(0, 2)).toEqual(['Number 101.', 'Number 0.']);
});

test('of a long list what is far from the reader keeps its place alone, and is there for whoever comes near', async () => {
  const lines = Array.from({ length: 30 }, (_, n) => `Line ${n}`).join('\n');
  site.gateway.state.posts.push(
    ...old(60).map((listed, n) => ({ ...listed, text: `Number ${n}.\n${lines}` })),
  );
  const { page } = await openFeed();
  const places = page.locator('main ol > li');
  const number = (n: number) => articles(page).filter({ hasText: `Number ${n}.` });
  for (const count of [40, 60]) {
    await page.getByRole('link', { name: 'Load more' }).click();
    await expect.poll(() => places.count()).toBe(count);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain(`Number ${count - 20}.`);
  }
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const whole = await height();
  await places.nth(59).scrollIntoViewIfNeeded();
  await expect.poll(() => number(59).isVisible()).toBe(true);
  await expect.poll(() => number(0).count()).toBe(0);
  expect(await articles(page).count()).toBeLessThan(45);
  expect(await places.count()).toBe(60);
  expect(await height()).toBe(whole);
  // Who comes back to the page finds the place, and all of it above.
  await number(59)
    .getByRole('link', { name: /to this post/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Post' }).waitFor();
  await page.goBack();
  await expect.poll(() => number(59).isVisible()).toBe(true);
  expect(await height()).toBe(whole);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect.poll(() => number(0).isVisible()).toBe(true);
  await expect.poll(() => number(59).count()).toBe(0);
});
