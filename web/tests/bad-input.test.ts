import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { startChat, write } from './fake-chat.ts';
import { notify } from './fake-notifications.ts';
import { person, picture, post } from './fake-objects.ts';
import { comment } from './fake-people.ts';
import { nextId } from './fake-results.ts';
import { untilLive } from './live-page.ts';
import { isWide } from './page-faults.ts';
import { PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 180_000 });

const site = testSite();

const hostile = [
  ['markup', '</p></script><script>window.owned = 1</script><img src=x onerror="window.owned = 1"><b>bold'],
  ['300 emoji', '👩🏽‍❤️‍💋‍👨🏿'.repeat(300)],
  ['5,000 characters without a space', 'W'.repeat(5_000)],
  ['right-to-left overrides', '\u202e\u2067\u2066evil\u202dexe.\u202e שלום'.repeat(12)],
] as const;

/** Everything that people write is that text. Gives the pages that show it. */
function writeEverywhere(text: string): string[] {
  const { state } = site.gateway;
  const bob = person('bob', text, { bio: text });
  site.gateway.add(bob, PASSWORD);
  const account = state.users.get('ada');
  if (!account) throw new Error('ada is not there');
  Object.assign(site.ada, { displayName: text, bio: text });
  account.role = 'ADMIN';
  account.passkeys.push({
    id: nextId('Passkey'),
    name: text,
    synced: true,
    credentialId: 'x',
    createdAt: new Date().toISOString(),
    lastUsedAt: null,
  });
  site.gateway.issue(site.ada, { userAgent: text });

  const media = [picture(site.gateway.url, text)];
  const told = post(bob, text, { media, quoteOf: post(bob, text), commentCount: 1 });
  const warned = post(bob, text, { contentWarning: text });
  const removal = { removedAt: new Date().toISOString(), reason: text };
  const removed = post(site.ada, text, { removal });
  state.posts.push(told, warned, removed);
  const said = comment(told, bob, text);
  comment(told, site.ada, text, said);
  state.bookmarks.add(`${site.ada.id} ${told.id}`);
  notify(state, site.ada, { type: 'COMMENT', subject: { __typename: 'Comment', ...said }, actors: [bob] });

  const group = startChat(state, [site.ada, bob, person('cat', text)], { title: text });
  const first = write(state, group, bob, text);
  write(state, group, bob, text, { replyTo: first });
  const direct = startChat(state, [site.ada, bob]);
  write(state, direct, bob, text);

  for (const [name, keep] of [
    ['dan', (id: string) => state.blocks.add(`${site.ada.id} ${id}`)],
    ['eve', (id: string) => state.mutes.set(`${site.ada.id} ${id}`, { until: null, notifications: true })],
    ['fay', (id: string) => state.followRequests.add(`${id} ${site.ada.id}`)],
    ['gus', (id: string) => state.suspended.set(id, text)],
  ] as const) {
    const one = person(name, text);
    site.gateway.add(one, PASSWORD);
    keep(one.id);
  }
  const createdAt = new Date().toISOString();
  state.audit.push({
    id: nextId('AuditEntry'),
    createdAt,
    actor: site.ada,
    action: 'ACCOUNT_SUSPENDED',
    subject: bob,
    reason: text,
  });
  const query = encodeURIComponent(text.slice(0, 100));
  return [
    '/',
    '/explore',
    '/u/bob',
    '/u/ada',
    '/u/gus',
    `/post/${told.id}`,
    `/post/${warned.id}`,
    `/post/${removed.id}`,
    `/post/${told.id}/comment/${said.id}`,
    `/compose?quote=${told.id}`,
    '/bookmarks',
    '/notifications',
    '/messages',
    `/messages/${group.id}`,
    `/messages/${group.id}/members`,
    `/messages/${direct.id}`,
    `/search?q=${query}`,
    '/settings/profile',
    '/settings/account',
    '/settings/security',
    '/settings/blocked',
    '/settings/muted',
    '/settings/follow-requests',
    '/moderation',
    '/welcome',
  ];
}

const hasRun = (page: Page) => page.evaluate(() => 'owned' in window);

test.each(hostile)(
  '%s in every text that is shown runs nothing, and fits the narrowest phone',
  async (_what, text) => {
    const { page } = await site.openHome({ viewport: { width: 320, height: 640 } });
    const faults: string[] = [];
    for (const path of writeEverywhere(text)) {
      await page.goto(path);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      await page.evaluate(() => {
        for (const closed of document.querySelectorAll<HTMLDetailsElement>('main details'))
          closed.open = true;
      });
      if (await isWide(page)) faults.push(`${path.slice(0, 40)} scrolls sideways`);
      if (await hasRun(page)) faults.push(`${path} ran what it shows`);
    }
    expect(faults).toEqual([]);
  },
);

test.each([
  'https://evil.example/',
  'https:evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/%09/evil.example',
  '/\t/evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '//evil.example/%2e%2e',
  '／／evil.example',
  ' //evil.example',
  'javascript:window.owned=1',
  'data:text/html,x',
])('after signing in nobody is led away by to=%j', async (to) => {
  const { page, context } = await site.open(`/sign-in?to=${encodeURIComponent(to)}`);
  await context.route(
    ({ hostname }) => hostname.includes('evil'),
    (route) => route.fulfill({ body: 'elsewhere' }),
  );
  await signIn(page);
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).waitFor({ state: 'attached' });
  expect(new URL(page.url()).origin).toBe(site.url);
  expect(await hasRun(page)).toBe(false);
});

/** What a browser has whose owner lets sites keep nothing. */
const forbidStorage = () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches'])
    Object.defineProperty(window, name, { get: refuse });
  Object.defineProperty(navigator, 'locks', { value: undefined });
};
/** What a browser has that is full. */
const fillStorage = () => {
  const refuse = () => {
    throw new DOMException('It is full.', 'QuotaExceededError');
  };
  Storage.prototype.setItem = refuse;
  for (const name of ['put', 'add'] as const) IDBObjectStore.prototype[name] = refuse;
};

test.each([
  ['forbidden', forbidStorage],
  ['full', fillStorage],
])(
  'with a storage that is %s one posts, writes messages, hears of what happens and signs out',
  async (_how, spoil) => {
    const bob = person('bob', 'Bob');
    site.gateway.add(bob, PASSWORD);
    const chat = startChat(site.gateway.state, [site.ada, bob]);
    write(site.gateway.state, chat, bob, 'Hello');
    const { page, context } = await site.open('/sign-in');
    await context.addInitScript(spoil);
    await page.reload();
    await signIn(page);
    await untilLive(site, page);
    await page.getByLabel('What would you like to say?').fill('Kept nowhere');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByRole('article').getByText('Kept nowhere').waitFor();
    await page.goto(`/messages/${chat.id}`);
    await page.waitForLoadState('networkidle');
    await page.getByRole('textbox', { name: 'Message' }).fill('Kept here');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await expect.poll(() => chat.messages.map(({ text }) => text)).toEqual(['Hello', 'Kept here']);
    await page.goto('/explore');
    await page.waitForLoadState('networkidle');
    notify(site.gateway.state, site.ada, {
      type: 'FOLLOW',
      subject: { __typename: 'User', ...bob },
      actors: [bob],
    });
    await page.getByRole('link', { name: /^Notifications, \d unread$/ }).waitFor();
    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
  },
);

test.each([-1, 1])(
  'with a clock that is %i h off one stays signed in, and hears of what happens',
  async (hours) => {
    const bob = person('bob', 'Bob');
    const opened = await site.open('/sign-in');
    const { page } = opened;
    await page.clock.install({ time: Date.now() + hours * 3_600_000 });
    await page.goto('/sign-in');
    await signIn(page);
    await untilLive(site, page);
    const renewals = () => site.gateway.state.calls.filter((call) => call === 'refreshTokens').length;
    const before = renewals();
    notify(site.gateway.state, site.ada, {
      type: 'FOLLOW',
      subject: { __typename: 'User', ...bob },
      actors: [bob],
    });
    await page.getByRole('link', { name: 'Notifications, 1 unread' }).waitFor();
    await page.getByLabel('What would you like to say?').fill('On time');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByRole('article').getByText('On time').waitFor();
    expect(renewals()).toBe(before);
  },
);
