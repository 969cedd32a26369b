import { startWeb } from '@socialhub/local/web/start';
import { freePort } from '@socialhub/servers/ports';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, expect, test, vi } from 'vitest';
import { startChat, write } from './fake-chat.ts';
import { notify } from './fake-notifications.ts';
import { person, post } from './fake-objects.ts';
import { isWide, pageFaults } from './page-faults.ts';
import { testSite, webKeys } from './site.ts';

vi.setConfig({ testTimeout: 120_000 });

const site = testSite();
const german: BrowserContextOptions = { locale: 'de-DE' };
const ben = person('ben', 'Ben');

const shownIn = (page: Page) => page.locator('html').getAttribute('lang');
const choose = (page: Page, language: string) =>
  page.getByRole('contentinfo').getByRole('button', { name: language }).click();

/** What a German reader and a reader from right to left are shown: a bit of everything. */
function fill(): string {
  const { state } = site.gateway;
  const mine = post(site.ada, 'Grüße aus dem Garten', { createdAt: '2020-03-01T02:30:00.000Z' });
  state.posts.push(mine, post(ben, 'Noch ein Beitrag'));
  const subject = { __typename: 'Post', ...mine };
  notify(state, site.ada, { type: 'REACTION', actors: [ben], actorCount: 1, subject });
  notify(state, site.ada, { type: 'COMMENT', actors: [ben], actorCount: 21, subject });
  write(state, startChat(state, [site.ada, ben]), ben, 'Hallo!');
  return mine.id;
}

async function openGermanHome(options: BrowserContextOptions = {}) {
  const opened = await site.openHome(options);
  await choose(opened.page, 'Deutsch');
  await opened.page.getByRole('heading', { level: 1, name: 'Startseite' }).waitFor();
  return opened;
}

test('a page is in the language that the browser likes best of those that there are, else in English', async () => {
  const languageFor = async (accepted: string) => {
    const answer = await fetch(`${site.url}/explore`, { headers: { 'accept-language': accepted } });
    return /<html lang="([^"]*)" dir="([^"]*)"/
      .exec(await answer.text())
      ?.slice(1)
      .join(' ');
  };
  expect(await languageFor('de-AT,de;q=0.9,en;q=0.8')).toBe('de ltr');
  expect(await languageFor('en;q=0.5, DE;q=0.7')).toBe('de ltr');
  expect(await languageFor('fr, ja;q=0.9')).toBe('en ltr');
  expect(await languageFor('de;q=0, *;q=0.1')).toBe('en ltr');
  expect(await languageFor(`${'x,'.repeat(2_000)}de`)).toBe('en ltr');
  expect(await languageFor(';;q=,,=')).toBe('en ltr');
  // For tests alone, of servers that are told so.
  expect(await languageFor('ar-XB')).toBe('en ltr');
});

test('a cookie that names no language there is names none', async () => {
  const { context, page } = await site.open('/explore', german);
  const { port } = new URL(site.url);
  for (const value of ['xx', '__proto__', '../de', 'ar-XB']) {
    await context.addCookies([{ name: `socialhub-language-${port}`, value, url: site.url }]);
    await page.goto('/explore');
    await expect.poll(() => shownIn(page)).toBe('de');
  }
});

test.each([true, false])(
  'what somebody chose goes before that, also without an account, and outlives signing in (script: %s)',
  async (javaScriptEnabled) => {
    const { page } = await site.open('/sign-in', { javaScriptEnabled });
    await expect.poll(() => shownIn(page)).toBe('en');
    await choose(page, 'Deutsch');
    await expect.poll(() => shownIn(page)).toBe('de');
    await page.getByLabel('E-Mail oder Benutzername').fill('ada');
    await page.getByLabel('Passwort', { exact: true }).fill('wrong');
    await page.getByRole('main').getByRole('button', { name: 'Anmelden', exact: true }).click();
    await page.getByText('Name und Passwort passen nicht zusammen.').waitFor();
    await page.getByLabel('Passwort', { exact: true }).fill('engine-number-one');
    await page.getByRole('main').getByRole('button', { name: 'Anmelden', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Startseite' }).waitFor();
    await expect.poll(() => page.title()).toMatch(/SocialHub/);
    await page.goto('/settings/language');
    await page.getByRole('combobox', { name: 'Sprache' }).selectOption('English');
    await page.getByRole('button', { name: 'Diese Sprache verwenden' }).click();
    await page.getByRole('heading', { level: 1, name: 'Language' }).waitFor();
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  },
);

test('what happens in a German page is told in German, and its counts are plurals', async () => {
  const id = fill();
  const { page } = await openGermanHome();
  await page.goto(`/post/${id}`);
  await page.getByRole('heading', { level: 1, name: 'Beitrag' }).waitFor();
  const time = page.getByRole('article').locator('time').first();
  await expect.poll(() => time.textContent()).toBe('1. März 2020');
  await expect.poll(() => time.getAttribute('title')).toMatch(/^1\. März 2020 um \d\d:30/);
  const box = page.getByRole('textbox', { name: 'Dein Kommentar' });
  await box.fill('Eins');
  await page.getByRole('button', { name: 'Kommentieren', exact: true }).click();
  await page.getByRole('link', { name: '1 Kommentar', exact: true }).waitFor();
  await expect.poll(() => site.gateway.state.commentKeys.size).toBe(1);
  await box.fill('Zwei');
  await page.getByRole('button', { name: 'Kommentieren', exact: true }).click();
  await page.getByRole('link', { name: '2 Kommentare', exact: true }).waitFor();
  await page.goto('/notifications');
  const rows = page.getByRole('list', { name: /Mitteilungen/ }).getByRole('listitem');
  await rows.filter({ hasText: 'Ben und 20 weitere haben deinen Beitrag kommentiert' }).waitFor();
  await rows.filter({ hasText: 'Ben hat auf deinen Beitrag reagiert' }).waitFor();
});

test('a gateway that is away is told in German', async () => {
  const { page } = await openGermanHome();
  site.gateway.state.down.add('homeTimeline');
  await page.goto('/');
  await page.getByRole('main').getByText('SocialHub ist gerade nicht erreichbar').waitFor();
});

test('German pages have no faults, and none is wider than the narrowest phone', async () => {
  const id = fill();
  const faults: string[] = [];
  const { page } = await openGermanHome();
  for (const path of ['/', `/post/${id}`, '/notifications', '/messages', ...settings, '/u/ben', '/compose']) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    faults.push(...(await pageFaults(page, path)));
    await page.setViewportSize({ width: 320, height: 700 });
    if (await isWide(page)) faults.push(`${path} scrolls sideways on a phone`);
  }
  expect(faults).toEqual([]);
}, 300_000);

test('what German visitors are shown has no faults on the narrowest phone', async () => {
  fill();
  const faults: string[] = [];
  const { page } = await site.open('/', { ...german, viewport: { width: 320, height: 700 } });
  for (const path of [
    '/',
    '/explore',
    '/search?q=ben',
    '/sign-in',
    '/sign-up',
    '/forgot-password',
    '/about',
  ]) {
    await page.goto(path);
    faults.push(...(await pageFaults(page, path)));
  }
  expect(faults).toEqual([]);
}, 300_000);

const settings = ['profile', 'account', 'security', 'muted', 'notifications', 'data', 'language'].map(
  (name) => `/settings/${name}`,
);

let backwards: ReturnType<typeof startWeb> | undefined;
afterAll(async () => (await backwards)?.stop());

test('from right to left nothing is wider than the screen, and what began at the left begins at the right', async () => {
  backwards ??= startWeb({
    port: await freePort(),
    gatewayUrl: site.gateway.url,
    mediaOrigin: site.gateway.url,
    identityKeys: webKeys,
    settings: { TEST_LANGUAGES: '1' },
    log: { info: () => undefined },
  });
  const { url } = await backwards;
  const id = fill();
  const { context, page } = await site.open('/explore');
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Email or username').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill('engine-number-one');
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  const name = `socialhub-language-${new URL(url).port}`;
  await context.addCookies([{ name, value: 'ar-XB', url }]);
  const faults: string[] = [];
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of [
      '/',
      `/post/${id}`,
      '/notifications',
      '/messages',
      ...settings,
      '/u/ben',
      '/compose',
    ]) {
      await page.goto(`${url}${path}`);
      await page.locator('html[lang="ar-XB"][dir="rtl"]').waitFor();
      if (await isWide(page)) faults.push(`${path} at ${width} scrolls sideways`);
    }
  }
  expect(faults).toEqual([]);
  await page.goto(`${url}/explore`);
  const author = await page.getByRole('article').first().locator('h2 a').boundingBox();
  const card = await page.getByRole('article').first().boundingBox();
  const middle = (box: typeof card) => (box ? box.x + box.width / 2 : 0);
  expect(middle(author)).toBeGreaterThan(middle(card));
}, 300_000);
