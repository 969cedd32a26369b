import { expect, test, vi } from 'vitest';
import { post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

test('a hashtag in a text leads to the posts with it, page by page, in any script, signed in or out', async () => {
  for (let n = 0; n < 21; n += 1) site.gateway.state.posts.push(post(site.ada, `No. ${n} #tea`));
  site.gateway.state.posts.push(post(site.ada, 'Without'), post(site.ada, 'お茶 #お茶'));
  const { page } = await site.openHome();
  await page.getByRole('link', { name: '#tea' }).first().click();
  await page.getByRole('heading', { level: 1, name: '#tea' }).waitFor();
  await expect.poll(() => page.title()).toBe('#tea · SocialHub');
  await expect.poll(() => page.getByRole('article').count()).toBe(20);
  const faults = await pageFaults(page, 'tag');
  await page.getByRole('link', { name: 'More' }).click();
  await page.getByText('No. 20').waitFor();
  await expect.poll(() => page.getByRole('article').count()).toBe(1);
  await page.goto(`/tag/${encodeURIComponent('お茶')}`);
  await page.getByRole('heading', { level: 1, name: '#お茶' }).waitFor();
  await signOut(page);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto('/tag/coffee');
  await page.getByText('There is no post that you may read.').waitFor();
  faults.push(...(await pageFaults(page, 'no post')));
  expect(faults).toEqual([]);
});

test('what is no hashtag is not found, and what cannot be had now says so', async () => {
  for (const path of ['/tag/two%20words', '/tag/%25', '/tag/a-b']) {
    const { page } = await site.open(path);
    await page.getByRole('heading', { name: 'Not found' }).waitFor();
  }
  site.gateway.state.down.add('hashtagTimeline');
  const { page } = await site.open('/tag/tea');
  await page.getByRole('heading', { name: 'We can’t reach SocialHub right now' }).waitFor();
});
