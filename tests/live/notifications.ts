import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveSite, onPhone, type Player } from './site.ts';

const follow = 'mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }';
const post = 'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }';
const comment = `mutation ($id: ID!, $text: String!) {
  createComment(input: { postId: $id, text: $text }) { comment { id } }
}`;
const react = `mutation ($id: ID!) { reactToPost(input: { postId: $id, emoji: "👍" }) { post { id } } }`;

/** What happens is told, also behind a break, for as long as the session lasts. */
export function tellOfNotifications(site: LiveSite): void {
  let anns: Player;
  let bens: Player;

  beforeAll(async () => {
    [anns, bens] = await Promise.all([site.enter('Ann'), site.enter('Ben', onPhone)]);
  }, 120_000);
  afterAll(() => site.leave());

  const rows = (page: Page) => page.getByRole('list', { name: /Notifications/ }).getByRole('listitem');
  const excerpts = (page: Page) => rows(page).locator('a[dir=auto]').allTextContents();
  const unread = (page: Page, count: number) =>
    page.getByRole('link', { name: count ? `Notifications, ${count} unread` : 'Notifications', exact: true });

  it('one follows in their browser, and the other sees it without a reload', async () => {
    await bens.page.goto(`/u/${anns.person.username}`);
    await bens.page.getByRole('button', { name: 'Follow', exact: true }).click();
    await unread(anns.page, 1).waitFor();
    await expect.poll(() => anns.page.title()).toMatch(/^\(1\) /);
    await unread(anns.page, 1).click();
    await rows(anns.page).filter({ hasText: 'Ben followed you' }).waitFor();
    await unread(anns.page, 0).waitFor();
    // The page is open: what comes is on top, and read.
    const { createPost } = await anns.act(post, { text: 'Of Ann' });
    await bens.act(react, { id: createPost.post.id });
    await rows(anns.page).first().filter({ hasText: 'Ben reacted to your post' }).waitFor();
    await unread(anns.page, 0).waitFor();
  }, 60_000);

  it('a gateway that is gone is told of; what was missed comes once, in order', async () => {
    const { createPost } = await anns.act(post, { text: 'To be answered' });
    const { id } = createPost.post;
    const before = await rows(anns.page).count();
    const answer = (text: string) => bens.act(comment, { id, text });
    await answer('one');
    await expect.poll(() => excerpts(anns.page)).toContain('one');
    await anns.context.setOffline(true);
    await answer('two');
    await answer('three');
    await anns.page.getByText('No connection at the moment.').waitFor();
    await anns.context.setOffline(false);
    await expect.poll(() => excerpts(anns.page), { timeout: 30_000 }).toContain('three');
    expect((await excerpts(anns.page)).slice(0, 3)).toEqual(['three', 'two', 'one']);
    await site.system.kill('gateway');
    await anns.page.getByText('No connection at the moment.').waitFor();
    await site.system.revive('gateway');
    await answer('four');
    await answer('five');
    await expect.poll(() => excerpts(anns.page), { timeout: 60_000 }).toContain('five');
    expect((await excerpts(anns.page)).slice(0, 5)).toEqual(['five', 'four', 'three', 'two', 'one']);
    await expect.poll(() => rows(anns.page).count()).toBe(before + 5);
    await anns.page.getByText('No connection at the moment.').waitFor({ state: 'detached' });
  }, 150_000);

  it('the socket outlives its token, and ends with the session', async () => {
    const page = await bens.context.newPage();
    const [socket] = await Promise.all([page.waitForEvent('websocket'), page.goto('/explore')]);
    const sent: string[] = [];
    socket.on('framesent', ({ payload }) => sent.push(String(payload)));
    const renewals = () =>
      sent.filter((frame) => frame.includes('"ping"') && frame.includes('Bearer')).length;
    // The first token is good for a minute.
    await expect.poll(renewals, { timeout: 100_000 }).toBeGreaterThan(1);
    await anns.act(follow, { id: bens.person.id });
    await unread(page, 1).waitFor();
    expect(socket.isClosed()).toBe(false);
    const closed = socket.waitForEvent('close');
    await bens.act('mutation { endAllSessions(input: {}) { __typename } }');
    await closed;
    await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
  }, 150_000);
}
