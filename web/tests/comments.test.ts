import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { notify } from './fake-notifications.ts';
import { person, post } from './fake-objects.ts';
import { comment } from './fake-people.ts';
import type { FakeConnection } from './fake-state.ts';
import { hold, openLive, untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

/** A post of Bob's, with a comment of Ada's and one of his. */
function thread() {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  const written = post(bob, 'What do you think?');
  const [mine, theirs] = [comment(written, site.ada, 'I think so'), comment(written, bob, 'Me too')];
  theirs.reactions.push({ emoji: '🎉', count: 2 });
  site.gateway.state.posts.push(written);
  return { path: `/post/${written.id}`, written, bob, mine, theirs };
}

const card = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`one’s comment is changed and deleted, ${how} JavaScript`, async () => {
    const { path, mine } = thread();
    const { page } = await site.openSignedIn(path, { javaScriptEnabled });
    await page.getByText('Change this comment').click();
    await expect.poll(() => page.getByText('Change this comment').count()).toBe(1);
    await page.getByLabel('Text').fill(' ');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A comment must not be empty.').waitFor();
    await page.getByLabel('Text').fill('I thought so');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The comment is changed.').waitFor();
    await card(page, 'I thought so').getByText('edited').waitFor();
    await expect.poll(() => mine.text).toBe('I thought so');
    if (!(await page.getByRole('button', { name: 'Delete' }).isVisible()))
      await page.getByText('Change this comment').click();
    await page.getByRole('button', { name: 'Delete this comment' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect.poll(() => mine.text).toBe('I thought so');
    await page.getByRole('button', { name: 'Delete this comment' }).click();
    await page.getByRole('button', { name: 'Delete the comment' }).click();
    await page.getByRole('heading', { name: 'This comment is gone.' }).waitFor();
    if (javaScriptEnabled) {
      const focused = () => page.evaluate(() => document.activeElement?.textContent);
      await expect
        .poll(focused, { message: 'the focus stays where the comment was' })
        .toContain('This comment is gone.');
    }
    await expect.poll(() => page.getByText('Author unavailable').count()).toBe(0);
    await expect.poll(() => page.getByText('Change this comment').count()).toBe(0);
  });

  test(`an emoji is put on a comment and taken off, ${how} JavaScript`, async () => {
    const { path, theirs } = thread();
    const { page } = await site.openSignedIn(path, { javaScriptEnabled });
    const button = (emoji: string, pressed: boolean) =>
      card(page, 'Me too').getByRole('button', { name: emoji, pressed });
    await button('🎉', false).click();
    await button('🎉', true).waitFor();
    await expect.poll(() => theirs.reactions).toEqual([{ emoji: '🎉', count: 3 }]);
    await button('🎉', true).click();
    await button('🎉', false).waitFor();
    await card(page, 'Me too').getByText('React', { exact: true }).click();
    await card(page, 'Me too').getByRole('button', { name: '👍' }).click();
    await button('👍', true).waitFor();
    await expect.poll(() => theirs.viewerReactions).toEqual(['👍']);
    theirs.viewerReactions.push('a', 'b', 'c', 'd');
    await button('🎉', false).click();
    await page.getByText('This emoji is one too many.').waitFor();
  });

  test(`a change that cannot be made says so, ${how} JavaScript`, async () => {
    const { path, mine } = thread();
    const { page } = await site.openSignedIn(path, { javaScriptEnabled });
    site.gateway.state.down.add('updateComment');
    await page.getByText('Change this comment').click();
    await page.getByLabel('Text').fill('Another text');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
    await expect.poll(() => page.getByLabel('Text').inputValue()).toBe('Another text');
    await expect.poll(() => mine.text).toBe('I think so');
  });
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`a post is answered, and a comment, in their places, ${how} JavaScript`, async () => {
    const { path, theirs } = thread();
    const { page } = await site.openSignedIn(path, { javaScriptEnabled });
    const box = page.getByLabel('Your comment', { exact: true });
    await box.fill('y'.repeat(501));
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.getByText('A comment takes at most 500 characters.').waitFor();
    await expect.poll(() => box.inputValue()).toBe('y'.repeat(501));
    await box.fill('I do');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await card(page, 'I do').waitFor();
    await expect.poll(() => box.inputValue()).toBe('');
    await page.getByRole('link', { name: '1 comment' }).waitFor();
    await card(page, 'Me too').getByText('Reply', { exact: true }).first().click();
    await card(page, 'Me too').getByLabel('Your reply').fill('Thanks');
    await card(page, 'Me too').getByRole('button', { name: 'Reply' }).click();
    const replies = page.getByRole('list', { name: 'Replies' });
    await replies.getByRole('paragraph').filter({ hasText: 'Thanks' }).waitFor();
    await expect.poll(() => theirs.replies.edges.length).toBe(1);
    await expect.poll(() => card(page, 'Me too').getByLabel('Your reply').isVisible()).toBe(false);
    await page.reload();
    await replies.getByRole('paragraph').filter({ hasText: 'Thanks' }).waitFor();
  });

  test(`a thread that is longer than its beginning has a page of its own, ${how} JavaScript`, async () => {
    const { path, mine, written, bob } = thread();
    for (const n of [1, 2, 3]) comment(written, bob, `Reply ${n}`, mine);
    mine.replyCount = 7;
    const deep = comment(written, bob, 'Deeper', mine.replies.edges[0]?.node);
    const { page } = await site.openSignedIn(path, { javaScriptEnabled });
    await page.getByRole('link', { name: 'See all 7 replies' }).click();
    await page.getByRole('heading', { level: 1, name: 'Comment' }).waitFor();
    await card(page, 'I think so').waitFor();
    await page.getByRole('list', { name: 'Replies' }).getByText('Deeper').waitFor();
    await page.goto(`${path}/comment/${deep.id}`);
    await page.getByText('Nobody has replied yet.').waitFor();
    await page.getByRole('link', { name: 'What it answers' }).click();
    await card(page, 'Reply 1').first().waitFor();
    await page.getByRole('link', { name: 'The post' }).click();
    await page.getByRole('heading', { level: 1, name: 'Post' }).waitFor();
  });
}

test('a comment shows at once, is counted, and is made once however often it is sent', async () => {
  const { path, written } = thread();
  const { page } = await openLive(site);
  await page.goto(path);
  await untilLive(site, page);
  const release = await hold(site, page);
  await page.getByLabel('Your comment', { exact: true }).fill('I do');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Control+Enter');
  await card(page, 'I do').waitFor();
  await page.getByRole('link', { name: '1 comment' }).waitFor();
  await expect.poll(() => written.commentCount).toBe(0);
  release();
  await expect.poll(() => written.commentCount).toBe(1);
  await expect.poll(() => page.getByLabel('Your comment', { exact: true }).inputValue()).toBe('');
  await expect.poll(() => card(page, 'I do').count()).toBe(1);
  // Sent again, because its answer was lost on the way.
  site.gateway.state.lost.add('createComment');
  await page.getByLabel('Your comment', { exact: true }).fill('And again');
  await page.keyboard.press('Control+Enter');
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  await expect.poll(() => card(page, 'And again').count()).toBe(0);
  await expect.poll(() => page.getByLabel('Your comment', { exact: true }).inputValue()).toBe('And again');
  await page.keyboard.press('Control+Enter');
  await card(page, 'And again').waitFor();
  await expect.poll(() => page.getByLabel('Your comment', { exact: true }).inputValue()).toBe('');
  await expect.poll(() => written.commentCount).toBe(2);
});

test('what is written while a comment is on its way is the next one', async () => {
  const { path, written } = thread();
  const { page } = await site.openHome();
  site.gateway.state.calls.length = 0;
  await page.goto(path);
  await untilLive(site, page);
  const answered = Promise.withResolvers<void>();
  site.gateway.state.held.set('createComment', answered.promise);
  const box = page.getByLabel('Your comment');
  await box.fill('The first');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await card(page, 'The first').waitFor();
  await box.fill('The next');
  site.gateway.state.held.delete('createComment');
  answered.resolve();
  await page.getByText('Your comment is published.').waitFor({ state: 'attached' });
  await expect.poll(() => box.inputValue()).toBe('The next');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect.poll(() => box.inputValue()).toBe('');
  await expect
    .poll(() => (written.comments as FakeConnection).edges.map(({ node }) => node.text))
    .toEqual(expect.arrayContaining(['The first', 'The next']));
});

test('what is written otherwise after its answer was lost is another comment', async () => {
  const { path, written } = thread();
  const { page } = await openLive(site);
  await page.goto(path);
  await untilLive(site, page);
  site.gateway.state.lost.add('createComment');
  const box = page.getByLabel('Your comment', { exact: true });
  await box.fill('I dö');
  await page.keyboard.press('Control+Enter');
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  await box.fill('I do');
  await page.keyboard.press('Control+Enter');
  await card(page, 'I do').waitFor();
  await expect.poll(() => box.inputValue()).toBe('');
  await expect.poll(() => written.commentCount).toBe(2);
});

test('what is typed before the page’s script is here stays, and is counted', async () => {
  const { path } = thread();
  const { page } = await site.openHome();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(path, { waitUntil: 'commit' });
  const box = page.getByLabel('Your comment', { exact: true });
  await box.fill('Typed early');
  release();
  await page.getByText('489', { exact: true }).waitFor();
  expect(await box.inputValue()).toBe('Typed early');
});

test('once a reply or a change is there its box is closed, and the focus is where it was opened', async () => {
  const { path } = thread();
  const { page } = await openLive(site);
  await page.goto(path);
  await untilLive(site, page);
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  await card(page, 'Me too').getByText('Reply', { exact: true }).first().click();
  await card(page, 'Me too').getByLabel('Your reply').fill('Thanks');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => card(page, 'Me too').getByLabel('Your reply').isVisible()).toBe(false);
  await expect.poll(focused).toBe('Reply');
  await card(page, 'I think so').getByText('Change this comment').click();
  await card(page, 'I think so').getByLabel('Text').fill('I thought so');
  await card(page, 'I think so').getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => card(page, 'I thought so').getByLabel('Text').isVisible()).toBe(false);
  await expect.poll(focused).toBe('Change this comment');
});

test('whoever is signed out sees the emojis and no buttons, and the pages have no faults', async () => {
  const { path } = thread();
  const { page } = await site.openSignedIn(path);
  await page.getByText('Change this comment').click();
  await card(page, 'Me too').getByText('Reply', { exact: true }).first().click();
  await card(page, 'Me too').getByText('React', { exact: true }).click();
  const faults = await pageFaults(page, 'signed in');
  await signOut(page);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto(path);
  await card(page, 'Me too').getByText('🎉 2').waitFor();
  await expect.poll(() => card(page, 'Me too').getByRole('button').count()).toBe(0);
  await expect.poll(() => page.getByLabel('Your comment', { exact: true }).count()).toBe(0);
  faults.push(...(await pageFaults(page, 'signed out')));
  expect(faults).toEqual([]);
});

test('who comes to comment or to reply begins to write', async () => {
  const { state } = site.gateway;
  state.posts.push(post(site.ada, 'Nobody has said anything'));
  const { page } = await openLive(site);
  const isWriting = (label: string) =>
    page.getByLabel(label, { exact: true }).evaluate((one) => one === document.activeElement);
  await page.getByRole('link', { name: 'Comment', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Post' }).waitFor();
  await expect.poll(() => isWriting('Your comment')).toBe(true);
  await page.getByRole('heading', { level: 1, name: 'Post' }).click();
  await expect.poll(() => isWriting('Your comment')).toBe(false);
  await page.getByRole('link', { name: 'Comment', exact: true }).click();
  await expect.poll(() => isWriting('Your comment')).toBe(true);
  await page.keyboard.type('First');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Your comment is published.').waitFor({ state: 'attached' });
  await card(page, 'First').getByText('Reply', { exact: true }).first().click();
  await expect.poll(() => isWriting('Your reply')).toBe(true);
});

test('what others do with an open post shows without a reload, and their comments when one wants to', async () => {
  const { path, written, bob, theirs } = thread();
  const { state } = site.gateway;
  const { page } = await site.openHome();
  await page.clock.install();
  state.calls.length = 0;
  await page.goto(path);
  await untilLive(site, page);
  comment(written, bob, 'One more');
  comment(written, bob, 'A reply', theirs);
  Object.assign(written, {
    text: 'What did you think?',
    editedAt: new Date().toISOString(),
    commentCount: 4,
  });
  theirs.reactions.push({ emoji: '🌱', count: 5 });
  const asked = () => state.calls.filter((name) => name === 'post').length;
  const before = asked();
  // Whoever is notified looks soon, also while one notification follows the other.
  const subject = { __typename: 'Post', ...written };
  await expect
    .poll(async () => {
      notify(state, site.ada, { type: 'MENTION', actors: [bob], subject });
      await page.clock.fastForward(900);
      return card(page, 'What did you think?').getByText('edited').count();
    })
    .toBe(1);
  await card(page, 'What did you think?').getByText('4 comments').waitFor();
  await card(page, 'Me too').getByText('5', { exact: true }).waitFor();
  expect(asked() - before).toBeLessThanOrEqual(4);
  expect(await page.getByText('One more').count()).toBe(0);
  await page.getByRole('button', { name: 'Show 2 new comments' }).click();
  await card(page, 'A reply').waitFor();
  await card(page, 'One more').waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), {
      message: 'the first that is new',
    })
    .toContain('A reply');
  await expect.poll(() => page.getByRole('button', { name: /new comment/ }).count()).toBe(0);
  comment(written, bob, 'And another');
  await page.clock.fastForward(40_000);
  await page.getByRole('button', { name: 'Show 1 new comment' }).waitFor();
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const seen = asked();
  await page.clock.fastForward(120_000);
  expect(asked(), 'a page that nobody sees asks nothing').toBe(seen);
});

test('what others do with an open comment shows without a reload, and their replies when one wants to', async () => {
  const { written, bob, theirs } = thread();
  const { state } = site.gateway;
  comment(written, bob, 'A reply', theirs);
  const { page } = await site.openHome();
  await page.clock.install();
  await page.goto(`/post/${written.id}/comment/${theirs.id}`);
  await untilLive(site, page);
  comment(written, bob, 'Another reply', theirs);
  Object.assign(theirs, { text: 'Me neither', editedAt: new Date().toISOString() });
  const asked = () => state.calls.filter((name) => name === 'comment').length;
  const before = asked();
  // Of the post that it is on.
  const subject = { __typename: 'Post', ...written };
  await expect
    .poll(async () => {
      notify(state, site.ada, { type: 'MENTION', actors: [bob], subject });
      await page.clock.fastForward(900);
      return card(page, 'Me neither').getByText('edited').count();
    })
    .toBe(1);
  expect(asked() - before).toBeLessThanOrEqual(4);
  expect(await page.getByText('Another reply').count()).toBe(0);
  await page.getByRole('button', { name: 'Show 1 new comment' }).click();
  await card(page, 'Another reply').waitFor();
  await card(page, 'A reply').waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toContain('Another reply');
  await expect.poll(() => page.getByRole('button', { name: /new comment/ }).count()).toBe(0);
});

test('without JavaScript a comment whose answer was lost is made once, and one that is written otherwise is another', async () => {
  const { path, written } = thread();
  const { page } = await site.openSignedIn(path, { javaScriptEnabled: false });
  const texts = () => (written.comments as FakeConnection).edges.map(({ node }) => node.text);
  const before = texts().length;
  const say = async (text: string) => {
    await page.getByLabel('Your comment').fill(text);
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
  };
  for (const text of ['Said once', 'Said once', 'Said otherwise']) {
    if (text !== 'Said otherwise') site.gateway.state.lost.add('createComment');
    await say(text);
    if (text !== 'Said otherwise')
      await page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
  }
  await page.getByRole('article').filter({ hasText: 'Said otherwise' }).waitFor();
  await expect.poll(() => texts().slice(before)).toEqual(['Said once', 'Said otherwise']);
});
