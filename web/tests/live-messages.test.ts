import type { Page } from 'playwright-core';
import { afterEach, expect, test, vi } from 'vitest';
import { startChat, takeOut, tellTyping, write } from './fake-chat.ts';
import { person } from './fake-objects.ts';
import type { FakeConversation } from './fake-state.ts';
import { holdPages } from './live-page.ts';
import { PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const ben = person('ben', 'Ben');
const cat = person('cat', 'Cat Stevens');

// A flat 8x6 PNG.
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEklEQVR4nGPInhWJFTEMLQkAaQ9PQU5JOGMAAAAASUVORK5CYII=',
  'base64',
);

// A test that has failed leaves it down.
afterEach(() => site.gateway.comeBack().catch(() => undefined));

const state = () => site.gateway.state;
const withBen = () => startChat(state(), [site.ada, ben]);
const bens = (chat: FakeConversation, text: string) => write(state(), chat, ben, text);
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
const rows = (page: Page) => page.getByRole('list', { name: /Conversations/ }).getByRole('listitem');
const texts = (page: Page) => page.locator('li[data-seq] p[dir=auto]').allTextContents();
const bubbles = (page: Page) => page.locator('[role=log] li p[dir=auto]').allTextContents();
const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `message ${from + index}`);

/** Each page that opens its socket asks for what it may have missed behind the subscription. */
const untilLive = () => expect.poll(() => state().calls).toContain('chatEvents');

async function openChat(chat: FakeConversation) {
  const opened = await site.openHome();
  state().calls.length = 0;
  await opened.page.goto(`/messages/${chat.id}`);
  await untilLive();
  // Once for the page, and once for what it may have missed.
  await expect
    .poll(() => state().calls.filter((name) => name === 'conversation').length)
    .toBeGreaterThanOrEqual(2);
  return opened;
}

async function say(page: Page, text: string) {
  await box(page).fill(text);
  await box(page).press('Enter');
}

/** How much the page's browser keeps under keys that begin so. */
const countKept = (prefix: string) =>
  new Promise<number>((resolve) => {
    const opening = indexedDB.open('socialhub');
    opening.onsuccess = () => {
      const keys = opening.result.transaction('kept').objectStore('kept').getAllKeys();
      keys.onsuccess = () => {
        opening.result.close();
        resolve(keys.result.filter((key) => String(key).startsWith(prefix)).length);
      };
    };
  });

test('a chat service that stalls holds no page up, and the badge comes by the graph', async () => {
  bens(withBen(), 'before');
  const { page } = await site.openHome();
  let release: () => void = () => undefined;
  state().held.set('conversations', new Promise<void>((resolve) => (release = resolve)));
  await page.goto('/explore');
  await page.getByRole('heading', { level: 1, name: 'Explore' }).waitFor();
  await link(page, 'Messages, 1 unread').waitFor();
  release();
});

test('what is written elsewhere shows in the badge, the title, the list and the conversation, once and in order', async () => {
  const chat = withBen();
  const other = startChat(state(), [site.ada, cat]);
  bens(chat, 'before');
  const { page } = await site.openHome();
  await link(page, 'Messages, 1 unread').waitFor();
  await expect.poll(() => page.title()).toBe('(1) SocialHub');
  write(state(), other, cat, 'another');
  await link(page, 'Messages, 2 unread').click();
  await rows(page).first().filter({ hasText: 'another' }).waitFor();
  bens(chat, 'on top');
  await rows(page).first().filter({ hasText: 'on top' }).waitFor();
  await link(page, 'Ben').click();
  await page.getByRole('heading', { name: 'Ben' }).waitFor();
  // Seen, and so read.
  await link(page, 'Messages, 1 unread').waitFor();
  await expect.poll(() => chat.members[0]?.readUpTo).toBe(2);
  for (const text of ['one', 'two', 'three']) bens(chat, text);
  await expect.poll(() => texts(page)).toEqual(['before', 'on top', 'one', 'two', 'three']);
  await expect.poll(() => chat.members[0]?.readUpTo).toBe(5);
  await link(page, 'Messages, 1 unread').waitFor();
});

test('what is written while the page of messages is on its way is there, in the list and in a conversation', async () => {
  const chat = withBen();
  bens(chat, 'before');
  const { page } = await site.openHome();
  await untilLive();
  await link(page, 'Messages, 1 unread').waitFor();
  const list = await holdPages(page, '/messages');
  await link(page, 'Messages, 1 unread').click();
  await list.read;
  bens(chat, 'late for the list');
  write(state(), startChat(state(), [site.ada, cat]), cat, 'told behind it');
  await link(page, 'Messages, 2 unread').waitFor();
  list.release();
  await rows(page).filter({ hasText: 'late for the list' }).waitFor();
  const conversation = await holdPages(page, `/messages/${chat.id}`);
  await link(page, 'Ben').click();
  await conversation.read;
  bens(chat, 'late for the conversation');
  await rows(page).first().filter({ hasText: 'late for the conversation' }).waitFor();
  conversation.release();
  await expect.poll(() => texts(page)).toEqual(['before', 'late for the list', 'late for the conversation']);
});

test('what one sends is there at once, in order, and once, also when its event comes before its answer', async () => {
  const chat = withBen();
  const { page } = await openChat(chat);
  for (const text of ['first', 'second', 'second', 'third']) await say(page, text);
  await expect.poll(() => texts(page)).toEqual(['first', 'second', 'second', 'third']);
  await expect.poll(() => bubbles(page)).toEqual(['first', 'second', 'second', 'third']);
  await expect
    .poll(() => chat.messages.map(({ text }) => text))
    .toEqual(['first', 'second', 'second', 'third']);
  // Read by the other.
  const member = chat.members.find(({ user }) => user === ben);
  if (member) member.readUpTo = 4;
  bens(chat, 'an answer');
  await say(page, 'last');
  await expect.poll(() => texts(page)).toHaveLength(6);
  await expect.poll(() => page.getByText('Seen', { exact: true }).count()).toBe(0);
});

test('offline it waits, survives the page, and goes in order, each once', async () => {
  const chat = withBen();
  const { page, context } = await openChat(chat);
  await say(page, 'before');
  await expect.poll(() => texts(page)).toEqual(['before']);
  // The answer of this one is lost: it is sent again by its key.
  state().lost.add('sendMessage');
  await say(page, 'one');
  await site.gateway.goDown();
  await say(page, 'two');
  await say(page, 'three');
  await expect.poll(() => page.evaluate(countKept, 'waiting ')).toBe(3);
  await page.getByText('Waits to be sent').first().waitFor();
  await expect.poll(() => bubbles(page)).toEqual(['before', 'one', 'two', 'three']);
  await page.close();
  await site.gateway.comeBack();
  const other = await context.newPage();
  await other.goto('/explore');
  await expect.poll(() => chat.messages.map(({ text }) => text)).toEqual(['before', 'one', 'two', 'three']);
  await other.goto(`/messages/${chat.id}`);
  await expect.poll(() => bubbles(other)).toEqual(['before', 'one', 'two', 'three']);
  // Nobody sends it again.
  await say(other, 'four');
  await expect.poll(() => texts(other)).toHaveLength(5);
  await expect.poll(() => chat.messages).toHaveLength(5);
});

test('what is refused says why, and is sent again or removed; what is behind it goes on', async () => {
  const chat = withBen();
  const { page } = await openChat(chat);
  await box(page).fill('x'.repeat(5_001));
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').filter({ hasText: 'A message takes at most 5000 characters.' }).waitFor();
  expect((await box(page).inputValue()).length).toBe(5_001);
  chat.members = chat.members.filter(({ user }) => user !== site.ada);
  await say(page, 'refused');
  await page.getByRole('alert').filter({ hasText: 'no such conversation' }).waitFor();
  chat.members.push({ user: site.ada, isAdmin: false, joinedAt: '', joinedAtSeq: 0, readUpTo: 0 });
  await say(page, 'behind it');
  await expect.poll(() => texts(page)).toEqual(['behind it']);
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => texts(page)).toEqual(['behind it', 'refused']);
  await expect.poll(() => bubbles(page)).toEqual(['behind it', 'refused']);
});

test('earlier messages join in place, and whoever reads them keeps their place while new ones come', async () => {
  const chat = withBen();
  for (const text of numbered(1, 200)) bens(chat, text);
  const { page } = await openChat(chat);
  await expect.poll(() => texts(page)).toEqual(numbered(161, 200));
  const log = page.getByRole('log');
  expect(await log.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await page.getByRole('link', { name: 'Earlier messages' }).click();
  const row = page.locator('[data-seq="150"]');
  await row.waitFor();
  await expect.poll(() => texts(page)).toContain('message 121');
  expect(page.url()).toMatch(new RegExp(`/messages/${chat.id}$`));
  await row.scrollIntoViewIfNeeded();
  const top = () => row.evaluate((element) => element.getBoundingClientRect().top);
  await page.getByRole('button', { name: 'To the newest' }).waitFor();
  const before = await top();
  bens(chat, 'new one');
  bens(chat, 'new two');
  await page.getByRole('button', { name: '2 new messages' }).waitFor();
  expect(Math.abs((await top()) - before)).toBeLessThan(3);
  // Not seen, not read.
  await expect.poll(() => chat.members[0]?.readUpTo).toBe(200);
  await page.getByRole('button', { name: '2 new messages' }).click();
  await expect.poll(() => log.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await expect.poll(() => chat.members[0]?.readUpTo).toBe(202);
  // Reading on upwards loads what is there, without a press.
  await expect
    .poll(async () => {
      await log.evaluate((element) => element.scrollTo(0, -element.scrollHeight));
      return texts(page);
    })
    .toEqual([...numbered(1, 200), 'new one', 'new two']);
});

test('what was missed while the line was cut comes once and in order, before the first event and behind it', async () => {
  const chat = withBen();
  const { page } = await openChat(chat);
  await site.gateway.goDown();
  bens(chat, 'one');
  await site.gateway.comeBack();
  await expect.poll(() => texts(page)).toEqual(['one']);
  bens(chat, 'two');
  await expect.poll(() => texts(page)).toEqual(['one', 'two']);
  await site.gateway.goDown();
  bens(chat, 'three');
  bens(chat, 'four');
  await site.gateway.comeBack();
  await expect.poll(() => texts(page)).toEqual(['one', 'two', 'three', 'four']);
});

test('who writes is shown, and told at most every three seconds', async () => {
  const chat = startChat(state(), [site.ada, ben, cat]);
  const { page } = await openChat(chat);
  await expect.poll(() => state().calls).toContain('typing');
  // Told again and again, as those do who go on writing.
  const isShown = (text: string, writers: readonly (typeof ben)[]) =>
    expect
      .poll(() => {
        for (const user of writers) tellTyping(chat, user, true);
        return page.getByText(text, { exact: true }).count();
      })
      .toBe(1);
  await isShown('Ben is typing…', [ben]);
  await isShown('Ben and Cat Stevens are typing…', [ben, cat]);
  tellTyping(chat, ben, false);
  await isShown('Cat Stevens is typing…', [cat]);
  // Five seconds later.
  await page.getByRole('link', { name: '3 members' }).waitFor();
  const told = () => state().calls.filter((call) => call === 'setTyping').length;
  const began = performance.now();
  await box(page).pressSequentially('Hello there, all of you', { delay: 10 });
  await expect.poll(told).toBeGreaterThan(0);
  const before = told();
  expect(before).toBeLessThanOrEqual(1 + (performance.now() - began) / 3_000);
  await box(page).press('Enter');
  await expect.poll(told).toBeGreaterThan(before);
});

test('whoever is taken out of a group is told at once, and has it no more in the list', async () => {
  const chat = startChat(state(), [ben, site.ada, cat], { title: 'Three' });
  bens(chat, 'a secret');
  const { page } = await openChat(chat);
  await rows(page).filter({ hasText: 'Three' }).waitFor();
  takeOut(state(), chat, site.ada, ben);
  await page.getByText('You are no longer in this conversation').waitFor();
  await expect.poll(() => page.getByText('a secret').count()).toBe(0);
  await page.getByText('No conversations yet.').waitFor();
});

test('two tabs of one person show the same, and each message is sent once', async () => {
  const chat = withBen();
  const { page, context } = await openChat(chat);
  const other = await context.newPage();
  await other.goto(`/messages/${chat.id}`);
  await expect.poll(() => state().calls.filter((call) => call === 'chatEvents').length).toBe(2);
  await say(page, 'from the first');
  await expect.poll(() => bubbles(other)).toEqual(['from the first']);
  await say(other, 'from the second');
  await expect.poll(() => bubbles(page)).toEqual(['from the first', 'from the second']);
  await expect.poll(() => bubbles(other)).toEqual(['from the first', 'from the second']);
  await expect.poll(() => chat.messages.length).toBe(2);
});

test('earlier conversations join the list in place', async () => {
  for (let nth = 1; nth <= 30; nth += 1) {
    const other = person(`other${nth}`, `Other ${nth}`);
    write(state(), startChat(state(), [site.ada, other]), other, `hello ${nth}`);
  }
  const { page } = await site.openHome();
  state().calls.length = 0;
  await page.goto('/messages');
  await untilLive();
  await page.waitForLoadState('networkidle');
  await link(page, 'Earlier ones').click();
  await expect.poll(() => rows(page).count()).toBe(30);
  expect(page.url()).toMatch(/\/messages$/);
  await rows(page).last().filter({ hasText: 'hello 1' }).waitFor();
});

test('people are found as one types, and stay chosen while one looks for the next', async () => {
  for (const user of [ben, cat]) site.gateway.add(user, PASSWORD);
  const { page } = await site.openSignedIn('/messages/new');
  await untilLive();
  const name = page.getByLabel('Name or username');
  await name.pressSequentially('ben');
  await page.getByLabel('Ben').check();
  await name.fill('cat');
  await page.getByLabel('Cat Stevens').check();
  await page.getByRole('group', { name: 'Chosen' }).getByLabel('Ben').waitFor();
  await name.fill('nobody at all');
  await page.getByText('Nobody else has a name like this.').waitFor();
  await page.getByRole('button', { name: 'Start the conversation' }).click();
  await page.getByRole('heading', { name: 'Ben, Cat Stevens' }).waitFor();
  await expect.poll(() => state().conversations.at(-1)?.members.length).toBe(3);
});

test('what one has begun to write stays with its conversation, until it is sent', async () => {
  const chat = withBen();
  const other = startChat(state(), [site.ada, cat]);
  const { page } = await openChat(chat);
  await box(page).fill('begun');
  await expect.poll(() => page.evaluate(countKept, 'message-text ')).toBe(1);
  await page.goto(`/messages/${other.id}`);
  await page.getByRole('heading', { name: 'Cat Stevens' }).waitFor();
  await expect.poll(() => box(page).inputValue()).toBe('');
  await link(page, 'Ben').click();
  await page.getByRole('heading', { name: 'Ben' }).waitFor();
  await expect.poll(() => box(page).inputValue()).toBe('begun');
  await page.reload();
  await expect.poll(() => box(page).inputValue()).toBe('begun');
  await page.getByLabel('Pictures', { exact: true }).waitFor({ state: 'attached' });
  await box(page).press('Enter');
  await expect.poll(() => texts(page)).toEqual(['begun']);
  await page.reload();
  await expect.poll(() => texts(page)).toEqual(['begun']);
  await expect.poll(() => box(page).inputValue()).toBe('');
});

test('pictures go with a message, or are one', async () => {
  const chat = withBen();
  const { page } = await openChat(chat);
  const choose = page.getByLabel('Pictures', { exact: true });
  await choose.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PICTURE });
  await page.getByLabel('What the picture shows').fill('A flat square');
  await say(page, 'Look');
  await page.getByRole('log').getByRole('img', { name: 'A flat square' }).waitFor();
  await expect.poll(() => texts(page)).toEqual(['Look']);
  await choose.setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: PICTURE });
  await box(page).press('Enter');
  await expect.poll(() => chat.messages.map(({ media }) => media.length)).toEqual([1, 1]);
  await expect.poll(() => page.getByLabel('What the picture shows').count()).toBe(0);
});

test('signing out forgets what waits to be sent', async () => {
  const chat = withBen();
  const { page } = await openChat(chat);
  state().down.add('sendMessage');
  await say(page, 'not to be sent');
  await page.getByText('Waits to be sent').waitFor();
  await expect.poll(() => page.evaluate(countKept, 'waiting ')).toBe(1);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await expect.poll(() => page.evaluate(countKept, 'waiting ')).toBe(0);
  state().down.clear();
  await signIn(page);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.goto(`/messages/${chat.id}`);
  await page.getByText('Nothing written yet.').waitFor();
  await say(page, 'a new one');
  await expect.poll(() => bubbles(page)).toEqual(['a new one']);
  await expect.poll(() => chat.messages.length).toBe(1);
});
