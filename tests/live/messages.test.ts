import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, type Visit } from '../../web/tests/browser.ts';
import type { Person } from '../story/people.ts';
import { type LiveSite, startLiveSite } from './live-site.ts';

describe.skipIf(!findChromium())('messages in two browsers, on the real system', () => {
  let site: LiveSite;
  let ann: Person;
  let ben: Person;
  let cat: Person;
  let anns: Visit;
  let bens: Visit;

  beforeAll(async () => {
    site = await startLiveSite(['Ann', 'Ben', 'Cat']);
    [ann, ben, cat] = site.people as [Person, Person, Person];
    [anns, bens] = await Promise.all([site.signIn(ann), site.signIn(ben)]);
  }, 240_000);
  afterAll(() => site?.stop(), 60_000);

  const messages = (page: Page) => page.locator('[role=log] li p[dir=auto]').allTextContents();
  const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
  async function say(page: Page, text: string) {
    await box(page).fill(text);
    await box(page).press('Enter');
  }

  it('one writes to the other, who sees the badge, answers, and each sees what the other does', async () => {
    await anns.page.goto(`/u/${ben.username}`);
    await anns.page.getByRole('button', { name: 'Message' }).click();
    await anns.page.getByRole('heading', { name: 'Ben' }).waitFor();
    await say(anns.page, 'Hello Ben');
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
    await say(bens.page, 'Hello Ann');
    await say(bens.page, 'How are you?');
    await expect.poll(() => messages(anns.page)).toEqual(['Hello Ben', 'Hello Ann', 'How are you?']);
    expect(await messages(bens.page)).toEqual(['Hello Ben', 'Hello Ann', 'How are you?']);
  }, 90_000);

  it('what is written while the network or the gateway is away comes once and in order, on both sides', async () => {
    const before = await messages(anns.page);
    await anns.context.setOffline(true);
    await say(anns.page, 'one');
    await say(anns.page, 'two');
    await anns.page.getByText('Waits to be sent').first().waitFor();
    await say(bens.page, 'meanwhile');
    await anns.context.setOffline(false);
    const expected = [...before, 'meanwhile', 'one', 'two'];
    await expect.poll(() => messages(anns.page), { timeout: 60_000 }).toEqual(expected);
    await expect.poll(() => messages(bens.page), { timeout: 30_000 }).toEqual(expected);
    await site.system.kill('gateway');
    await say(anns.page, 'three');
    await say(anns.page, 'four');
    await site.system.revive('gateway');
    expected.push('three', 'four');
    await expect.poll(() => messages(bens.page), { timeout: 60_000 }).toEqual(expected);
    await say(bens.page, 'five');
    expected.push('five');
    await expect.poll(() => messages(anns.page), { timeout: 60_000 }).toEqual(expected);
    await anns.page.reload();
    await expect.poll(() => messages(anns.page)).toEqual(expected);
  }, 240_000);

  it('a group is made, spoken in, and whoever is taken out of it is told at once', async () => {
    const { page } = anns;
    await page.goto('/messages/new');
    for (const { username } of [ben, cat]) {
      await page.getByLabel('Name or username').fill(username);
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('checkbox', { checked: false }).first().check();
    }
    await page.getByLabel(/Name of the group/).fill('Three of us');
    await page.getByRole('button', { name: 'Start the conversation' }).click();
    await page.getByRole('heading', { name: 'Three of us' }).waitFor();
    await bens.page.getByRole('link', { name: 'Three of us' }).click();
    await bens.page.getByRole('heading', { name: 'Three of us' }).waitFor();
    await say(page, 'Welcome');
    await expect.poll(() => messages(bens.page)).toEqual(['Welcome']);
    await page.getByRole('link', { name: '3 members' }).click();
    await page.getByLabel('Name of the group').fill('Two of us');
    await page.getByRole('button', { name: 'Save' }).click();
    await bens.page.getByRole('heading', { name: 'Two of us' }).waitFor();
    await page.getByRole('button', { name: 'Remove Ben' }).click();
    await bens.page.getByText('You are no longer in this conversation').waitFor();
    await page.getByRole('heading', { name: '2 members' }).waitFor();
    expect(await bens.page.getByText('Welcome').count()).toBe(0);
    expect([...anns.faults, ...bens.faults]).toEqual([]);
  }, 90_000);
});
