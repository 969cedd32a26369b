import { expect, test, vi } from 'vitest';
import { picture, post } from './fake-objects.ts';
import { comment } from './fake-people.ts';
import { pageFaults } from './page-faults.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`what members can do with a post leads whoever is signed out to sign in, and back to it, ${how} JavaScript`, async () => {
    const written = post(site.ada, 'For everybody');
    const closed = post(site.ada, 'For followers', { visibility: 'FOLLOWERS' });
    site.gateway.state.posts.push(written, closed);
    const { page } = await site.open('/explore', { javaScriptEnabled });
    const card = page.getByRole('article').filter({ hasText: 'For everybody' });
    for (const name of ['React', 'Repost', 'Bookmark'])
      await card.getByRole('link', { name: `${name}: sign in first` }).waitFor();
    await card.getByRole('link', { name: 'Repost: sign in first' }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    expect(new URL(page.url()).searchParams.get('to')).toBe(`/post/${written.id}`);
    await page.goto(`/post/${closed.id}`);
    await page.getByRole('link', { name: 'React: sign in first' }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'Repost: sign in first' }).count()).toBe(0);
    await page.goto(`/post/${written.id}`);
    await page.getByRole('link', { name: 'Sign in to comment' }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    expect(new URL(page.url()).searchParams.get('to')).toBe(`/post/${written.id}`);
  });
}

test('each post has its own menu, also those that come later', async () => {
  site.gateway.state.posts.push(...Array.from({ length: 25 }, (_, n) => post(site.ada, `Post ${n}.`)));
  const { page } = await site.open('/explore');
  await page.getByRole('link', { name: 'Load more' }).click();
  const last = page.getByRole('article').filter({ hasText: 'Post 24.' });
  await last.getByRole('button', { name: 'More about this post' }).click();
  await last.getByRole('link', { name: 'Open the post' }).click();
  await page.getByRole('heading', { name: 'Comments' }).waitFor();
  await page.getByRole('article').getByText('Post 24.').waitFor();
});

test('who comes back finds what was loaded', async () => {
  site.gateway.state.posts.push(...Array.from({ length: 45 }, (_, n) => post(site.ada, `Post ${n}.`)));
  const { page } = await site.open('/explore');
  const articles = page.getByRole('article');
  await page.getByRole('link', { name: 'Load more' }).click();
  await expect.poll(() => articles.count()).toBe(40);
  await page.getByRole('link', { name: 'Load more' }).click();
  await page.getByText('You have reached the end.').waitFor();
  const last = articles.filter({ hasText: 'Post 44.' });
  await last.getByRole('link', { name: /to this post and its comments/ }).click();
  await page.getByRole('heading', { name: 'Comments' }).waitFor();
  await page.goBack();
  await last.waitFor();
  await expect.poll(() => articles.count()).toBe(45);
});

test('the pages of whoever is signed out have no faults', async () => {
  const media = [picture(site.gateway.url, 'A lake')];
  const quoteOf = post(site.ada, 'Quoted');
  const reactions = [{ emoji: '🎉', count: 2 }];
  const written = post(site.ada, 'Look #here', { media, quoteOf, reactions, commentCount: 1 });
  comment(written, site.ada, 'An answer');
  site.gateway.state.posts.push(written, post(site.ada, '', { repostOf: written }));
  const { page } = await site.open('/explore');
  expect(await pageFaults(page, 'visitor-explore')).toEqual([]);
  await page.goto(`/post/${written.id}`);
  expect(await pageFaults(page, 'visitor-post')).toEqual([]);
});
