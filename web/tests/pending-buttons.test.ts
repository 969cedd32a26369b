import type { Locator, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { nextId } from './fake-results.ts';
import type { FakeUser } from './fake-state.ts';
import { openActs, PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

/** Keeps what the page sends until `release`, and counts it. */
async function holdActions(page: Page): Promise<{ sent: () => number; release: () => void }> {
  let sent = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/*', async (route) => {
    if (route.request().method() === 'POST') {
      sent += 1;
      await promise;
    }
    await route.continue();
  });
  return { sent: () => sent, release: resolve };
}

const isFocused = (button: Locator) => button.evaluate((element) => element === document.activeElement);
const isNowhere = (page: Page) => page.evaluate(() => document.activeElement === document.body);
const alive = (page: Page) => page.waitForLoadState('networkidle');

interface Form {
  path: string;
  signedIn: boolean;
  name: string | RegExp;
  fill?(page: Page): Promise<void>;
  prepare?(): void;
  /** It leads to another page. */
  leads?: boolean;
}

/** Grace, who has an account. */
function grace() {
  const known = site.gateway.state.users.get('grace')?.user;
  const made = known ?? person('grace', 'Grace Hopper');
  if (!known) site.gateway.add(made, PASSWORD);
  return made;
}
const postOf = (author: FakeUser) => {
  const made = post(author, 'To be answered', { id: postId });
  site.gateway.state.posts.push(made);
};
const postId = nextId('Post');

const forms: Form[] = [
  {
    path: '/sign-in',
    signedIn: false,
    name: 'Sign in',
    async fill(page) {
      await page.getByLabel('Email or username').fill('ada');
      await page.getByLabel('Password', { exact: true }).fill('not it');
    },
  },
  {
    path: '/forgot-password',
    signedIn: false,
    name: 'Send me a link',
    fill: (page) => page.getByLabel('Email').fill('ada@example.org'),
  },
  {
    path: '/',
    signedIn: true,
    name: 'Post',
    fill: (page) => page.getByLabel('What would you like to say?').fill('said once'),
  },
  { path: '/settings/account', signedIn: true, name: 'Send the mail again' },
  {
    path: '/settings/account',
    signedIn: true,
    name: 'Sign out all other devices',
    prepare: () => void site.gateway.issue(site.ada, { userAgent: 'a phone' }),
  },
  {
    path: '/settings/account',
    signedIn: true,
    name: 'Change password',
    async fill(page) {
      await page.getByLabel('Current password').fill(PASSWORD);
      await page.getByLabel('New password').fill('difference-number-two');
    },
  },
  { path: '/settings/data', signedIn: true, name: 'Make an archive' },
  {
    path: '/settings/blocked',
    signedIn: true,
    name: 'Unblock Grace Hopper',
    prepare: () => void site.gateway.state.blocks.add(`${site.ada.id} ${grace().id}`),
  },
  {
    path: '/settings/account',
    signedIn: true,
    name: 'Keep the present address',
    prepare() {
      const account = site.gateway.state.users.get('ada');
      const time = '2026-05-12T10:00:00.000Z';
      if (account)
        account.pendingEmailChange = {
          newEmail: 'ada@new.example',
          requestedAt: time,
          expiresAt: time,
          oldConfirmed: false,
          newConfirmed: false,
        };
    },
  },
  {
    path: '/settings/security',
    signedIn: true,
    name: 'Set it up',
    fill: (page) => page.getByRole('main').getByLabel('Password').first().fill(PASSWORD),
  },
  {
    path: '/sign-up',
    signedIn: false,
    name: 'Create account',
    leads: true,
    async fill(page) {
      await page.getByLabel('Username').fill('grace');
      await page.getByLabel('Email').fill('grace@example.org');
      await page.getByLabel('Password').fill('compiler-number-one');
    },
  },
  {
    path: '/settings/profile',
    signedIn: true,
    name: 'Save',
    fill: (page) => page.getByLabel('About you').fill('Numbers and more'),
  },
  {
    path: '/settings/muted',
    signedIn: true,
    name: 'Unmute Grace Hopper',
    prepare: () =>
      void site.gateway.state.mutes.set(`${site.ada.id} ${grace().id}`, { until: null, notifications: true }),
  },
  {
    path: '/settings/follow-requests',
    signedIn: true,
    name: 'Accept the request of Grace Hopper',
    prepare: () => void site.gateway.state.followRequests.add(`${grace().id} ${site.ada.id}`),
  },
  { path: '/u/grace', signedIn: true, name: 'Follow', prepare: () => void grace() },
  {
    path: '/u/grace',
    signedIn: true,
    name: 'Block this person',
    prepare: () => void grace(),
    fill: async (page) => {
      await openActs(page);
      await page.getByRole('button', { name: 'Block', exact: true }).click();
    },
  },
  { path: '/u/grace', signedIn: true, name: 'Message', prepare: () => void grace(), leads: true },
  { path: '/explore', signedIn: true, name: 'Repost', prepare: () => postOf(grace()) },
  { path: '/explore', signedIn: true, name: 'Bookmark', prepare: () => postOf(grace()) },
  {
    path: `/post/${postId}`,
    signedIn: true,
    name: 'Comment',
    prepare: () => postOf(grace()),
    fill: (page) => page.getByLabel('Your comment', { exact: true }).fill('said once'),
  },
  {
    path: `/post/${postId}/edit`,
    signedIn: true,
    name: 'Save',
    prepare: () => postOf(site.ada),
    fill: (page) => page.getByLabel('Text', { exact: true }).fill('said otherwise'),
    leads: true,
  },
];

// What the keys do is the same for all: every third tells.
for (const [nth, { path, signedIn, name, fill, prepare, leads }] of forms.entries())
  for (const how of nth % 3 === 0 ? (['a double click', 'the keyboard, twice'] as const) : ['a double click'])
    test(`"${name}" of ${path.split('/').slice(0, 3).join('/')} pressed by ${how} sends once, and keeps the focus`, async () => {
      prepare?.();
      const { page } = await (signedIn ? site.openSignedIn(path) : site.open(path));
      await alive(page);
      await fill?.(page);
      const button = await page.getByRole('main').getByRole('button', { name, exact: true }).elementHandle();
      if (!button) throw new Error(`there is no ${name}`);
      const actions = await holdActions(page);
      if (how === 'a double click') await button.dblclick();
      else for (const _ of [1, 2]) await button.press('Enter');
      await expect.poll(actions.sent).toBe(1);
      const pressed = page.locator('[aria-disabled="true"]:focus');
      await pressed.waitFor();
      expect(await isFocused(pressed)).toBe(true);
      actions.release();
      await expect.poll(() => page.locator('main [aria-disabled="true"]').count()).toBe(0);
      await alive(page);
      expect(actions.sent()).toBe(1);
      // Where the button has gone with its work, in the frame after that.
      if (!leads) await expect.poll(() => isNowhere(page)).toBe(false);
    });

test('a post is sent once by its keys, however often they are pressed', async () => {
  const { page } = await site.openHome();
  await alive(page);
  const text = page.getByLabel('What would you like to say?');
  await text.fill('said once');
  const actions = await holdActions(page);
  for (const _ of [1, 2, 3]) await text.press('Control+Enter');
  await page.getByRole('button', { name: 'Posting…' }).waitFor();
  actions.release();
  await page.getByText('Your post is published.').waitFor({ state: 'attached' });
  expect(actions.sent()).toBe(1);
});

test('Enter in a field sends the form once, however often it is pressed, and the focus stays there', async () => {
  const { page } = await site.open('/sign-in');
  await alive(page);
  const password = page.getByLabel('Password', { exact: true });
  await page.getByLabel('Email or username').fill('ada');
  await password.fill('not it');
  const actions = await holdActions(page);
  for (const _ of [1, 2, 3]) await password.press('Enter');
  await page.getByRole('button', { name: 'Signing in…' }).waitFor();
  expect(await isFocused(password)).toBe(true);
  actions.release();
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().waitFor();
  expect(actions.sent()).toBe(1);
});
