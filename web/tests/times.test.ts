import { expect, test, vi } from 'vitest';
import { post } from './fake-objects.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
// Of another day in New York and in Auckland than in UTC, or than each other.
const createdAt = '2020-03-01T02:30:00.000Z';

test('times are told in the reader’s zone, wherever that is, and in UTC without JavaScript', async () => {
  site.gateway.state.posts.push(post(site.ada, 'Long ago', { createdAt }));
  const isTold = async (options: object, day: string, moment: string) => {
    const { page } = await site.open('/explore', options);
    const time = page.getByRole('article').locator('time');
    // Once the page's scripts run.
    await expect.poll(() => time.getAttribute('title')).toBe(moment);
    await expect.poll(() => time.textContent()).toBe(day);
  };
  await isTold({ timezoneId: 'America/New_York' }, '29 Feb 2020', '29 February 2020 at 21:30');
  await isTold({ timezoneId: 'Pacific/Auckland' }, '1 Mar 2020', '1 March 2020 at 15:30');
  const plain = { timezoneId: 'America/New_York', javaScriptEnabled: false };
  await isTold(plain, '1 Mar 2020', '1 March 2020 at 02:30 UTC');
});

test('how long ago something was goes on, and is told by the server’s clock', async () => {
  site.gateway.state.posts.push(post(site.ada, 'Just now'));
  const { page } = await site.open('/sign-in');
  // The reader's own is an hour late.
  await page.clock.install({ time: Date.now() - 3_600_000 });
  await page.goto('/explore');
  const time = page.getByRole('article').locator('time');
  await expect.poll(() => time.textContent()).toBe('3 min');
  await page.clock.runFor(61_000);
  await expect.poll(() => time.textContent()).toBe('4 min');
});
