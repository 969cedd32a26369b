import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { post as fakePost } from './fake-objects.ts';
import type { FakeConnection } from './fake-state.ts';
import { keepEarlier, keptCount } from './kept-count.ts';
import { openLive, untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEklEQVR4nGPInhWJFTEMLQkAaQ9PQU5JOGMAAAAASUVORK5CYII=',
  'base64',
);
const area = (page: Page) => page.getByLabel('What would you like to say?');
const post = (page: Page) => page.getByRole('button', { name: 'Post', exact: true });
const waiting = (page: Page) =>
  page.getByRole('region', { name: 'Waiting to be sent' }).getByRole('listitem');
const made = () => site.gateway.state.posts.map(({ text }) => text);
const calls = () => site.gateway.state.calls.filter((call) => call === 'createPost').length;

async function write(page: Page, text: string): Promise<void> {
  const before = await waiting(page).count();
  await area(page).fill(text);
  await post(page).click();
  await waiting(page).nth(before).waitFor();
  await expect.poll(() => area(page).inputValue()).toBe('');
}

test('what is written without a connection is sent when there is one, in its order, with its pictures', async () => {
  const { page, context } = await openLive(site);
  await context.setOffline(true);
  await page
    .getByLabel('Pictures', { exact: true })
    .setInputFiles([{ name: 'lake.png', mimeType: 'image/png', buffer: png }]);
  await page.getByLabel('What the picture shows').fill('A lake');
  await write(page, 'One');
  await write(page, 'Two');
  await expect.poll(() => waiting(page).first().textContent()).toContain('with a picture as soon as');
  await expect.poll(() => calls()).toBe(0);
  await context.setOffline(false);
  await page.getByRole('article').getByText('Two').waitFor();
  await expect.poll(() => waiting(page).count()).toBe(0);
  await expect.poll(() => made()).toEqual(['Two', 'One']);
  await expect.poll(() => site.gateway.state.posts[1]).toMatchObject({ media: [{ altText: 'A lake' }] });
  await page.getByText('2 posts that waited are published.').waitFor();
  await expect.poll(() => page.evaluate(keptCount)).toBe(0);
});

test('what waits outlives its tab, and is sent by another, once also where an answer is lost', async () => {
  const { page, context } = await openLive(site);
  await context.setOffline(true);
  await write(page, 'From the tunnel');
  await page.close();
  await context.setOffline(false);
  site.gateway.state.lost.add('createPost');
  site.gateway.state.calls.length = 0;
  const next = await context.newPage();
  await next.goto('/explore');
  await untilLive(site, next);
  await expect.poll(calls).toBe(1);
  await context.setOffline(true);
  await context.setOffline(false);
  await next.getByText('A post that waited is published.').waitFor();
  await expect.poll(() => made()).toEqual(['From the tunnel']);
});

test('what is refused says why, and can be changed; the others do not wait for it', async () => {
  const { page, context } = await openLive(site);
  await context.setOffline(true);
  await write(page, 'x'.repeat(501));
  await write(page, 'Short');
  await write(page, 'Never mind');
  await waiting(page).nth(2).getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => waiting(page).count()).toBe(2);
  await context.setOffline(false);
  await waiting(page).getByText('A post takes at most 500 characters.').waitFor();
  await page.getByRole('article').getByText('Short').waitFor();
  await area(page).fill('Something else');
  await waiting(page).getByRole('button', { name: 'Edit' }).click();
  await page.getByText('Post or clear what is written here first.').waitFor();
  await area(page).fill('');
  await waiting(page).getByRole('button', { name: 'Edit' }).click();
  await expect.poll(async () => (await area(page).inputValue()).length).toBe(501);
  await expect.poll(() => waiting(page).count()).toBe(0);
  await area(page).fill('Long, cut short');
  await post(page).click();
  await page.getByRole('article').getByText('Long, cut short').waitFor();
  await expect.poll(() => made()).toEqual(['Long, cut short', 'Short']);
});

test('a comment that is written without a connection waits, and is sent once when there is one', async () => {
  const written = fakePost(site.ada, 'What do you think?');
  site.gateway.state.posts.push(written);
  const { page, context } = await openLive(site);
  site.gateway.state.calls.length = 0;
  await page.goto(`/post/${written.id}`);
  await untilLive(site, page);
  const box = page.getByLabel('Your comment');
  const waits = page.getByRole('list', { name: 'Waiting to be sent' }).getByRole('listitem');
  await context.setOffline(true);
  for (const [text, count] of [
    ['From the tunnel', 1],
    ['y'.repeat(501), 2],
    ['Never mind', 3],
  ] as const) {
    await box.fill(text);
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await expect.poll(() => waits.count()).toBe(count);
    await expect.poll(() => box.inputValue()).toBe('');
  }
  await waits.nth(2).getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => waits.count()).toBe(2);
  expect(await pageFaults(page, 'a comment that waits')).toEqual([]);
  await context.setOffline(false);
  await page.getByRole('article').filter({ hasText: 'From the tunnel' }).waitFor();
  await waits.getByText('A comment takes at most 500 characters.').waitFor();
  await page.getByText('A comment that waited is published.').waitFor({ state: 'attached' });
  await waits.getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => page.evaluate(keptCount)).toBe(0);
  await box.fill('Back in the light');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('article').filter({ hasText: 'Back in the light' }).waitFor();
  await expect
    .poll(() => (written.comments as FakeConnection).edges.map(({ node }) => node.text))
    .toEqual(['From the tunnel', 'Back in the light']);
});

test('a comment that is refused is told of wherever its writer is, with the way to it', async () => {
  const written = fakePost(site.ada, 'What do you think?');
  site.gateway.state.posts.push(written);
  const { page, context } = await openLive(site);
  site.gateway.state.calls.length = 0;
  await page.goto(`/post/${written.id}`);
  await untilLive(site, page);
  await context.setOffline(true);
  await page.getByLabel('Your comment').fill('y'.repeat(501));
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  const waits = page.getByRole('list', { name: 'Waiting to be sent' }).getByRole('listitem');
  await waits.waitFor();
  // What an earlier page left, which nobody reads any more.
  await page.evaluate(keepEarlier);
  site.gateway.state.calls.length = 0;
  await context.setOffline(false);
  await page.goto('/explore');
  const told = page.getByRole('status').filter({ hasText: 'A comment of yours was not published.' });
  await told.getByText('A comment takes at most 500 characters.').waitFor();
  expect(await pageFaults(page, 'a refused comment')).toEqual([]);
  // The comment alone is kept.
  await expect.poll(() => page.evaluate(keptCount)).toBe(1);
  await told.getByRole('link', { name: 'To the comment' }).click();
  await waits.getByText('A comment takes at most 500 characters.').waitFor();
  await expect.poll(() => told.count()).toBe(0);
});

test('whoever signs out takes with them what waits', async () => {
  const { page, context } = await openLive(site);
  await context.setOffline(true);
  await write(page, 'Mine alone');
  site.gateway.state.down.add('createPost');
  await context.setOffline(false);
  await expect.poll(calls).toBeGreaterThan(0);
  await page.goto('/explore');
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.getByText('You are signed out.').waitFor();
  site.gateway.state.down.clear();
  await expect.poll(() => page.evaluate(keptCount)).toBe(0);
  await signIn(page);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await untilLive(site, page);
  await expect.poll(() => waiting(page).count()).toBe(0);
  await expect.poll(() => made()).toEqual([]);
});

test('what waits has no faults on the narrowest phone', async () => {
  const { page, context } = await openLive(site, { viewport: { width: 320, height: 700 } });
  await context.setOffline(true);
  await write(page, 'w'.repeat(400));
  expect(await pageFaults(page, 'outbox')).toEqual([]);
});
