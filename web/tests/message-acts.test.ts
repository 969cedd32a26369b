import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { startChat, write } from './fake-chat.ts';
import { person } from './fake-objects.ts';
import type { FakeConversation } from './fake-state.ts';
import { pageFaults } from './page-faults.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const ben = person('ben', 'Ben');
const state = () => site.gateway.state;
const row = (page: Page, seq: number) => page.locator(`[data-seq="${seq}"]`);
const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const menuOf = (page: Page, seq: number) => row(page, seq).getByRole('button', { name: 'What to do' });
/** What the element that has the focus is called; nothing where it fell to the page. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id ?? '');
const item = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function openChat(chat: FakeConversation) {
  const opened = await site.openSignedIn(`/messages/${chat.id}`);
  await menuOf(opened.page, 1).waitFor({ state: 'attached' });
  return opened;
}

test('one reacts to a message and takes it back, sees what others give, and the focus stays', async () => {
  const chat = startChat(state(), [site.ada, ben]);
  const message = write(state(), chat, ben, 'Like it?');
  const { page } = await openChat(chat);
  await menuOf(page, 1).click();
  await page.getByRole('button', { name: '👍' }).click();
  const chip = row(page, 1).getByRole('button', { name: '👍 1' });
  await chip.waitFor();
  await expect.poll(() => message.given).toEqual([{ emoji: '👍', by: site.ada.id }]);
  message.given.push({ emoji: '👍', by: ben.id });
  write(state(), chat, ben, 'me too');
  await row(page, 2).waitFor();
  await menuOf(page, 1).press('Enter');
  await page.keyboard.press('Escape');
  await expect.poll(() => menuOf(page, 1).evaluate((one) => one === document.activeElement)).toBe(true);
  await row(page, 1).getByRole('button', { name: /👍/ }).click();
  await row(page, 1).getByRole('button', { name: '👍 1', pressed: false }).waitFor();
  await expect.poll(() => message.given).toEqual([{ emoji: '👍', by: ben.id }]);
});

test('one edits and deletes one’s own, and others see it; what others wrote has no way to', async () => {
  const chat = startChat(state(), [site.ada, ben]);
  write(state(), chat, ben, 'Of Ben');
  write(state(), chat, site.ada, 'Helo');
  const { page, context } = await openChat(chat);
  const other = await context.newPage();
  await other.goto(`/messages/${chat.id}`);
  await menuOf(other, 2).waitFor({ state: 'attached' });
  await menuOf(page, 1).click();
  await item(page, 'Reply').waitFor();
  await expect.poll(() => item(page, 'Edit').count()).toBe(0);
  await page.keyboard.press('Escape');
  await box(page).fill('begun before');
  await menuOf(page, 2).click();
  await item(page, 'Edit').click();
  await expect.poll(() => box(page).inputValue()).toBe('Helo');
  await box(page).fill('Hello');
  await item(page, 'Save').click();
  await row(page, 2).getByText('Hello', { exact: true }).waitFor();
  await row(page, 2).getByText('edited').waitFor();
  // What was begun before is there again.
  await expect.poll(() => box(page).inputValue()).toBe('begun before');
  await row(other, 2).getByText('Hello', { exact: true }).waitFor();
  await box(page).fill('');
  await box(page).press('ArrowUp');
  await expect.poll(() => box(page).inputValue()).toBe('Hello');
  await box(page).press('Escape');
  await expect.poll(() => box(page).inputValue()).toBe('');
  await menuOf(page, 2).click();
  await item(page, 'Delete').click();
  await item(page, 'Delete it for everybody?').click();
  await row(page, 2).getByText('This message was deleted.').waitFor();
  await expect.poll(() => focused(page)).toBe('Messages');
  await row(other, 2).getByText('This message was deleted.').waitFor();
  await expect.poll(() => chat.messages[1]?.deletedAt).not.toBeNull();
});

test('what is refused is taken back and says why', async () => {
  const chat = startChat(state(), [site.ada, ben]);
  write(state(), chat, site.ada, 'Mine');
  const { page } = await openChat(chat);
  state().down.add('editMessage');
  await box(page).press('ArrowUp');
  await box(page).fill('Another text');
  await box(page).press('Enter');
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
  await row(page, 1).getByText('Mine', { exact: true }).waitFor();
});

test('an answer shows what it answers, and leads there', async () => {
  const chat = startChat(state(), [site.ada, ben]);
  write(state(), chat, ben, 'The question');
  const { page } = await openChat(chat);
  await menuOf(page, 1).click();
  await item(page, 'Reply').click();
  await box(page).fill('The answer');
  await box(page).press('Enter');
  await row(page, 2).getByText('The answer').waitFor();
  expect(
    await row(page, 2)
      .getByRole('link', { name: /Replies to Ben/ })
      .getAttribute('href'),
  ).toBe('#message-1');
  await expect.poll(() => chat.messages[1]?.replyTo?.seq).toBe(1);
});

test('the menu and what one writes about are accessible, on the narrowest phone too', async () => {
  const chat = startChat(state(), [site.ada, ben]);
  write(state(), chat, site.ada, 'Mine, '.repeat(30), { given: [{ emoji: '👍', by: ben.id }] });
  const { page } = await openChat(chat);
  await page.setViewportSize({ width: 320, height: 640 });
  const faults: string[] = [];
  await menuOf(page, 1).click();
  faults.push(...(await pageFaults(page, 'menu')));
  await item(page, 'Edit').click();
  faults.push(...(await pageFaults(page, 'edit')));
  expect(faults).toEqual([]);
});

test('the focus stays where one is when what was pressed goes', async () => {
  const chat = startChat(state(), [site.ada, ben]);
  const given = [{ emoji: '👍', by: site.ada.id }];
  for (let nth = 1; nth <= 60; nth += 1)
    write(state(), chat, ben, `message ${nth}`, nth === 60 ? { given } : {});
  const { page } = await site.openSignedIn(`/messages/${chat.id}`);
  await menuOf(page, 60).waitFor({ state: 'attached' });
  await row(page, 60).getByRole('button', { name: '👍 1' }).press('Enter');
  await expect.poll(() => menuOf(page, 60).evaluate((one) => one === document.activeElement)).toBe(true);
  // It comes near with the focus, and so goes by itself.
  await page.getByRole('link', { name: 'Earlier messages' }).focus();
  await row(page, 1).waitFor();
  await expect.poll(() => focused(page)).toBe('Messages');
  await page.getByRole('button', { name: 'To the newest' }).press('Enter');
  await expect.poll(() => focused(page)).toBe('Messages');
  chat.members = chat.members.filter(({ user }) => user !== site.ada);
  await box(page).fill('refused');
  await box(page).press('Enter');
  await page.getByRole('button', { name: 'Remove' }).press('Enter');
  await expect.poll(() => focused(page)).toBe('send-text');
});
