import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { startChat, takeOut, write } from './fake-chat.ts';
import { person } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const ben = person('ben', 'Ben');
const cat = person('cat', 'Cat Stevens');
const dan = person('dan', 'Dan');
const state = () => site.gateway.state;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const members = async (page: Page) =>
  (await page.getByRole('list', { name: 'Members' }).locator('bdi').allTextContents()).join(', ');

beforeEach(() => {
  for (const user of [ben, cat, dan]) site.gateway.add(user, PASSWORD);
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('an admin names the group, takes people in and out, and makes admins', async () => {
    const chat = startChat(state(), [site.ada, ben, cat], { title: 'Old' });
    const { page } = await site.openSignedIn(`/messages/${chat.id}`, { javaScriptEnabled });
    await page.getByRole('link', { name: '3 members' }).click();
    await page.getByLabel('Name of the group').fill('New');
    await button(page, 'Save').click();
    await page.getByRole('heading', { name: 'New', exact: true }).waitFor();
    await page.getByRole('link', { name: 'New', exact: true }).waitFor();
    await expect.poll(() => members(page)).toBe('Ada Lovelace, Ben, Cat Stevens');
    await page.getByLabel('Name or username').fill('dan');
    await button(page, 'Search').click();
    await button(page, 'Add Dan').click();
    await page.getByRole('heading', { name: '4 members' }).waitFor();
    await button(page, 'Make an admin Ben').click();
    await button(page, 'Remove as admin Ben').waitFor();
    await button(page, 'Remove Cat Stevens').click();
    await page.getByRole('heading', { name: '3 members' }).waitFor();
    await expect.poll(() => members(page)).toBe('Ada Lovelace, Ben, Dan');
    await expect
      .poll(() => chat.members.map(({ user, isAdmin }) => [user.username, isAdmin]))
      .toEqual([
        ['ada', true],
        ['ben', true],
        ['dan', false],
      ]);
    await button(page, 'Leave the group').click();
    await page.getByText('Choose a conversation').waitFor();
    await expect.poll(() => chat.members.map(({ user }) => user.username)).toEqual(['ben', 'dan']);
  });
});

test('whoever is no admin sees who is in it, and can leave it; a conversation between two has no such page', async () => {
  const chat = startChat(state(), [ben, site.ada, cat]);
  const direct = startChat(state(), [site.ada, ben]);
  const { page } = await site.openSignedIn(`/messages/${chat.id}/members`);
  await page.getByRole('heading', { name: '3 members' }).waitFor();
  await button(page, 'Leave the group').waitFor();
  await expect.poll(() => page.getByRole('button', { name: /Remove|admin|Save|Search/ }).count()).toBe(0);
  expect((await page.goto(`/messages/${direct.id}/members`))?.status()).toBe(404);
});

test('what is refused says why, and what others do shows at once, also that one is out', async () => {
  const chat = startChat(state(), [site.ada, ben, cat], { title: 'Three' });
  const { page } = await site.openSignedIn(`/messages/${chat.id}/members`);
  await expect.poll(() => state().calls).toContain('chatEvents');
  state().down.add('removeConversationMember');
  await button(page, 'Remove Ben').click();
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
  takeOut(state(), chat, cat, ben);
  await page.getByRole('heading', { name: '2 members' }).waitFor();
  takeOut(state(), chat, site.ada, ben);
  await page.getByText('You are no longer in this conversation').waitFor();
});

test('the page is accessible, on the narrowest phone too', async () => {
  const chat = startChat(state(), [site.ada, ben, person('long', 'x'.repeat(50))], { title: 'Three' });
  write(state(), chat, ben, 'hi');
  const { page } = await site.openSignedIn(`/messages/${chat.id}/members?q=a`, {
    viewport: { width: 320, height: 640 },
  });
  await page.getByRole('heading', { name: '3 members' }).waitFor();
  expect(await pageFaults(page, 'members')).toEqual([]);
});
