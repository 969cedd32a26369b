import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { hold, openLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const emoji = (page: Page, name: string, pressed?: boolean) =>
  page.getByRole('button', { name, ...(pressed !== undefined && { pressed }) });
const open = (page: Page) => page.getByRole('button', { name: 'React' });

/** A post of Bob's, with emojis of others. */
function written() {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  const made = post(bob, 'By Bob', { reactions: [{ emoji: '🎉', count: 2 }] });
  site.gateway.state.posts.push(made);
  return made;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`an emoji is given to a post and taken back, one that is there and others, ${how} JavaScript`, async () => {
    const one = written();
    const { page } = await site.openHome({ javaScriptEnabled });
    await emoji(page, '🎉 2', false).click();
    await emoji(page, '🎉 3', true).waitFor();
    await open(page).click();
    await emoji(page, '🔥').click();
    await emoji(page, '🔥 1', true).waitFor();
    await expect.poll(() => one.viewerReactions).toEqual(['🎉', '🔥']);
    await open(page).click();
    await page.getByLabel('Any other').fill('🦉');
    await page.keyboard.press('Enter');
    await emoji(page, '🦉 1', true).waitFor();
    await open(page).click();
    await page.getByLabel('Any other').fill('owl');
    await page.getByRole('button', { name: 'Give it' }).click();
    await page.getByText('This emoji must be one emoji.').waitFor();
    await emoji(page, '🎉 3', true).click();
    await emoji(page, '🎉 2', false).waitFor();
    await expect.poll(() => one.viewerReactions).toEqual(['🔥', '🦉']);
  });
}

test('an emoji shows at once, and goes again where it is refused', async () => {
  const one = written();
  (one.viewerReactions as string[]).push('a', 'b', 'c', 'd', 'e');
  const { page } = await openLive(site);
  const release = await hold(site, page);
  await emoji(page, '🎉 2', false).click();
  await emoji(page, '🎉 3', true).waitFor();
  release();
  await emoji(page, '🎉 2', false).waitFor();
  await page.getByText('This emoji is one too many.').waitFor();
});

test('the keyboard stays where it was, also when its emoji goes', async () => {
  written();
  const { page } = await openLive(site);
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  await open(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await emoji(page, '👍 1', true).waitFor();
  await expect.poll(focused).toBe('React');
  await emoji(page, '👍 1', true).focus();
  await page.keyboard.press('Space');
  await expect.poll(() => emoji(page, '👍 1').count()).toBe(0);
  await expect.poll(focused).toBe('React');
  await page.keyboard.press('Enter');
  await page.getByLabel('Any other').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('React');
});

test('what is chosen from, and what was chosen, have no faults', async () => {
  const one = written();
  (one.viewerReactions as string[]).push('🎉');
  const { page } = await openLive(site, { viewport: { width: 320, height: 640 } });
  const faults = await pageFaults(page, 'closed');
  await open(page).click();
  await page.getByLabel('Any other').waitFor();
  faults.push(...(await pageFaults(page, 'open')));
  expect(faults).toEqual([]);
});
