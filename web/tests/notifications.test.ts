import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { secondsLeft } from '../src/session/token-expiry.ts';
import { notify } from './fake-notifications.ts';
import { person, post } from './fake-objects.ts';
import { nextId } from './fake-results.ts';
import type { FakeNotification } from './fake-state.ts';
import { holdPages } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const ben = person('ben', 'Ben');
const cat = person('cat', 'Cat Stevens');

const tell = (what: Partial<FakeNotification>) =>
  notify(site.gateway.state, site.ada, { actors: [ben], ...what });
const aPost = (text: string) => ({ __typename: 'Post', ...post(site.ada, text) });
const rows = (page: Page) => page.getByRole('list', { name: /Notifications/ }).getByRole('listitem');
const textsOf = async (page: Page) =>
  (await rows(page).locator('p').allTextContents()).map((text) => text.replace(/ (now|\d+ min).*$/, ''));
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true });

/** Signed in, at home, with the stream under way. */
async function openLive() {
  const opened = await site.openHome();
  await untilLive();
  return opened;
}

/** Each page that opens its socket asks for what it may have missed behind the subscription. */
const untilLive = () => expect.poll(() => site.gateway.state.calls).toContain('notificationReceived');

test('every type is told in words, with who did it and about what', async () => {
  const mine = aPost('My post');
  const answer = { __typename: 'Comment', id: nextId('Comment'), text: 'An answer', post: mine };
  const types: [Partial<FakeNotification>, string][] = [
    [{ type: 'FOLLOW', subject: { __typename: 'User', ...ben } }, 'New: Ben followed you'],
    [{ type: 'FOLLOW_REQUEST', subject: { __typename: 'User', ...ben } }, 'New: Ben asked to follow you'],
    [
      { type: 'FOLLOW_ACCEPTED', subject: { __typename: 'User', ...ben } },
      'New: Ben accepted your follow request',
    ],
    [{ type: 'POST', subject: aPost('Of the bell') }, 'New: Ben posted'],
    [{ type: 'COMMENT', subject: answer }, 'New: Ben commented on your post'],
    [{ type: 'REPLY', subject: answer }, 'New: Ben replied to your comment'],
    [{ type: 'MENTION', subject: answer }, 'New: Ben mentioned you in a comment'],
    [{ type: 'MENTION', subject: aPost('@ada') }, 'New: Ben mentioned you in a post'],
    [
      { type: 'REACTION', subject: mine, actors: [ben, cat], actorCount: 7 },
      'New: Ben, Cat Stevens and 5 others reacted to your post',
    ],
    [{ type: 'REPOST', subject: mine, actors: [ben, cat] }, 'New: Ben and Cat Stevens reposted your post'],
    [{ type: 'QUOTE', subject: aPost('Quoting') }, 'New: Ben quoted your post'],
    [{ type: 'POST_REMOVED', subject: mine, actors: [] }, 'New: Moderators removed a post of yours'],
    [{ type: 'COMMENT_REMOVED', subject: null, actors: [] }, 'New: Moderators removed a comment of yours'],
    [{ type: 'REACTION', subject: null, actors: [], actorCount: 4 }, 'New: 4 people reacted to your post'],
    [{ type: 'COMMENT', subject: answer, actors: [], actorCount: 1 }, 'New: Somebody commented on your post'],
  ];
  for (const [what] of types.toReversed()) tell(what);
  const { page } = await site.openSignedIn('/notifications', { javaScriptEnabled: false });
  const told = await textsOf(page);
  expect(told).toEqual(types.map(([, text]) => text));
  await expect
    .poll(() => page.getByRole('link', { name: 'An answer' }).first().getAttribute('href'))
    .toBe(`/post/${mine.id}`);
  await expect
    .poll(() => page.getByRole('link', { name: 'See who asks' }).getAttribute('href'))
    .toBe('/settings/follow-requests');
});

test('without JavaScript there are the rows, the way to earlier ones, the count, and a form that marks them', async () => {
  for (let nth = 1; nth <= 25; nth += 1) tell({ type: 'POST', subject: aPost(`post ${nth}`) });
  const { page } = await site.openHome({ javaScriptEnabled: false });
  await link(page, 'Notifications, 25 unread').click();
  await page.getByRole('heading', { name: 'Notifications' }).waitFor();
  await expect.poll(() => rows(page).count()).toBe(20);
  await page.getByRole('link', { name: 'Earlier ones' }).click();
  await page.getByText('post 5', { exact: true }).waitFor();
  await expect.poll(() => rows(page).count()).toBe(5);
  await page.getByRole('link', { name: 'Back to the newest' }).click();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await link(page, 'Notifications').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Mark all as read' }).count()).toBe(0);
  expect((await textsOf(page))[0]).toBe('Ben posted');
});

test('without JavaScript one is marked by itself, and those behind it are not', async () => {
  for (let nth = 1; nth <= 3; nth += 1) tell({ type: 'POST', subject: aPost(`post ${nth}`) });
  const { page } = await site.openSignedIn('/notifications', { javaScriptEnabled: false });
  const second = rows(page).nth(1);
  await second.getByRole('button', { name: 'Mark as read' }).click();
  await link(page, 'Notifications, 2 unread').waitFor();
  expect(await textsOf(page)).toEqual(['New: Ben posted', 'Ben posted', 'New: Ben posted']);
  await expect.poll(() => second.getByRole('button').count()).toBe(0);
});

test('whichever is opened is read, on all devices, and no other', async () => {
  const told = Array.from({ length: 25 }, (_, nth) =>
    tell({ type: 'POST', subject: aPost(`post ${nth + 1}`) }),
  );
  const { page, context } = await openLive();
  const other = await context.newPage();
  await other.goto('/explore');
  await link(other, 'Notifications, 25 unread').waitFor();
  // What is earlier is not read by being seen.
  site.gateway.state.calls.length = 0;
  await page.goto(`/notifications?after=${told[5]?.id}`);
  await untilLive();
  await page.getByRole('link', { name: 'post 3', exact: true }).click();
  await page.waitForURL(`**/post/**`);
  await link(page, 'Notifications, 24 unread').waitFor();
  await link(other, 'Notifications, 24 unread').waitFor();
  expect(told.map(({ id }) => id).filter((id) => readIds().includes(id))).toEqual([told[2]?.id]);
});

test('of one kind alone there is what fits, live too, read when it is opened or marked and not by being seen', async () => {
  tell({ type: 'MENTION', subject: aPost('@ada one') });
  tell({ subject: { __typename: 'User', ...ben } });
  const { page } = await openLive();
  await page.goto('/notifications?show=mentions');
  await expect.poll(() => page.locator('[aria-current=page]').allTextContents()).toContain('Mentions');
  await expect.poll(() => textsOf(page)).toEqual(['New: Ben mentioned you in a post']);
  await untilLive();
  tell({ type: 'REPOST', subject: aPost('mine'), actors: [cat] });
  tell({ type: 'MENTION', subject: aPost('@ada two'), actors: [cat] });
  await expect
    .poll(() => textsOf(page))
    .toEqual(['New: Cat Stevens mentioned you in a post', 'New: Ben mentioned you in a post']);
  await link(page, 'Notifications, 4 unread').waitFor();
  await rows(page).nth(1).getByRole('button', { name: 'Mark as read' }).click();
  await expect
    .poll(() => textsOf(page))
    .toEqual(['New: Cat Stevens mentioned you in a post', 'Ben mentioned you in a post']);
  await link(page, 'Notifications, 3 unread').waitFor();
  expect(readIds()).toHaveLength(1);
  await page.getByRole('link', { name: 'Reactions' }).click();
  await page.waitForURL('**/notifications?show=reactions');
  await expect.poll(() => textsOf(page)).toEqual(['New: Cat Stevens reposted your post']);
  await page.getByRole('link', { name: 'Posts', exact: true }).click();
  await page.getByText('There is nothing of this kind yet.').waitFor();
});

/** Of what Ada has read. */
const readIds = () =>
  (site.gateway.state.notifications.get('ada') ?? []).filter(({ readAt }) => readAt).map(({ id }) => id);

test('what happens shows at once in the badge and in the title of every page, and is said', async () => {
  const { page } = await openLive();
  await expect.poll(() => page.title()).toBe('SocialHub');
  tell({ subject: { __typename: 'User', ...ben } });
  await link(page, 'Notifications, 1 unread').waitFor();
  await expect.poll(() => page.title()).toBe('(1) SocialHub');
  await link(page, 'Explore').first().click();
  await page.waitForURL('**/explore');
  await expect.poll(() => page.title()).toMatch(/^\(1\) .*Explore/);
  tell({ type: 'FOLLOW_REQUEST', subject: { __typename: 'User', ...cat }, actors: [cat] });
  await page.getByRole('status').filter({ hasText: '2 unread notifications' }).waitFor({ state: 'attached' });
});

test('what happens while the page is on its way is in the list', async () => {
  tell({ type: 'COMMENT' });
  const { page } = await openLive();
  await link(page, 'Notifications, 1 unread').waitFor();
  const late = await holdPages(page, '/notifications');
  await link(page, 'Notifications, 1 unread').click();
  await late.read;
  tell({ type: 'FOLLOW', subject: { __typename: 'User', ...ben } });
  await link(page, 'Notifications, 2 unread').waitFor();
  late.release();
  await rows(page).filter({ hasText: 'Ben followed you' }).waitFor();
});

test('new ones appear on top, a group that grows moves up and is changed, and what is seen is read', async () => {
  const mine = aPost('My post');
  const group = tell({ type: 'REACTION', subject: mine });
  tell({ subject: { __typename: 'User', ...ben } });
  const { page } = await openLive();
  await link(page, 'Notifications, 2 unread').click();
  await expect.poll(() => textsOf(page)).toEqual(['New: Ben followed you', 'New: Ben reacted to your post']);
  // Seen.
  await link(page, 'Notifications').waitFor();
  await expect
    .poll(() => site.gateway.state.notifications.get('ada')?.map(({ readAt }) => readAt !== null))
    .toEqual([true, true]);
  tell({ id: group.id, actors: [cat, ben], actorCount: 2, readAt: null });
  await expect
    .poll(() => textsOf(page))
    .toEqual(['New: Cat Stevens and Ben reacted to your post', 'New: Ben followed you']);
  tell({ type: 'QUOTE', subject: aPost('Quoting'), actors: [cat] });
  await expect.poll(async () => (await textsOf(page))[0]).toBe('New: Cat Stevens quoted your post');
  await expect
    .poll(() => site.gateway.state.notifications.get('ada')?.every(({ readAt }) => readAt))
    .toBe(true);
  await link(page, 'Notifications').waitFor();
});

test('a page that was loaded whole marks what it shows, whatever was counted before comes late', async () => {
  tell({ subject: { __typename: 'User', ...ben } });
  tell({ type: 'QUOTE', subject: aPost('Quoting') });
  const { page } = await site.openHome();
  const { state } = site.gateway;
  let release: () => void = () => undefined;
  // Counted before they are marked, answered behind it.
  state.held.set('socket notifications', new Promise<void>((resolve) => (release = resolve)));
  state.calls.length = 0;
  await page.goto('/notifications');
  await expect.poll(() => state.calls).toContain('markNotificationsRead');
  await link(page, 'Notifications').waitFor();
  expect((await textsOf(page))[0]).toBe('New: Ben quoted your post');
  await page.evaluate(() => {
    const said: string[] = [];
    const nav = document.querySelector('a[href="/notifications"]')?.parentElement;
    if (nav)
      new MutationObserver(() => said.push(nav.textContent ?? '')).observe(nav, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    Object.assign(window, { said });
  });
  state.held.clear();
  release();
  tell({ type: 'REPOST', subject: aPost('Mine') });
  await expect.poll(async () => (await textsOf(page))[0]).toBe('New: Ben reposted your post');
  await expect.poll(() => state.notifications.get('ada')?.every(({ readAt }) => readAt)).toBe(true);
  await link(page, 'Notifications').waitFor();
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.filter((text) => text.includes('2'))).toEqual([]);
});

test('earlier ones are joined in place, each once, whatever arrives meanwhile', async () => {
  for (let nth = 1; nth <= 45; nth += 1) tell({ type: 'POST', subject: aPost(`post ${nth}`) });
  const { page } = await openLive();
  await page.goto('/notifications');
  await expect.poll(() => rows(page).count()).toBe(20);
  await link(page, 'Notifications').waitFor();
  tell({ type: 'POST', subject: aPost('post 46') });
  await page.getByText('post 46', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Earlier ones' }).click();
  await page.getByText('post 6', { exact: true }).waitFor();
  expect(page.url()).toMatch(/\/notifications$/);
  await page.getByRole('link', { name: 'Earlier ones' }).click();
  await page.getByText('post 1', { exact: true }).waitFor();
  const shown = await rows(page).locator('a[dir=auto]').allTextContents();
  expect(shown).toEqual(Array.from({ length: 46 }, (_, index) => `post ${46 - index}`));
  await expect.poll(() => page.getByRole('link', { name: 'Earlier ones' }).count()).toBe(0);
});

test('what was missed comes once and in order, with the page’s first event behind it and before it', async () => {
  const { page } = await openLive();
  await page.goto('/notifications');
  await untilLive();
  const happen = (text: string) => tell({ type: 'POST', subject: aPost(text) });
  const shown = () => rows(page).locator('a[dir=auto]').allTextContents();
  // No event has come yet, so there is no cursor.
  await site.gateway.goDown();
  happen('one');
  await site.gateway.comeBack();
  await expect.poll(shown).toEqual(['one']);
  happen('two');
  await expect.poll(shown).toEqual(['two', 'one']);
  await site.gateway.goDown();
  happen('three');
  happen('four');
  await page.getByText('No connection at the moment.').waitFor();
  await site.gateway.comeBack();
  await expect.poll(shown).toEqual(['four', 'three', 'two', 'one']);
  await page.getByText('No connection at the moment.').waitFor({ state: 'detached' });
  site.gateway.cutSockets();
  happen('five');
  await expect.poll(shown).toEqual(['five', 'four', 'three', 'two', 'one']);
});

test('offline is told, and what happened meanwhile is there when the network is back', async () => {
  const { page, context } = await openLive();
  await context.setOffline(true);
  await page.getByText('No connection at the moment.').waitFor();
  tell({ subject: { __typename: 'User', ...ben } });
  await context.setOffline(false);
  await link(page, 'Notifications, 1 unread').waitFor();
});

test('who signs out in one tab is signed out in all, and no socket of theirs is left', async () => {
  const { page, context } = await openLive();
  const other = await context.newPage();
  site.gateway.state.calls.length = 0;
  await other.goto('/notifications');
  await untilLive();
  await expect.poll(() => site.gateway.openSockets()).toBe(2);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await other.waitForURL('**/sign-in?**');
  await expect.poll(() => site.gateway.openSockets()).toBe(0);
});

test('tabs that renew the token at once ask once, and go on', async () => {
  const { state } = site.gateway;
  // Renewed 25 s before its end: at once, and every five seconds.
  state.lifetimes.push(26);
  const { page, context } = await openLive();
  state.calls.length = 0;
  const other = await context.newPage();
  await other.goto('/explore');
  await untilLive();
  await expect.poll(() => site.gateway.openSockets()).toBe(2);
  // Those from now on last.
  state.lifetimes.push(900);
  const lasts = (token: string) => secondsLeft(token) > 100;
  const sent = () => state.pings.map((line) => line.replace('Bearer ', '')).filter(lasts);
  await expect.poll(() => sent().length).toBe(2);
  expect(new Set(sent())).toEqual(new Set([...state.accessTokens.keys()].filter(lasts)));
  expect(new Set(sent()).size).toBe(1);
  tell({ subject: { __typename: 'User', ...ben } });
  await link(page, 'Notifications, 1 unread').waitFor();
  await link(other, 'Notifications, 1 unread').waitFor();
});

test('whoever is signed out loads nothing of it, and asks for no token', async () => {
  const { page } = await site.open('/explore');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
  await page.goto('/sign-in', { waitUntil: 'networkidle' });
  expect(asked.filter((line) => /POST|session\/token|:\d+\/graphql/.test(line))).toEqual([]);
  const scripts = async () =>
    page.evaluate(async () => {
      const files = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
      const texts = await Promise.all(files.map(async ({ name }) => (await fetch(name)).text()));
      return texts.filter((text) => text.includes('graphql-transport-ws')).length;
    });
  expect(await scripts()).toBe(0);
  await signIn(page);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await untilLive();
  expect(await scripts()).toBe(1);
});

test('whoever is not signed in is asked to, and the page is accessible and narrow enough', async () => {
  const faults: string[] = [];
  const { page } = await site.openSignedIn('/notifications', { viewport: { width: 320, height: 640 } });
  await page.getByText('Nothing has happened yet.').waitFor();
  faults.push(...(await pageFaults(page, 'empty')));
  tell({ type: 'REACTION', subject: aPost('word'.repeat(200)), actors: [ben, cat], actorCount: 99 });
  for (let nth = 1; nth <= 120; nth += 1) tell({ type: 'POST', subject: aPost(`post ${nth}`) });
  await page.goto('/explore');
  faults.push(...(await pageFaults(page, '99+')));
  await page.goto('/notifications?show=posts');
  await rows(page).first().getByRole('button', { name: 'Mark as read' }).waitFor();
  faults.push(...(await pageFaults(page, 'posts')));
  await page.goto('/notifications');
  await rows(page).first().waitFor();
  faults.push(...(await pageFaults(page, 'rows')));
  expect(faults).toEqual([]);
  const stranger = await site.open('/notifications');
  await stranger.page.waitForURL('**/sign-in?to=%2Fnotifications');
});
