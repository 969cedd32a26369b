import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { comment } from './fake-people.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

/** A post of Bob's, with a comment of Ada's and one of his. */
function thread() {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  const written = post(bob, 'What do you think?');
  const [mine, theirs] = [comment(written, site.ada, 'I think so'), comment(written, bob, 'Me too')];
  theirs.reactions.push({ emoji: '🎉', count: 2 });
  site.gateway.state.posts.push(written);
  return { path: `/post/${written.id}`, mine, theirs };
}

const card = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`one’s comment is changed and deleted, ${how} JavaScript`, async () => {
    const { path, mine } = thread();
    const { page } = await site.openHome({ javaScriptEnabled });
    await page.goto(path);
    await page.getByText('Change this comment').click();
    expect(await page.getByText('Change this comment').count()).toBe(1);
    await page.getByLabel('Text').fill(' ');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A comment must not be empty.').waitFor();
    await page.getByLabel('Text').fill('I thought so');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The comment is changed.').waitFor();
    await card(page, 'I thought so').getByText('edited').waitFor();
    expect(mine.text).toBe('I thought so');
    if (!(await page.getByRole('button', { name: 'Delete' }).isVisible()))
      await page.getByText('Change this comment').click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'This comment is gone.' }).waitFor();
    expect(await page.getByText('Author unavailable').count()).toBe(0);
    expect(await page.getByText('Change this comment').count()).toBe(0);
  });

  test(`an emoji is put on a comment and taken off, ${how} JavaScript`, async () => {
    const { path, theirs } = thread();
    const { page } = await site.openHome({ javaScriptEnabled });
    await page.goto(path);
    const button = (emoji: string, pressed: boolean) =>
      card(page, 'Me too').getByRole('button', { name: emoji, pressed });
    await button('🎉', false).click();
    await button('🎉', true).waitFor();
    expect(theirs.reactions).toEqual([{ emoji: '🎉', count: 3 }]);
    await button('🎉', true).click();
    await button('🎉', false).waitFor();
    await card(page, 'Me too').getByText('React', { exact: true }).click();
    await card(page, 'Me too').getByRole('button', { name: '👍' }).click();
    await button('👍', true).waitFor();
    expect(theirs.viewerReactions).toEqual(['👍']);
    theirs.viewerReactions.push('a', 'b', 'c', 'd');
    await button('🎉', false).click();
    await page.getByText('This emoji is one too many.').waitFor();
  });

  test(`a change that cannot be made says so, ${how} JavaScript`, async () => {
    const { path, mine } = thread();
    const { page } = await site.openHome({ javaScriptEnabled });
    await page.goto(path);
    site.gateway.state.down.add('updateComment');
    await page.getByText('Change this comment').click();
    await page.getByLabel('Text').fill('Another text');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
    expect(await page.getByLabel('Text').inputValue()).toBe('Another text');
    expect(mine.text).toBe('I think so');
  });
}

test('whoever is signed out sees the emojis and no buttons, and the pages have no faults', async () => {
  const { path } = thread();
  const { page } = await site.openHome();
  await page.goto(path);
  await page.getByText('Change this comment').click();
  await card(page, 'Me too').getByText('React', { exact: true }).click();
  const faults = await pageFaults(page, 'signed in');
  await signOut(page);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto(path);
  await card(page, 'Me too').getByText('🎉 2').waitFor();
  expect(await card(page, 'Me too').getByRole('button').count()).toBe(0);
  faults.push(...(await pageFaults(page, 'signed out')));
  expect(faults).toEqual([]);
});
