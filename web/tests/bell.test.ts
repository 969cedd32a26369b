import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { block, PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

/** Bob, whom ada follows. */
function followedBob(displayName = 'Bob') {
  const bob = person('bob', displayName);
  site.gateway.add(bob, PASSWORD);
  site.gateway.state.follows.add(`${site.ada.id} ${bob.id}`);
  return bob;
}

const bellOn = (page: Page, pressed?: boolean) =>
  page.getByRole('button', { name: 'Notify me of posts', ...(pressed !== undefined && { pressed }) });

/** What is expected shows at once; the form takes the next press when it is answered. */
const answered = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true, disabled: false }).waitFor();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`the bell of whom one follows is rung and silenced, ${how} JavaScript`, async () => {
    const bob = person('bob', 'Bob');
    site.gateway.add(bob, PASSWORD);
    const { page } = await site.openSignedIn('/u/bob', { javaScriptEnabled });
    await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
    await expect.poll(() => bellOn(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await bellOn(page, false).click();
    await bellOn(page, true).waitFor();
    await expect.poll(() => [...site.gateway.state.bells]).toEqual([`${site.ada.id} ${bob.id}`]);
    await page.reload();
    await bellOn(page, true).click();
    await bellOn(page, false).waitFor();
    await expect.poll(() => site.gateway.state.bells.size).toBe(0);

    await answered(page, 'Unfollow');
    await bellOn(page, false).click();
    await bellOn(page, true).waitFor();
    await answered(page, 'Unfollow');
    await page.getByRole('button', { name: 'Unfollow' }).click();
    await answered(page, 'Follow');
    await expect.poll(() => bellOn(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await answered(page, 'Unfollow');
    await bellOn(page, false).waitFor();
    await block(page);
    await page.getByText('You block this person').waitFor();
    await expect.poll(() => bellOn(page).count()).toBe(0);
  });

  test(`a bell that cannot be rung says so, ${how} JavaScript`, async () => {
    followedBob();
    const { page } = await site.openSignedIn('/u/bob', { javaScriptEnabled });
    site.gateway.state.down.add('ringBell');
    await bellOn(page, false).click();
    await page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
    await expect.poll(() => bellOn(page, false).count()).toBe(1);
    site.gateway.state.down.delete('ringBell');
    // On another device.
    site.gateway.state.follows.clear();
    await bellOn(page, false).click();
    await page.getByText('This person is nobody whom you follow.').waitFor();
    await expect.poll(() => site.gateway.state.bells.size).toBe(0);
  });
}

test('the bell is worked by the keyboard, which stays where it was', async () => {
  followedBob();
  const { page } = await site.openSignedIn('/u/bob');
  await bellOn(page, false).focus();
  await page.keyboard.press('Space');
  await bellOn(page, true).waitFor();
  const isFocused = () => bellOn(page).evaluate((button) => button === document.activeElement);
  await expect.poll(isFocused).toBe(true);
  // It shows before the gateway has it, and takes no press meanwhile.
  await expect.poll(() => bellOn(page).getAttribute('aria-disabled')).toBeNull();
  await page.keyboard.press('Enter');
  await bellOn(page, false).waitFor();
  await expect.poll(isFocused).toBe(true);
});

test('who is signed out, and who looks at themself, finds no bell', async () => {
  followedBob();
  const visitor = await site.open('/u/bob');
  await visitor.page.getByRole('heading', { level: 1, name: 'Bob' }).waitFor();
  await expect.poll(() => bellOn(visitor.page).count()).toBe(0);
  const { page } = await site.openSignedIn('/u/ada');
  await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor();
  await expect.poll(() => bellOn(page).count()).toBe(0);
});

test('a profile with a bell is accessible and narrow enough, rung or not', async () => {
  followedBob('W'.repeat(50));
  const faults: string[] = [];
  const { page } = await site.openSignedIn('/u/bob', { viewport: { width: 320, height: 640 } });
  await bellOn(page, false).waitFor();
  faults.push(...(await pageFaults(page, 'silent')));
  await bellOn(page, false).click();
  await bellOn(page, true).waitFor();
  faults.push(...(await pageFaults(page, 'rung')));
  expect(faults).toEqual([]);
});
