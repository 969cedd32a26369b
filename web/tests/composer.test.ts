import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { post as aPost, person } from './fake-objects.ts';
import { keptCount } from './kept-count.ts';
import { untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

// A flat 8x6 PNG.
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEklEQVR4nGPInhWJFTEMLQkAaQ9PQU5JOGMAAAAASUVORK5CYII=',
  'base64',
);
const file = (name: string, buffer = png, mimeType = 'image/png') => ({ name, mimeType, buffer });

const area = (page: Page) => page.getByLabel('What would you like to say?');
const post = (page: Page) => page.getByRole('button', { name: 'Post', exact: true });
const tray = (page: Page) => page.getByRole('list', { name: 'Chosen pictures' }).getByRole('listitem');
const choose = (page: Page, ...files: ReturnType<typeof file>[]) =>
  page.getByLabel('Pictures', { exact: true }).setInputFiles(files);
const status = (page: Page) => page.getByText('Your post is published.');
const calls = (name: string) => site.gateway.state.calls.filter((call) => call === name).length;

test('pictures are sent while one writes, and posted in the order and with the words that one gave them', async () => {
  const { page } = await site.openHome();
  await area(page).fill('From the lake');
  await choose(page, file('hill.png'), file('lake.png'));
  await page.getByLabel('What picture 1 shows').fill('A hill');
  await page.getByLabel('What picture 2 shows').fill('A lake');
  await page.getByRole('button', { name: 'Move picture 2 forward' }).click();
  await expect.poll(() => page.getByLabel('What picture 1 shows').inputValue()).toBe('A lake');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toContain('picture 1');
  await post(page).click();
  await page.getByRole('article').getByText('From the lake').waitFor();
  const images = page.getByRole('article').getByRole('img');
  await images.nth(1).waitFor();
  expect(await images.evaluateAll((all) => all.map((one) => one.getAttribute('alt')))).toEqual([
    'A lake',
    'A hill',
  ]);
  await expect.poll(() => tray(page).count()).toBe(0);
  await expect.poll(() => area(page).inputValue()).toBe('');
  await status(page).waitFor();
});

test('what is written while a post is on its way is the next one', async () => {
  const { page } = await site.openHome();
  await untilLive(site, page);
  const answered = Promise.withResolvers<void>();
  site.gateway.state.held.set('createPost', answered.promise);
  await area(page).fill('The first');
  await post(page).click();
  await expect.poll(() => calls('createPost')).toBe(1);
  await area(page).fill('The next');
  site.gateway.state.held.delete('createPost');
  answered.resolve();
  await status(page).waitFor({ state: 'attached' });
  await expect.poll(() => area(page).inputValue()).toBe('The next');
  await post(page).click();
  await expect.poll(() => area(page).inputValue()).toBe('');
  await expect
    .poll(() => site.gateway.state.posts.map(({ text }) => text))
    .toEqual(['The next', 'The first']);
});

test('a picture can be pasted and dropped; a post without a word may have one', async () => {
  const { page } = await site.openHome();
  const bytes = png.toString('base64');
  for (const event of ['paste', 'drop'] as const) {
    await area(page).evaluate(
      (element, { event, bytes }) => {
        const data = new DataTransfer();
        const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
        data.items.add(new File([raw], `${event}.png`, { type: 'image/png' }));
        const more = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          event === 'paste'
            ? new ClipboardEvent('paste', { ...more, clipboardData: data })
            : new DragEvent('drop', { ...more, dataTransfer: data }),
        );
      },
      { event, bytes },
    );
    await tray(page)
      .nth(event === 'paste' ? 0 : 1)
      .waitFor();
  }
  await area(page).focus();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article').getByRole('img').nth(1).waitFor();
  await expect.poll(() => site.gateway.state.posts[0]).toMatchObject({ text: '', media: [{}, {}] });
});

test('what is no picture, is too large or is damaged is told before anything is sent', async () => {
  const { page } = await site.openHome();
  await choose(page, file('notes.png', Buffer.from('These are my notes.')));
  await page.getByText('This file is no picture. JPEG, PNG, WEBP and GIF are.').waitFor();
  await page.getByRole('button', { name: 'Remove the picture' }).click();
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  await choose(page, file('big.jpg', Buffer.concat([head, Buffer.alloc(39_999_996)]), 'image/jpeg'));
  await page.getByText('This file has 40 MB, and at most 16 MB are taken.').waitFor();
  await page.getByRole('button', { name: 'Remove the picture' }).click();
  await choose(page, file('cut.png', png.subarray(0, 20)));
  await page.getByText('This file can’t be read as a picture.').waitFor();
  await area(page).fill('With a damaged picture');
  await post(page).click();
  await page.getByText('A picture has not been sent. Try it again, or remove it.').waitFor();
  expect([calls('createUpload'), calls('createPost')]).toEqual([0, 0]);
  await expect.poll(() => area(page).inputValue()).toBe('With a damaged picture');
});

test('more pictures than a post takes are left out, and that is said', async () => {
  const { page } = await site.openHome();
  await choose(page, ...[1, 2, 3, 4, 5].map((number) => file(`${number}.png`)));
  await page.getByText('A post does not take more pictures than these.').waitFor();
  await expect.poll(() => tray(page).count()).toBe(4);
});

test('what the storage or the gateway refuses can be tried again, and is one file', async () => {
  const { page } = await site.openHome();
  site.gateway.state.refusedUploads.push(503);
  await choose(page, file('lake.png'));
  await page.getByText('It could not be stored right now.').waitFor();
  site.gateway.state.down.add('completeUpload');
  await page.getByRole('button', { name: 'Try the picture again' }).click();
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  site.gateway.state.down.clear();
  await page.getByRole('button', { name: 'Try the picture again' }).click();
  await post(page).click();
  await page.getByRole('article').getByRole('img').waitFor();
  await expect.poll(() => site.gateway.state.media.size).toBe(1);
});

test('a picture that is removed is deleted where it is', async () => {
  const { page } = await site.openHome();
  await choose(page, file('lake.png'), file('hill.png'));
  await expect
    .poll(() => [...site.gateway.state.media.values()].map((one) => one.status))
    .toEqual(['READY', 'READY']);
  await expect.poll(() => page.getByRole('progressbar').count()).toBe(0);
  await page.getByRole('button', { name: 'Remove picture 1' }).click();
  await expect.poll(() => site.gateway.state.media.size).toBe(1);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Remove');
});

test('a post that does not arrive is kept with its picture, and is made once when it is sent again', async () => {
  const { page } = await site.openHome();
  await area(page).fill('Written on a train');
  await choose(page, file('lake.png'));
  await expect.poll(() => [...site.gateway.state.media.values()][0]?.status).toBe('READY');
  await expect.poll(() => page.getByRole('progressbar').count()).toBe(0);
  await untilLive(site, page);
  await page.route(`${site.gateway.url}/graphql`, (route) => route.abort());
  await post(page).click();
  await page.getByRole('main').getByText('SocialHub cannot be reached right now. Nothing was lost').waitFor();
  await expect.poll(() => area(page).inputValue()).toBe('Written on a train');
  await expect.poll(() => tray(page).count()).toBe(1);
  await page.unroute(`${site.gateway.url}/graphql`);
  site.gateway.state.lost.add('createPost');
  await post(page).click();
  await expect.poll(() => calls('createPost')).toBe(1);
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  await post(page).dblclick();
  await status(page).waitFor();
  await expect
    .poll(() => site.gateway.state.posts.filter(({ text }) => text === 'Written on a train'))
    .toHaveLength(1);
  await expect.poll(() => area(page).inputValue()).toBe('');
});

test('words that were changed after an attempt that may have arrived are a post of their own', async () => {
  const { page } = await site.openHome();
  site.gateway.state.lost.add('createPost');
  await area(page).fill('First words');
  await post(page).click();
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  await area(page).fill('Other words');
  await post(page).click();
  await status(page).waitFor();
  await expect
    .poll(() => site.gateway.state.posts.map(({ text }) => text))
    .toEqual(['Other words', 'First words']);
});

test('a draft outlives the page, with its pictures, and is gone once it is posted or its person signs out', async () => {
  const { page } = await site.openHome();
  await area(page).fill('Half a thought');
  await page.getByText('Content warning').click();
  await page.getByLabel('What readers are told first').fill('Philosophy');
  await page.getByLabel('Who can see it').selectOption('Mentioned people only');
  await choose(page, file('lake.png'));
  await page.getByLabel('What the picture shows').fill('A lake');
  await page.getByRole('link', { name: 'Explore' }).first().click();
  await page.getByRole('heading', { name: 'Explore' }).waitFor();
  await page.goBack();
  await expect.poll(() => area(page).inputValue()).toBe('Half a thought');
  await page.reload();
  await expect.poll(() => area(page).inputValue()).toBe('Half a thought');
  await tray(page).waitFor();
  await expect.poll(() => page.getByLabel('What the picture shows').inputValue()).toBe('A lake');
  await post(page).click();
  await status(page).waitFor();
  await expect
    .poll(() => site.gateway.state.posts[0])
    .toMatchObject({
      contentWarning: 'Philosophy',
      visibility: 'MENTIONED',
      media: [{ altText: 'A lake' }],
    });
  await expect.poll(() => site.gateway.state.media.size).toBe(1);
  await page.reload();
  await expect.poll(() => area(page).inputValue()).toBe('');

  await area(page).fill('For my eyes');
  await page.getByRole('link', { name: 'Explore' }).first().click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await signIn(page);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await expect.poll(() => page.evaluate(keptCount)).toBe(0);
  await expect.poll(() => area(page).inputValue()).toBe('');
});

test('another person of the same browser does not see the draft', async () => {
  const { page, context } = await site.openHome();
  await area(page).fill('Ada’s own');
  await page.getByRole('link', { name: 'Explore' }).first().click();
  await page.getByRole('heading', { name: 'Explore' }).waitFor();
  await context.clearCookies();
  site.gateway.add(person('grace', 'Grace Hopper'), PASSWORD);
  await page.goto('/sign-in');
  await page.getByLabel('Email or username').fill('grace');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await expect.poll(() => page.evaluate(keptCount)).toBe(1);
  await expect.poll(() => area(page).inputValue()).toBe('');
});

test('a browser that may keep nothing posts all the same', async () => {
  const opened = await site.open('/sign-in');
  await opened.context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new Error('The operation is insecure.');
      },
    });
  });
  await opened.page.reload();
  await signIn(opened.page);
  await untilLive(site, opened.page);
  await area(opened.page).fill('Leaves no trace');
  await opened.context.setOffline(true);
  await post(opened.page).click();
  await opened.page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
  await expect.poll(() => area(opened.page).inputValue()).toBe('Leaves no trace');
  await opened.context.setOffline(false);
  await post(opened.page).click();
  await status(opened.page).waitFor();
});

test('without JavaScript the words, their warning and whom they are for are posted', async () => {
  const { page } = await site.openHome({ javaScriptEnabled: false });
  await area(page).fill('x'.repeat(501));
  await page.getByText('Content warning').click();
  await page.getByLabel('What readers are told first').fill('Plain');
  await page.getByLabel('Who can see it').selectOption('Followers only');
  await post(page).click();
  await page.getByText('A post takes at most 500 characters.').waitFor();
  await expect.poll(() => page.getByLabel('What readers are told first').inputValue()).toBe('Plain');
  await area(page).fill('Without a script');
  await post(page).click();
  await page.getByRole('article').getByText('Without a script').waitFor({ state: 'attached' });
  await expect
    .poll(() => site.gateway.state.posts[0])
    .toMatchObject({ contentWarning: 'Plain', visibility: 'FOLLOWERS' });
  await expect.poll(() => page.getByLabel('Pictures', { exact: true }).count()).toBe(0);
});

test('the composer has no faults, with pictures on the narrowest phone either', async () => {
  const { page } = await site.openHome({ viewport: { width: 320, height: 700 } });
  await area(page).fill('Hello');
  await page.getByText('Content warning').click();
  await choose(page, file('lake.png'), file('notes.png', Buffer.from('Notes')));
  await page.getByText('This file is no picture.').waitFor();
  await tray(page).nth(1).waitFor();
  expect(await pageFaults(page, 'composer')).toEqual([]);
});

test('a post is quoted on a page of its own, and one comes to it', async () => {
  const quoted = aPost(person('grace', 'Grace Hopper'), 'A ship in port is safe');
  site.gateway.state.posts.push(quoted);
  const { page } = await site.openSignedIn('/explore');
  await page.getByRole('article').getByRole('link', { name: 'Quote' }).click();
  await page.waitForURL(new RegExp(`quote=${encodeURIComponent(quoted.id)}`));
  await page.goto(`/compose?quote=${quoted.id}&text=So%20true`);
  await page.getByRole('blockquote').getByText('A ship in port is safe').waitFor();
  await expect.poll(() => area(page).inputValue()).toBe('So true');
  await expect.poll(() => area(page).evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await pageFaults(page, 'compose')).toEqual([]);
  await post(page).click();
  await page.waitForURL(/\/post\//);
  await page.getByRole('article').getByText('So true').waitFor();
  await expect.poll(() => site.gateway.state.posts[0]?.quoteOf).toMatchObject({ id: quoted.id });
});

test('the page for a new post works without JavaScript, and asks strangers to sign in first', async () => {
  const { page } = await site.openSignedIn('/explore', { javaScriptEnabled: false });
  await page.getByRole('link', { name: 'New post' }).click();
  await page.waitForURL(`${site.url}/compose`);
  // It would lie over the form.
  await expect.poll(() => page.getByRole('link', { name: 'New post' }).count()).toBe(0);
  await area(page).fill('Plain words');
  await post(page).click();
  await page.waitForURL(/\/post\//);
  await page.getByRole('article').getByText('Plain words').waitFor();

  const stranger = await site.open('/compose?text=Later');
  await signIn(stranger.page);
  await expect.poll(() => area(stranger.page).inputValue()).toBe('Later');
});

test('what cannot be quoted is said, whatever the address holds; a repost stands for its post', async () => {
  const grace = person('grace', 'Grace Hopper', { isPrivate: true });
  const closed = aPost(grace, 'For friends');
  const own = aPost(site.ada, 'For all');
  const repost = aPost(site.ada, '', { repostOf: own });
  site.gateway.state.posts.push(closed, own, repost);
  const { page } = await site.openSignedIn(`/post/${closed.id}`);
  await page.getByText('For friends').waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'Quote' }).count()).toBe(0);
  for (const id of [closed.id, 'none', 'UG9zdDp4', 'x'.repeat(3_000)]) {
    await page.goto(`/compose?quote=${id}`);
    await page.getByRole('heading', { name: 'This post can’t be quoted' }).waitFor();
  }
  await page.goto(`/compose?quote=${repost.id}`);
  await page.getByRole('blockquote').getByText('For all').waitFor();
  expect(new URL(page.url()).searchParams.get('quote')).toBe(own.id);
  site.gateway.state.down.add('post');
  await page.reload();
  await page.getByText('We can’t reach SocialHub right now').waitFor();
});
