import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { startChat, write } from './fake-chat.ts';
import { person, picture, post } from './fake-objects.ts';
import { axeFaults, isWide, pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const ben = person('ben', 'Ben');
const cat = person('cat', 'Cat Stevens');
const arabic = 'مرحبا بك في هذه المحادثة';

const state = () => site.gateway.state;
const withBen = () => startChat(state(), [site.ada, ben]);
const rows = (page: Page) => page.getByRole('list', { name: /Conversations/ }).getByRole('listitem');
const texts = (page: Page) => page.locator('li[data-seq] p[dir=auto]').allTextContents();
const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const send = (page: Page) => page.getByRole('button', { name: 'Send' });

test('without JavaScript one finds a conversation, reads it page by page, writes, and marks it as read', async () => {
  for (let nth = 1; nth <= 25; nth += 1) {
    const other = person(`other${nth}`, `Other ${nth}`);
    write(state(), startChat(state(), [site.ada, other]), other, `hello ${nth}`);
  }
  const chat = withBen();
  for (let nth = 1; nth <= 45; nth += 1) write(state(), chat, ben, `message ${nth}`);
  const { page } = await site.openHome({ javaScriptEnabled: false });
  await page.getByRole('link', { name: /^Messages, 20\+ unread/ }).click();
  await page.getByText('Choose a conversation').waitFor();
  await expect.poll(() => rows(page).count()).toBe(20);
  await expect.poll(() => rows(page).first().textContent()).toMatch(/Ben.*now.*message 45.*45 unread/);
  await page.getByRole('link', { name: 'Earlier ones' }).click();
  await page.getByRole('heading', { name: 'Earlier conversations' }).waitFor();
  await page.getByRole('link', { name: 'Other 1', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Back to the latest' }).click();
  await page.getByRole('link', { name: 'Ben', exact: true }).click();
  await page.getByRole('heading', { name: 'Ben' }).waitFor();
  expect((await texts(page)).length).toBe(40);
  // It begins at its end.
  await expect.poll(() => page.getByText('message 45', { exact: true }).last().isVisible()).toBe(true);
  await page.getByRole('link', { name: 'Earlier messages' }).click();
  await page.getByRole('link', { name: 'Back to the newest' }).waitFor();
  await expect
    .poll(() => texts(page))
    .toEqual(Array.from({ length: 5 }, (_, index) => `message ${index + 1}`));
  await page.getByRole('link', { name: 'Back to the newest' }).click();
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect.poll(() => chat.members[0]?.readUpTo).toBe(45);
  await box(page).fill('An answer\nin two lines');
  await send(page).click();
  await page.locator('[role=log]').getByText('An answer').waitFor();
  await expect.poll(() => chat.messages.at(-1)?.text).toBe('An answer\nin two lines');
  await expect.poll(() => page.getByRole('button', { name: 'Mark as read' }).count()).toBe(0);
});

test('a message that is refused comes back with its words, and one whose answer was lost is sent once', async () => {
  const chat = withBen();
  const { page } = await site.openSignedIn(`/messages/${chat.id}`, { javaScriptEnabled: false });
  await send(page).click();
  await page.getByRole('alert').filter({ hasText: 'Write something first.' }).waitFor();
  state().lost.add('sendMessage');
  await box(page).fill('once');
  await send(page).click();
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
  await expect.poll(() => box(page).inputValue()).toBe('once');
  await send(page).click();
  await expect.poll(() => texts(page)).toEqual(['once']);
  await expect.poll(() => chat.messages.length).toBe(1);
});

test('one chooses one or several people by name, also without JavaScript', async () => {
  for (const user of [ben, cat]) site.gateway.add(user, PASSWORD);
  const { page } = await site.openSignedIn('/messages/new', { javaScriptEnabled: false });
  await page.getByLabel('Name or username').fill('ben');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByLabel('Ben').check();
  await page.getByLabel('Name or username').fill('cat');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByLabel('Cat Stevens').check();
  await expect.poll(() => page.getByLabel('Ben').isChecked()).toBe(true);
  await page.getByLabel(/Name of the group/).fill('Three of us');
  await page.getByRole('button', { name: 'Start the conversation' }).click();
  await page.getByRole('heading', { name: 'Three of us' }).waitFor();
  await page.getByRole('link', { name: '3 members' }).waitFor();
  await expect.poll(() => state().conversations.length).toBe(1);
  await page.goto('/u/ben');
  await page.getByRole('button', { name: 'Message' }).click();
  await page.getByRole('heading', { name: 'Ben' }).waitFor();
  await page.goto('/u/ben');
  await page.getByRole('button', { name: 'Message' }).click();
  await page.getByRole('heading', { name: 'Ben' }).waitFor();
  await expect.poll(() => state().conversations.map(({ kind }) => kind)).toEqual(['GROUP', 'DIRECT']);
});

test('what is not one’s own, is gone, is of another type or is no id at all is not found', async () => {
  const theirs = startChat(state(), [ben, cat]);
  const { page } = await site.openHome();
  for (const id of [theirs.id, post(ben, 'a post').id, '%FF', 'x'.repeat(300), 'a%20b']) {
    const response = await page.goto(`/messages/${id}`);
    expect([id, response?.status()]).toEqual([id, 404]);
  }
  const stranger = await site.open(`/messages/${theirs.id}`);
  await stranger.page.waitForURL('**/sign-in?to=%2Fmessages%2F*');
});

test('what people write is text, in its direction, as long as it may be, and the page is accessible in every form', async () => {
  const chat = startChat(state(), [ben, site.ada, cat], { title: 'x'.repeat(100) });
  write(state(), chat, cat, '<script>alert(1)</script> & <b>bold</b>', {
    createdAt: '2026-03-01T23:50:00.000Z',
  });
  write(state(), chat, ben, arabic, { createdAt: '2026-03-02T00:10:00.000Z' });
  write(state(), chat, ben, 'w'.repeat(5_000));
  const answered = write(state(), chat, site.ada, 'See https://example.org/ and @ben');
  write(state(), chat, ben, '', { media: [picture(site.gateway.url, 'A red square')], replyTo: answered });
  write(state(), chat, ben, '', { deletedAt: new Date().toISOString() });
  write(state(), chat, cat, 'Well', { given: [{ emoji: '👍', by: ben.id }] });
  write(state(), startChat(state(), [site.ada, ben]), ben, 'hi');
  const faults: string[] = [];
  const { page } = await site.openSignedIn('/messages', { viewport: { width: 320, height: 640 } });
  await rows(page).nth(1).waitFor();
  faults.push(...(await pageFaults(page, 'list, phone')));
  await page.goto(`/messages/${chat.id}`);
  await page.getByText('<script>alert(1)</script> & <b>bold</b>').waitFor();
  await page.getByText('Monday, 2 March 2026').waitFor();
  await page.getByText('This message was deleted.').waitFor();
  await expect.poll(() => rows(page).first().isVisible()).toBe(false);
  faults.push(...(await pageFaults(page, 'conversation, phone')));
  await page.setViewportSize({ width: 1200, height: 800 });
  await expect.poll(() => rows(page).first().isVisible()).toBe(true);
  faults.push(...(await axeFaults(page, 'conversation, wide')));
  await page.goto('/messages/new?q=e');
  faults.push(...(await axeFaults(page, 'new, wide')));
  expect(await isWide(page)).toBe(false);
  expect(faults).toEqual([]);
});

test('a chat that is away is said where it is missed, and nowhere else', async () => {
  const chat = withBen();
  const { page } = await site.openHome({ javaScriptEnabled: false });
  for (const field of ['conversations', 'conversation']) state().down.add(field);
  await page.goto('/explore');
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
  await page.getByText('We can’t reach SocialHub right now').waitFor();
  await page.goto(`/messages/${chat.id}`);
  await page.getByRole('link', { name: 'Try again' }).first().waitFor();
  state().down.clear();
  await page.goto(`/messages/${chat.id}`);
  await page.getByRole('heading', { name: 'Ben' }).waitFor();
});
