import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Person, register } from '../story/people.ts';
import { type LiveSite, onPhone, type Player } from './site.ts';

/** Messages are sent, in twos and in groups. */
export function tellOfMessages(site: LiveSite): void {
  let anns: Player;
  let bens: Player;
  let cat: Person;

  beforeAll(async () => {
    [anns, bens, cat] = await Promise.all([
      site.enter('Ann'),
      site.enter('Ben', onPhone),
      register(site.system.gatewayUrl, 'Cat'),
    ]);
  }, 120_000);
  afterAll(() => site.leave());

  const messages = (page: Page) => page.locator('[role=log] li p[dir=auto]').allTextContents();
  const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
  async function say({ page }: Player, text: string) {
    await box(page).fill(text);
    // On a phone that key begins a line.
    if (page === bens.page) await page.getByRole('button', { name: 'Send' }).click();
    else await box(page).press('Enter');
  }

  it('one writes to the other, who sees the badge, answers, and each sees what the other does', async () => {
    await anns.page.goto(`/u/${bens.person.username}`);
    await anns.page.getByRole('button', { name: 'Message' }).click();
    await anns.page.getByRole('heading', { name: 'Ben' }).waitFor();
    await say(anns, 'Hello Ben');
    await bens.page.getByRole('link', { name: 'Messages, 1 unread' }).click();
    await bens.page.getByRole('link', { name: 'Ann', exact: true }).click();
    await expect.poll(() => messages(bens.page)).toEqual(['Hello Ben']);
    await anns.page.getByText('Seen', { exact: true }).waitFor();
    // One hears of it a moment after the page is there.
    await expect
      .poll(
        async () => {
          await box(bens.page).pressSequentially('x');
          return anns.page.getByText('Ben is typing…').count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(1);
    await say(bens, 'Hello Ann');
    await say(bens, 'How are you?');
    await expect.poll(() => messages(anns.page)).toEqual(['Hello Ben', 'Hello Ann', 'How are you?']);
    expect(await messages(bens.page)).toEqual(['Hello Ben', 'Hello Ann', 'How are you?']);
  }, 90_000);

  it('what is written while the network or the gateway is away comes once and in order, on both sides', async () => {
    const before = await messages(anns.page);
    await anns.context.setOffline(true);
    await say(anns, 'one');
    await say(anns, 'two');
    await anns.page.getByText('Waits to be sent').first().waitFor();
    await say(bens, 'meanwhile');
    // It shows before the gateway has it.
    const latest = '{ conversations(first: 1) { edges { node { lastMessage { text } } } } }';
    const sent = async () => (await bens.act(latest)).conversations.edges[0].node.lastMessage.text;
    await expect.poll(sent).toBe('meanwhile');
    await anns.context.setOffline(false);
    const expected = [...before, 'meanwhile', 'one', 'two'];
    await expect.poll(() => messages(anns.page), { timeout: 60_000 }).toEqual(expected);
    await expect.poll(() => messages(bens.page), { timeout: 30_000 }).toEqual(expected);
    await site.system.kill('gateway');
    await say(anns, 'three');
    await say(anns, 'four');
    await site.system.revive('gateway');
    expected.push('three', 'four');
    await expect.poll(() => messages(bens.page), { timeout: 60_000 }).toEqual(expected);
    await say(bens, 'five');
    expected.push('five');
    await expect.poll(() => messages(anns.page), { timeout: 60_000 }).toEqual(expected);
    await anns.page.reload();
    await expect.poll(() => messages(anns.page)).toEqual(expected);
  }, 240_000);

  it('a group is made, spoken in, and whoever is taken out of it is told at once', async () => {
    const { page } = anns;
    await page.goto('/messages/new');
    for (const { username } of [bens.person, cat]) {
      await page.getByLabel('Name or username').fill(username);
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('checkbox', { checked: false }).first().check();
    }
    await page.getByLabel(/Name of the group/).fill('Three of us');
    await page.getByRole('button', { name: 'Start the conversation' }).click();
    await page.getByRole('heading', { name: 'Three of us' }).waitFor();
    // A phone has room for the list or for one of it.
    await bens.page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Messages/ })
      .click();
    await bens.page.getByRole('link', { name: 'Three of us' }).click();
    await bens.page.getByRole('heading', { name: 'Three of us' }).waitFor();
    await say(anns, 'Welcome');
    await expect.poll(() => messages(bens.page)).toEqual(['Welcome']);
    await page.getByRole('link', { name: '3 members' }).click();
    await page.getByLabel('Name of the group').fill('Two of us');
    await page.getByRole('button', { name: 'Save' }).click();
    await bens.page.getByRole('heading', { name: 'Two of us' }).waitFor();
    await page.getByRole('button', { name: 'Remove Ben' }).click();
    await bens.page.getByText('You are no longer in this conversation').waitFor();
    await page.getByRole('heading', { name: '2 members' }).waitFor();
    await expect.poll(() => bens.page.getByText('Welcome').count()).toBe(0);
  }, 90_000);
}
