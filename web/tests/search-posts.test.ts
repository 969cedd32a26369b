import { expect, test, vi } from 'vitest';
import { post } from './fake-objects.ts';
import { openLive, untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`posts are searched, page by page, ${how} JavaScript`, async () => {
    for (let n = 0; n < 21; n += 1) site.gateway.state.posts.push(post(site.ada, `Tea no. ${n}.`));
    site.gateway.state.posts.push(post(site.ada, 'Coffee'));
    const { page } = await site.openSignedIn('/search?q=Tea&type=posts', { javaScriptEnabled });
    await page.getByText('Tea no. 19.').waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBe(20);
    await page.getByRole('link', { name: 'Older posts' }).click();
    await page.getByText('Tea no. 20.').waitFor();
    await page.getByRole('searchbox').fill('Coffee');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('article').getByText('Coffee').waitFor();
    expect(new URL(page.url()).searchParams.get('type')).toBe('posts');
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('type')).toBe('people');
    await page.getByRole('link', { name: 'Posts', exact: true }).click();
    await page.getByRole('article').getByText('Coffee').waitFor();
  });
}

test('what is not found says so, what cannot be searched says how, and the pages have no faults', async () => {
  site.gateway.state.posts.push(post(site.ada, 'Tea'));
  const { page } = await site.openHome();
  const faults: string[] = [];
  for (const [query, text] of [
    ['nothing', 'No post that you may read has all of this.'],
    ['from:ada', 'What are you looking for?'],
    ['Tea', 'Tea'],
  ] as const) {
    await page.goto(`/search?${new URLSearchParams({ q: query, type: 'posts' })}`);
    await page.getByRole('main').getByText(text).first().waitFor();
    faults.push(...(await pageFaults(page, query)));
  }
  expect(faults).toEqual([]);
  site.gateway.state.down.add('searchPosts');
  await page.reload();
  await page.getByRole('heading', { name: 'We can’t reach SocialHub right now' }).waitFor();
  await signOut(page);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto('/search?q=Tea&type=posts');
  await page.getByText('Sign in to search').waitFor();
});

test('posts are found as one types, one question at a time, and the address follows', async () => {
  for (let n = 0; n < 11; n += 1) site.gateway.state.posts.push(post(site.ada, `Tea no. ${n}.`));
  site.gateway.state.posts.push(post(site.ada, 'Coffee'));
  const { page } = await openLive(site);
  site.gateway.state.calls.length = 0;
  await page.goto('/search?type=posts');
  await untilLive(site, page);
  const asked = () => site.gateway.state.calls.filter((name) => name === 'searchPosts').length;
  const field = page.getByRole('searchbox');
  const found = page.getByRole('article');
  await field.pressSequentially('Coffee');
  await expect.poll(() => found.allInnerTexts()).toEqual([expect.stringContaining('Coffee')]);
  expect(asked(), 'whoever types on is waited for').toBeLessThan(4);
  await page.getByText('1 post found').waitFor({ state: 'attached' });
  await expect.poll(() => new URL(page.url()).search).toBe('?q=Coffee&type=posts');
  await field.fill('from:ada');
  await page.getByRole('heading', { name: 'What are you looking for?' }).waitFor();
  await field.fill('Milk');
  await page.getByText('No post that you may read has all of this.').waitFor();
  await field.fill('Tea');
  await page.getByRole('link', { name: 'See all' }).click();
  await expect.poll(() => found.count()).toBe(11);
});
