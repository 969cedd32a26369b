import { expect, test, vi } from 'vitest';
import { pageFaults } from './page-faults.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();

const chosen = (type: string) =>
  site.gateway.state.preferences.get('ada')?.find((row) => row.type === type)?.from;

for (const javaScriptEnabled of [true, false])
  test(`one chooses who notifies one, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const { page } = await site.openSignedIn('/settings', { javaScriptEnabled });
    await page.locator('a[href="/settings/notifications"]').click();
    await page.getByRole('combobox', { name: 'Mentions of you' }).selectOption('People you follow');
    await page.getByRole('combobox', { name: 'New followers' }).selectOption('Nobody');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await expect
      .poll(() => [chosen('MENTION'), chosen('FOLLOW'), chosen('QUOTE')])
      .toEqual(['FOLLOWING', 'NOBODY', 'EVERYONE']);
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Mentions of you' }).inputValue())
      .toBe('FOLLOWING');
    await page.reload();
    await expect
      .poll(() => page.getByRole('combobox', { name: 'New followers' }).inputValue())
      .toBe('NOBODY');
  });

test('what is refused is told, and the page is accessible and narrow enough', async () => {
  const { page } = await site.openSignedIn('/settings/notifications', {
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  site.gateway.state.down.add('updateNotificationPreferences');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
  const { page: live } = await site.openSignedIn('/settings/notifications', {
    viewport: { width: 320, height: 640 },
  });
  await live.getByRole('combobox', { name: 'Mentions of you' }).waitFor();
  expect(await pageFaults(live, 'notification settings')).toEqual([]);
  const stranger = await site.open('/settings/notifications');
  await stranger.page.waitForURL('**/sign-in?to=%2Fsettings%2Fnotifications');
});
