import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { openLive, untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const menu = (page: Page) => page.getByRole('button', { name: 'More about this post' });
const card = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

function written(text = 'My own') {
  const mine = post(site.ada, text);
  site.gateway.state.posts.push(mine);
  return mine;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`one’s post is changed, and its earlier text can be read, ${how} JavaScript`, async () => {
    const mine = written();
    const { page } = await site.openHome({ javaScriptEnabled });
    await menu(page).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Text').fill('y'.repeat(501));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A post takes at most 500 characters.').waitFor();
    await expect.poll(() => page.getByLabel('Text').inputValue()).toBe('y'.repeat(501));
    await page.getByLabel('Text').fill('My own, better');
    await page.getByLabel('Content warning').fill('Better');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Post' }).waitFor();
    await card(page, 'My own, better').waitFor();
    await expect.poll(() => mine.contentWarning).toBe('Better');
    await page.getByRole('link', { name: 'edited', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Earlier texts' }).waitFor();
    await page.getByText('My own', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'The post as it is now' }).click();
    await card(page, 'My own, better').waitFor();
  });

  test(`one’s post is deleted once that is confirmed, ${how} JavaScript`, async () => {
    written('First');
    written('Second');
    const { page } = await site.openHome({ javaScriptEnabled });
    if (javaScriptEnabled) await untilLive(site, page);
    await menu(page).first().click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect.poll(() => site.gateway.state.posts).toHaveLength(2);
    if (!(await page.getByRole('button', { name: 'Delete', exact: true }).isVisible()))
      await menu(page).first().click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete the post' }).click();
    await expect.poll(() => card(page, 'First').count()).toBe(0);
    await card(page, 'Second').waitFor();
    await expect.poll(() => site.gateway.state.posts.map(({ text }) => text)).toEqual(['Second']);
  });
}

test('a post that is deleted in a list leaves a word there, which has the focus; on its page one goes home', async () => {
  const first = written('First');
  const second = written('Second');
  const { page } = await openLive(site);
  await menu(page).first().click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  site.gateway.state.down.add('deletePost');
  await page.getByRole('button', { name: 'Delete the post' }).click();
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  site.gateway.state.down.delete('deletePost');
  await page.getByRole('button', { name: 'Delete the post' }).click();
  await page.getByText('Your post is deleted.').waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toBe('Your post is deleted.');
  await expect.poll(() => site.gateway.state.posts).not.toContain(first);
  await card(page, 'Second')
    .getByRole('link', { name: /to this post/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Post' }).waitFor();
  await menu(page).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: 'Delete the post' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  await expect.poll(() => site.gateway.state.posts).not.toContain(second);
});

test('a post’s address is copied; what is others’ is neither changed nor deleted', async () => {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  const theirs = post(bob, 'By Bob');
  site.gateway.state.posts.push(theirs);
  const { page, context } = await openLive(site);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.url });
  await menu(page).click();
  await expect.poll(() => page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: 'Delete', exact: true }).count()).toBe(0);
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await page.getByText('Copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`${site.url}/post/${theirs.id}`);
  const answer = await page.goto(`/post/${theirs.id}/edit`);
  expect(answer?.status()).toBe(404);
});

test('the menu, what it asks, the form and the earlier texts have no faults', async () => {
  const mine = written();
  const { page } = await openLive(site, { viewport: { width: 320, height: 640 } });
  const faults: string[] = [];
  await menu(page).click();
  faults.push(...(await pageFaults(page, 'menu')));
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  faults.push(...(await pageFaults(page, 'delete')));
  await page.goto(`/post/${mine.id}/edit`);
  faults.push(...(await pageFaults(page, 'edit')));
  await page.goto(`/post/${mine.id}/edits`);
  await page.getByText('There is no earlier text').waitFor();
  faults.push(...(await pageFaults(page, 'edits')));
  expect(faults).toEqual([]);
});
