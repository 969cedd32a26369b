import type { BrowserContextOptions } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { comment } from './fake-people.ts';
import { nextId, nextNumber } from './fake-results.ts';
import { pageFaults } from './page-faults.ts';
import { block, openActs, PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

function meetBob() {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  const written = post(bob, 'Buy my pills');
  const answer = comment(written, bob, 'And my potions');
  site.gateway.state.posts.push(written);
  return { bob, written, answer };
}

async function openAs(role: 'MEMBER' | 'MODERATOR' | 'ADMIN', path: string, options?: BrowserContextOptions) {
  const account = site.gateway.state.users.get('ada');
  if (account) account.role = role;
  const opened = await site.openSignedIn(path, options);
  return opened;
}

test('a name leads to the profile, and a time to the post with its comments', async () => {
  meetBob();
  const { page } = await site.open('/explore');
  await page.getByRole('link', { name: 'Bob @bob' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bob' }).waitFor();
  await expect.poll(() => page.title()).toBe('Bob (@bob) · SocialHub');
  await page.getByRole('link', { name: 'to this post and its comments' }).click();
  await page.getByRole('article').getByText('And my potions').waitFor();
  await expect.poll(() => page.getByText('Moderate').count()).toBe(0);
});

test('whom nobody finds, and a post that is not there, is not found', async () => {
  for (const path of ['/u/nobody', `/post/${nextId('Post')}`, `/post/${nextId('User')}`, '/post/none']) {
    const { page } = await site.open(path);
    await page.getByRole('heading', { name: 'Not found' }).waitFor();
  }
});

test('a profile or a post that cannot be had now is no page that is not found', async () => {
  const { written } = meetBob();
  site.gateway.state.down.add('user').add('post');
  for (const path of ['/u/bob', `/post/${written.id}`]) {
    const { page } = await site.open(path);
    await page.getByRole('heading', { name: 'We can’t reach SocialHub right now' }).waitFor();
  }
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`somebody is followed, blocked and unblocked, ${how} JavaScript`, async () => {
    meetBob();
    const { page } = await openAs('MEMBER', '/u/bob', { javaScriptEnabled });
    await page.getByRole('button', { name: 'Follow' }).click();
    await page.getByRole('button', { name: 'Unfollow', disabled: false }).waitFor();
    await openActs(page);
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(site.gateway.state.blocks.size).toBe(0);
    await block(page);
    await page.getByText('You block this person').waitFor();
    await page.getByText('There is no post that you may read.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Unfollow' }).count()).toBe(0);
    await page.goto('/settings/blocked');
    await page.getByRole('button', { name: 'Unblock Bob' }).click();
    await page.getByText('You block nobody.').waitFor();
    await expect.poll(() => site.gateway.state.blocks.size).toBe(0);
  });

  test(`a moderator removes a post with a reason, and brings it back, ${how} JavaScript`, async () => {
    const { written } = meetBob();
    const { page } = await openAs('MODERATOR', `/post/${written.id}`, { javaScriptEnabled });
    const box = page.locator('details', { hasText: 'Moderate this post' });
    await box.locator('summary').click();
    await box.getByLabel('Reason').fill(' ');
    await box.getByRole('button', { name: 'Remove the post' }).click();
    await box.getByText('Reason takes at least 1 character.').waitFor();
    await box.getByLabel('Reason').fill('Advertising');
    await box.getByRole('button', { name: 'Remove the post' }).click();
    await page.getByText('Moderators removed this post.').waitFor();
    await expect.poll(() => written.removal).toMatchObject({ reason: 'Advertising' });
    if ((await box.getAttribute('open')) === null) await box.locator('summary').click();
    await box.getByRole('button', { name: 'Bring the post back' }).click();
    await expect.poll(() => page.getByText('Moderators removed this post.').count()).toBe(0);
    await expect.poll(() => written.removal).toBeNull();
  });
}

test('a moderator removes a comment, and suspends and reinstates its author', async () => {
  const { bob, written, answer } = meetBob();
  const { page } = await openAs('MODERATOR', `/post/${written.id}`);
  await page.getByText('Moderate this comment').click();
  const box = page.locator('details', { hasText: 'Moderate this comment' });
  await box.getByLabel('Reason').fill('Advertising');
  await box.getByRole('button', { name: 'Remove the comment' }).click();
  await page.getByText('Moderators removed this comment.').waitFor();
  expect(answer.removal).toMatchObject({ reason: 'Advertising' });

  await page.goto('/u/bob');
  await page.getByText('Moderate this account').click();
  await page.getByLabel('Reason').fill('Nothing but advertising');
  await page.getByRole('button', { name: 'Suspend the account' }).click();
  await page.getByText('The account is suspended.').waitFor();
  await page.getByText('Role: Member · Suspended since 12 May 2026: Nothing but advertising').waitFor();
  await expect.poll(() => site.gateway.state.suspended.has(bob.id)).toBe(true);
  await expect.poll(() => page.getByText('Change the role').count()).toBe(0);
  await page.getByRole('button', { name: 'Reinstate the account' }).click();
  await page.getByText('The account is reinstated.').waitFor();
  await expect
    .poll(() => site.gateway.state.audit.map(({ action }) => action))
    .toEqual(['ACCOUNT_REINSTATED', 'ACCOUNT_SUSPENDED', 'COMMENT_REMOVED']);
});

test('an admin gives somebody another role; one that the services refuse is not set, and it says why', async () => {
  const { bob } = meetBob();
  const { page } = await openAs('ADMIN', '/u/bob');
  const roleOf = (username: string) => site.gateway.state.users.get(username)?.role;
  const setRole = async (name: string) => {
    await page.getByLabel('Role').selectOption(name);
    await page.getByRole('button', { name: 'Set the role' }).click();
  };
  await page.getByText('Role: Member').waitFor();
  await page.getByText('Change the role').click();
  await setRole('Moderator');
  await page.getByText('Role: Moderator').waitFor();
  await expect.poll(() => page.getByLabel('Role').inputValue()).toBe('MODERATOR');
  expect(roleOf(bob.username)).toBe('MODERATOR');

  const account = site.gateway.state.users.get('ada');
  if (account) account.role = 'MODERATOR';
  await setRole('Admin');
  await page.getByText('For admins').waitFor();
  expect(roleOf(bob.username)).toBe('MODERATOR');
});

test('an admin gives somebody another role without JavaScript', async () => {
  meetBob();
  const { page } = await openAs('ADMIN', '/u/bob', { javaScriptEnabled: false });
  await page.getByText('Change the role').click();
  await page.getByLabel('Role').selectOption('Moderator');
  await page.getByRole('button', { name: 'Set the role' }).click();
  await page.getByText('Role: Moderator').waitFor();
});

test('an author sees on their own timeline that a post was removed, and why', async () => {
  const removal = { removedAt: new Date().toISOString(), reason: 'Not here, please' };
  site.gateway.state.posts.push(post(site.ada, 'My view', { removal }));
  const { page } = await openAs('MEMBER', '/');
  await page.getByText('Moderators removed this post.').waitFor();
  await page.getByText('Not here, please').waitFor();
});

test('admins read the audit log page by page, others are told that it is theirs', async () => {
  const { bob } = meetBob();
  const time = '2026-05-12T10:00:00.000Z';
  for (let index = 1; index <= 21; index += 1) {
    const entry = { id: nextId('AuditEntry'), createdAt: time, action: 'ACCOUNT_SUSPENDED', subject: bob };
    site.gateway.state.audit.push({
      ...entry,
      actor: index === 1 ? null : site.ada,
      reason: `Reason ${index}.`,
    });
  }
  const { page } = await openAs('ADMIN', '/settings/account');
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByText('Reason 20.').waitFor();
  await page.getByText('Somebody at the server suspended @bob').waitFor();
  await expect.poll(() => page.getByText('Reason 21.').count()).toBe(0);
  await page.getByRole('link', { name: 'Older entries' }).click();
  await page.getByText('Reason 21.').waitFor();

  const member = await openAs('MEMBER', '/moderation');
  await member.page.getByRole('heading', { name: 'This page is for admins' }).waitFor();
  await member.page.goto('/settings/account');
  await expect.poll(() => member.page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
});

/** A report of which `parts` services have done theirs. */
function erasure(parts: number) {
  const services = ['auth', 'user', 'post', 'media', 'notification', 'chat'].slice(0, parts);
  const erasedAt = '2026-06-11T10:00:00.000Z';
  site.gateway.state.erasures.push({
    id: String(nextNumber()),
    userId: nextId('User'),
    startedAt: '2026-06-11T09:00:00.000Z',
    completedAt: parts === 6 ? erasedAt : null,
    parts: services.map((service) => ({
      service,
      erasedAt,
      counts: [
        { what: 'people', count: service === 'media' ? 0 : 1 },
        { what: 'readyMedia', count: service === 'chat' ? 1200 : 0 },
      ],
    })),
  });
}

test('admins read what was erased of accounts, and of which it is under way', async () => {
  for (let index = 0; index < 20; index += 1) erasure(index === 0 ? 2 : 6);
  erasure(6);
  const { page } = await openAs('ADMIN', '/moderation');
  await page.getByRole('link', { name: 'Erased accounts' }).click();
  await page.getByRole('heading', { level: 1, name: 'Erased accounts' }).waitFor();
  const reports = page.getByRole('main').getByRole('listitem');
  await expect.poll(() => reports.count()).toBe(20);
  await expect.poll(() => reports.nth(0).textContent()).toContain('Under way since 11 June 2026 at 09:00');
  await expect.poll(() => reports.nth(0).locator('dt').allInnerTexts()).toEqual(['auth', 'user']);
  await expect.poll(() => reports.nth(1).textContent()).toContain('Erased 11 June 2026 at 10:00');
  await expect
    .poll(() => reports.nth(1).locator('dd').allInnerTexts())
    .toEqual([
      'people: 1',
      'people: 1',
      'people: 1',
      'had nothing',
      'people: 1',
      'people: 1, ready media: 1,200',
    ]);
  await page.getByRole('link', { name: 'Older reports' }).click();
  await expect.poll(() => reports.count()).toBe(1);
});

test('profiles, posts and the audit log are accessible and narrow enough', async () => {
  const faults: string[] = [];
  const { bob, written, answer } = meetBob();
  bob.displayName = 'W'.repeat(50);
  const removal = { removedAt: new Date().toISOString(), reason: 'x'.repeat(200) };
  Object.assign(written, { removal });
  Object.assign(answer, { removal });
  const look = { viewport: { width: 320, height: 640 } };
  const { page } = await openAs('ADMIN', `/post/${written.id}`, look);
  const check = async (name: string) => faults.push(...(await pageFaults(page, name)));
  await page.getByText('Moderate this post').click();
  await check('post');
  await page.goto('/u/bob');
  await page.getByText('Moderate this account').click();
  await page.getByLabel('Reason').fill('x'.repeat(100));
  await page.getByRole('button', { name: 'Suspend the account' }).click();
  await page.getByText('The account is suspended.').waitFor();
  await page.getByText('Change the role').click();
  await check('profile');
  await block(page);
  await page.getByText('You block this person').waitFor();
  await check('blocked profile');
  await page.goto('/settings/blocked');
  await check('blocked people');
  await page.goto('/moderation');
  await check('audit log');
  erasure(6);
  await page.goto('/moderation/erasures');
  await check('erased accounts');
  expect(faults).toEqual([]);
}, 90_000);
