import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveSite, onPhone, type Player } from './site.ts';

/** Posts are written: with names, without a connection, quoting. */
export function tellOfWriting(site: LiveSite): void {
  let anns: Player;
  let bens: Player;

  beforeAll(async () => {
    [anns, bens] = await Promise.all([site.enter('Ann'), site.enter('Ben', onPhone)]);
  }, 120_000);
  afterAll(() => site.leave());

  const area = (page: Page) => page.getByLabel('What would you like to say?');
  const post = (page: Page) => page.getByRole('button', { name: 'Post', exact: true });
  const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

  it('whom one is about to name is found, and hears of it', async () => {
    await area(anns.page).pressSequentially(`For @${bens.person.username.slice(0, -1)}`);
    await anns.page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: 'Ben' }).click();
    await anns.page.getByLabel('Who can see it').selectOption('Mentioned people only');
    await area(anns.page).press('End');
    await area(anns.page).pressSequentially('alone');
    await post(anns.page).click();
    await article(anns.page, `For @${bens.person.username} alone`).waitFor();
    await bens.page
      .getByRole('link', { name: /^Notifications, 1 unread/ })
      .first()
      .click();
    await bens.page.getByText('mentioned you in a post').waitFor();
  }, 60_000);

  it('one quotes what the other wrote without a connection, once there is one', async () => {
    await bens.page.goto('/compose');
    await bens.page.waitForEvent('websocket');
    await bens.context.setOffline(true);
    for (const text of ['First in the tunnel', 'Second in the tunnel']) {
      await area(bens.page).fill(text);
      await post(bens.page).click();
      await bens.page.getByRole('region', { name: 'Waiting to be sent' }).getByText(text).waitFor();
    }
    await bens.context.setOffline(false);
    await bens.page.getByText('2 posts that waited are published.').waitFor();

    await anns.page.goto(`/u/${bens.person.username}`);
    const texts = anns.page.getByRole('article').getByText(/in the tunnel$/);
    await texts.nth(1).waitFor();
    await expect.poll(() => texts.allTextContents()).toEqual(['Second in the tunnel', 'First in the tunnel']);
    await article(anns.page, 'First in the tunnel').getByRole('link', { name: 'Quote' }).click();
    await anns.page.getByRole('blockquote').getByText('First in the tunnel').waitFor();
    await area(anns.page).fill('Light at the end of it');
    await post(anns.page).click();
    await anns.page.waitForURL(/\/post\//);
    await article(anns.page, 'Light at the end of it').getByRole('blockquote').waitFor();
  }, 90_000);
}
