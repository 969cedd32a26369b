import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { comment } from './fake-people.ts';
import { untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { openActs, PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

function stranger(username: string, displayName: string) {
  const one = person(username, displayName);
  site.gateway.add(one, PASSWORD);
  return one;
}

const muteOf = (id: string) => site.gateway.state.mutes.get(`${site.ada.id} ${id}`);
const hoursUntil = (until: string | null | undefined) =>
  Math.round(((until ? Date.parse(until) : Number.NaN) - Date.now()) / 3_600_000);

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`somebody is muted for a day on their profile, and unmuted, ${how} JavaScript`, async () => {
    const bob = stranger('bob', 'Bob');
    const { page } = await site.openSignedIn('/u/bob', { javaScriptEnabled });
    await openActs(page);
    await page.getByText('Mute…').click();
    await page.getByLabel('For how long').selectOption('1 day');
    await page.getByRole('button', { name: 'Mute Bob' }).click();
    await page.getByText('Muted until').waitFor();
    expect(hoursUntil(muteOf(bob.id)?.until)).toBe(24);
    expect(muteOf(bob.id)?.notifications).toBe(true);
    await expect.poll(() => page.getByText('Mute…').count()).toBe(0);
    await page.getByRole('button', { name: 'Unmute' }).click();
    await openActs(page);
    await page.getByText('Mute…').waitFor();
    await expect.poll(() => site.gateway.state.mutes.size).toBe(0);
  });

  test(`who is muted is listed in the settings, changed and unmuted there, ${how} JavaScript`, async () => {
    const bob = stranger('bob', 'Bob');
    site.gateway.state.mutes.set(`${site.ada.id} ${bob.id}`, { until: null, notifications: true });
    const { page } = await site.openSignedIn('/settings', { javaScriptEnabled });
    await page.getByRole('link', { name: 'Muted people' }).click();
    await page.getByText('Muted until you change it.').waitFor();
    await page.getByText('Change Bob').click();
    await page.getByLabel('For how long').selectOption('7 days');
    await page.getByLabel('Mute their notifications too').uncheck();
    await page.getByRole('button', { name: 'Mute like this Bob' }).click();
    await page.getByText('but you are notified of what they do').waitFor();
    expect(hoursUntil(muteOf(bob.id)?.until)).toBe(168);
    expect(muteOf(bob.id)?.notifications).toBe(false);
    await page.getByRole('button', { name: 'Unmute Bob' }).click();
    await page.getByText('You mute nobody.').waitFor();
    await expect.poll(() => site.gateway.state.mutes.size).toBe(0);
  });

  test(`what else a mute is can be changed without its end, ${how} JavaScript`, async () => {
    const bob = stranger('bob', 'Bob');
    const until = new Date(Date.now() + 5 * 3_600_000).toISOString();
    site.gateway.state.mutes.set(`${site.ada.id} ${bob.id}`, { until, notifications: true });
    const { page } = await site.openSignedIn('/settings/muted', { javaScriptEnabled });
    await page.getByText('Change Bob').click();
    await page.getByLabel('Mute their notifications too').uncheck();
    await page.getByRole('button', { name: 'Mute like this Bob' }).click();
    await page.getByText('but you are notified of what they do').waitFor();
    expect(muteOf(bob.id)).toEqual({ until, notifications: false });
  });

  test(`a mute that is refused says so, ${how} JavaScript`, async () => {
    stranger('bob', 'Bob');
    const { page } = await site.openSignedIn('/u/bob', { javaScriptEnabled });
    site.gateway.state.down.add('muteUser');
    await openActs(page);
    await page.getByText('Mute…').click();
    await page.getByRole('button', { name: 'Mute Bob' }).click();
    await page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
    await expect.poll(() => site.gateway.state.mutes.size).toBe(0);
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`who has enough of somebody says so at a post or a comment of theirs, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const bob = stranger('bob', 'Bob');
    const [theirs, mine] = [post(bob, 'Of Bob'), post(site.ada, 'Of Ada')];
    comment(mine, bob, 'A comment of Bob');
    site.gateway.state.posts.push(theirs, mine);
    const { page } = await site.openHome({ javaScriptEnabled });
    if (javaScriptEnabled) await untilLive(site, page);
    const card = (text: string) => page.getByRole('article').filter({ hasText: text });
    await card('Of Bob').getByRole('button', { name: 'More about this post' }).click();
    await page.getByRole('button', { name: 'Mute Bob' }).click();
    if (javaScriptEnabled) {
      await page.getByText('Bob is muted.').waitFor();
      const focused = () => page.evaluate(() => document.activeElement?.textContent);
      await expect.poll(focused).toContain('Bob is muted.');
    }
    await expect.poll(() => muteOf(bob.id)).toEqual({ until: null, notifications: true });
    await page.goto(`/post/${mine.id}`);
    if (javaScriptEnabled) await page.waitForLoadState('networkidle');
    await card('A comment of Bob').getByRole('button', { name: 'More about this comment' }).click();
    await page.getByRole('button', { name: 'Block Bob' }).click();
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(site.gateway.state.blocks.size).toBe(0);
    if (!(await page.getByRole('button', { name: 'Block Bob' }).isVisible()))
      await card('A comment of Bob').getByRole('button', { name: 'More about this comment' }).click();
    await page.getByRole('button', { name: 'Block Bob' }).click();
    await page.getByRole('button', { name: 'Block this person' }).click();
    if (javaScriptEnabled) await page.getByText('Bob is blocked.').waitFor();
    await expect.poll(() => site.gateway.state.blocks.has(`${site.ada.id} ${bob.id}`)).toBe(true);
  });
}

test('profile and list have no faults, muted or not', async () => {
  const bob = stranger('bob', 'W'.repeat(50));
  const faults: string[] = [];
  const { page } = await site.openSignedIn('/u/bob', { viewport: { width: 320, height: 640 } });
  await openActs(page);
  await page.getByText('Mute…').click();
  await page.getByLabel('For how long').waitFor();
  faults.push(...(await pageFaults(page, 'muting')));
  site.gateway.state.mutes.set(`${site.ada.id} ${bob.id}`, { until: null, notifications: true });
  await page.reload();
  await page.getByText('Muted until you change it').waitFor();
  faults.push(...(await pageFaults(page, 'muted')));
  await page.goto('/settings/muted');
  await page.getByRole('button', { name: /^Unmute/ }).waitFor();
  await page.getByText(/^Change/).click();
  faults.push(...(await pageFaults(page, 'muted people')));
  expect(faults).toEqual([]);
});
