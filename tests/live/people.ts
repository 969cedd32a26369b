import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveSite, onPhone, type Player } from './site.ts';

const post = 'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }';

/** People find each other, ask at a private door, fall silent and part. */
export function tellOfPeople(site: LiveSite): void {
  let anns: Player;
  let bens: Player;

  beforeAll(async () => {
    [anns, bens] = await Promise.all([site.enter('Ann'), site.enter('Ben', onPhone)]);
  }, 120_000);
  afterAll(() => site.leave());

  const unread = (page: Page) => page.getByRole('link', { name: 'Notifications, 1 unread', exact: true });
  const card = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

  it('one says who they are, and is found by it as the other types', async () => {
    const { page } = anns;
    await page.goto('/settings/profile');
    await page.getByLabel('Name').fill(`Ann of ${anns.person.username}`);
    await page.getByLabel('About you').fill('Walks by the sea');
    await page.getByLabel('Private account').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved.').waitFor();

    await bens.page.goto('/search');
    await bens.page.waitForLoadState('networkidle');
    await bens.page
      .getByRole('searchbox', { name: 'Search' })
      .pressSequentially(`Ann of ${anns.person.username.slice(0, -1)}`);
    await bens.page.getByRole('list', { name: 'People' }).getByRole('link').first().click();
    await bens.page.getByRole('heading', { level: 1, name: `Ann of ${anns.person.username}` }).waitFor();
    await bens.page.getByText('Walks by the sea').waitFor();
  }, 90_000);

  it('a private account is asked at the door, says yes, and is read from then on', async () => {
    await anns.act(post, { text: 'For those who follow me' });
    await expect.poll(() => card(bens.page, 'For those who follow me').count()).toBe(0);
    await bens.page.getByRole('button', { name: /^(Follow|Ask to follow)/ }).click();
    await unread(anns.page).click();
    await anns.page.getByRole('link', { name: 'See who asks' }).click();
    await anns.page.getByRole('button', { name: /^Accept/ }).click();
    await unread(bens.page).click();
    await bens.page.getByText('accepted your follow request').waitFor();
    await bens.page.goto('/');
    await card(bens.page, 'For those who follow me').waitFor();
  }, 90_000);

  it('whoever is muted is not read at home until that is over; whoever is blocked finds nobody', async () => {
    const { page } = bens;
    await page.goto(`/u/${anns.person.username}`);
    await page.getByRole('button', { name: /^More about (?!this)/ }).click();
    await page.getByText('Mute…').click();
    await page.getByRole('button', { name: /^Mute Ann/ }).click();
    await page.getByRole('button', { name: 'Unmute' }).waitFor();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await expect.poll(() => card(page, 'For those who follow me').count()).toBe(0);
    await page.goto(`/u/${anns.person.username}`);
    await page.getByRole('button', { name: 'Unmute' }).click();
    // What the server says of it comes once it is done; the button goes before.
    await expect.poll(() => page.getByText('Muted until').count()).toBe(0);
    await page.goto('/');
    await card(page, 'For those who follow me').waitFor();

    await anns.page.goto(`/u/${bens.person.username}`);
    await anns.page.getByRole('button', { name: /^More about (?!this)/ }).click();
    await anns.page.getByRole('button', { name: 'Block', exact: true }).click();
    await anns.page.getByRole('button', { name: 'Block this person' }).click();
    await anns.page.getByText('You block this person').waitFor();
    expect((await page.goto(`/u/${anns.person.username}`))?.status()).toBe(404);
    await anns.page.getByRole('button', { name: 'Unblock' }).click();
    await expect.poll(() => anns.page.getByText('You block this person').count()).toBe(0);
    expect((await page.goto(`/u/${anns.person.username}`))?.status()).toBe(200);
  }, 90_000);

  it('a service that is killed costs its own part, and is back without a reload of the others', async () => {
    const { page } = anns;
    await site.system.kill('chat');
    await page.goto('/');
    await page.getByLabel('What would you like to say?').fill('Chat is away');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await card(page, 'Chat is away').waitFor();
    await page.goto('/messages');
    await page
      .getByRole('heading', { name: /can’t reach SocialHub/ })
      .first()
      .waitFor();
    await site.system.revive('chat');
    await page.getByText('No conversations yet.').waitFor();
  }, 120_000);

  it('a device that is signed out from another shows it at once', async () => {
    const lost = await site.open(onPhone);
    await site.signIn(lost.page, anns.person);
    const { page } = anns;
    await page.goto('/settings/account');
    await page.getByRole('button', { name: 'Sign out all other devices' }).click();
    await page.getByText('All your other devices are signed out.').waitFor();
    await lost.page.getByRole('link', { name: 'Sign in', exact: true }).first().waitFor();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  }, 90_000);
}
