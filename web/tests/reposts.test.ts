import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
/** Somebody else whom the gateway knows. */
function another(username: string, displayName: string, more = {}) {
  const user = person(username, displayName, more);
  site.gateway.add(user, 'engine-number-two');
  return user;
}
const bob = () => another('bob', 'Bob Babbage');

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`a post is reposted and that is taken back, with its count, ${how} JavaScript`, async () => {
    const one = post(bob(), 'By Bob', { repostCount: 2, quoteCount: 1 });
    site.gateway.state.posts.push(one);
    const { page } = await site.openHome({ javaScriptEnabled });
    await page.getByRole('link', { name: 'Quote 1' }).waitFor();
    const button = (name: string, pressed: boolean) => page.getByRole('button', { name, pressed });
    await button('Repost 2', false).click();
    // The home of the fake has both, the post and the repost.
    await button('Repost 3', true).first().waitFor();
    await expect.poll(() => one.repostCount).toBe(3);
    await page.goto('/');
    await button('Repost 3', true).nth(1).waitFor();
    await page.getByText('Ada Lovelace @ada reposted').waitFor();
    await page.goto(`/post/${one.id}`);
    await button('Repost 3', true).click();
    await button('Repost 2', false).waitFor();
    await expect.poll(() => site.gateway.state.posts).toEqual([one]);
  });

  test(`a repost that is refused says so, ${how} JavaScript`, async () => {
    site.gateway.state.posts.push(post(bob(), 'By Bob'));
    const { page } = await site.openHome({ javaScriptEnabled });
    site.gateway.state.down.add('repost');
    await page.getByRole('button', { name: 'Repost' }).click();
    await page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
    await expect.poll(() => site.gateway.state.posts).toHaveLength(1);
  });
}

test('a repost shows who reposted, at home and on a profile, and its address leads to the post', async () => {
  const original = post(site.ada, 'The original', { commentCount: 4, repostCount: 1 });
  const repost = post(bob(), '', { repostOf: original });
  site.gateway.state.posts.push(repost);
  const { page } = await site.openHome();
  const card = page.getByRole('article');
  for (const path of ['/', '/u/bob']) {
    await page.goto(path);
    await card.getByText('Bob Babbage @bob reposted').waitFor();
    await expect.poll(() => card.count()).toBe(1);
    await expect.poll(() => card.getByRole('heading').textContent()).toContain('Ada Lovelace');
    await expect.poll(() => card.textContent()).toContain('4 comments');
  }
  expect(await pageFaults(page, 'profile')).toEqual([]);
  await page.goto('/');
  expect(await pageFaults(page, 'home')).toEqual([]);
  site.gateway.state.posts.push(original);
  await page.getByRole('link', { name: '4 comments', exact: true }).click();
  await page.waitForURL(`**/post/${original.id}#comments`);
  await page.goto(`/post/${repost.id}`);
  await page.waitForURL(`**/post/${original.id}`);
});

test('a post that was appended to the timeline shows that it is reposted', async () => {
  const author = bob();
  site.gateway.state.posts.push(...Array.from({ length: 25 }, (_, n) => post(author, `Post ${n}`)));
  const { page } = await site.openHome();
  await page.getByRole('link', { name: 'Load more' }).click();
  const last = page.getByRole('article').filter({ hasText: 'Post 24' });
  await last.getByRole('button', { name: 'Repost', pressed: false }).click();
  await last.getByRole('button', { name: 'Repost 1', pressed: true }).waitFor();
});

test('what not everybody may read has no button, nor has anything for those who are signed out', async () => {
  const keeper = another('keeper', 'Keeper', { isPrivate: true });
  site.gateway.state.posts.push(
    post(keeper, 'For my followers', { repostCount: 1 }),
    post(site.ada, 'For mine', { visibility: 'FOLLOWERS' }),
    post(site.ada, 'For everybody', { repostCount: 5 }),
  );
  const { page } = await site.openHome();
  await page.getByText('For everybody').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Repost' }).count()).toBe(1);
  await expect.poll(() => page.getByRole('article').first().textContent()).toContain('1 repost');
  await signOut(page);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto('/explore');
  await page.getByText('5 reposts').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Repost' }).count()).toBe(0);
});
