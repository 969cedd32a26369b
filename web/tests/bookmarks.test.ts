import { expect, test, vi } from 'vitest';
import { post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`a bookmark is put on a post and taken away, ${how} JavaScript`, async () => {
    const [first, second] = [post(site.ada, 'The first'), post(site.ada, 'The second')];
    site.gateway.state.posts.push(first, second);
    const { page } = await site.openHome({ javaScriptEnabled });
    const button = (pressed: boolean) => page.getByRole('button', { name: 'Bookmark', pressed });
    for (const one of [first, second]) {
      await page.goto(`/post/${one.id}`);
      await button(false).click();
      await button(true).waitFor();
      await expect.poll(() => site.gateway.state.bookmarks.has(`${site.ada.id} ${one.id}`)).toBe(true);
    }
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Bookmarks' }).click();
    await page.getByText('The second').waitFor();
    await expect
      .poll(() => page.getByRole('article').allInnerTexts())
      .toEqual([expect.stringContaining('The second'), expect.stringContaining('The first')]);
    await page.goto(`/post/${second.id}`);
    await button(true).click();
    await button(false).waitFor();
    await expect.poll(() => site.gateway.state.bookmarks.size).toBe(1);
    await page.goto('/bookmarks');
    await page.getByText('The first').waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
  });

  test(`a bookmark that cannot be put says so, ${how} JavaScript`, async () => {
    const one = post(site.ada, 'The one');
    site.gateway.state.posts.push(one);
    const { page } = await site.openSignedIn(`/post/${one.id}`, { javaScriptEnabled });
    site.gateway.state.down.add('bookmarkPost');
    await page.getByRole('button', { name: 'Bookmark' }).click();
    await page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
    await expect.poll(() => site.gateway.state.bookmarks.size).toBe(0);
  });
}

test('whoever is signed out has no bookmarks, and the pages have no faults', async () => {
  const one = post(site.ada, 'The one');
  site.gateway.state.posts.push(one);
  const { page } = await site.openSignedIn('/bookmarks');
  await page.getByText('You have no bookmarks.').waitFor();
  const faults = await pageFaults(page, 'none');
  site.gateway.state.bookmarks.add(`${site.ada.id} ${one.id}`);
  await page.goto(`/post/${one.id}`);
  await page.getByRole('button', { name: 'Bookmark', pressed: true }).waitFor();
  faults.push(...(await pageFaults(page, 'post')));
  await page.goto('/bookmarks');
  await page.getByText('The one').waitFor();
  faults.push(...(await pageFaults(page, 'bookmarks')));
  expect(faults).toEqual([]);
  await signOut(page);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto(`/post/${one.id}`);
  await page.getByText('The one').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Bookmark' }).count()).toBe(0);
});
