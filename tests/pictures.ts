import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type System, startSystem } from '@socialhub/local/system';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../web/tests/browser.ts';
import { type Opened, opened } from './opened.ts';
import { removeHomes, startOptions } from './story/home.ts';

/*
 * `npm run pictures [folder]`: every page of the web as a picture, as long as it is (to a limit), and what opens there, with the demo's people
 * and their posts; to be looked at one by one. Without more it draws at a desk and on a phone, in light and in dark, in English;
 * `--sizes`, `--looks` and `--languages` name others, and `--pages` those pages alone whose picture's name has one of these words
 * in it: `npm run pictures -- --languages de,ar-XB --sizes narrow --looks forced`.
 */

const sizes: Record<string, BrowserContextOptions> = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  narrow: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
  /** A desk whose reader has everything twice as large. */
  zoomed: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
};
const looks: Record<string, BrowserContextOptions> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
};
/** Pixels of CSS. */
const LONGEST = 2_000;

const { values: wanted, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: 'desk,phone' },
    looks: { type: 'string', default: 'light,dark' },
    languages: { type: 'string', default: 'en' },
    pages: { type: 'string', default: '' },
  },
});
const folder = resolve(positionals[0] ?? '.socialhub/pictures');
const words = wanted.pages.split(',');

const forStrangers = [
  '/',
  '/explore',
  '/u/ada',
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/about',
  '/rules',
  '/terms',
  '/privacy',
  '/nowhere',
];
const forMembers = [
  '/',
  '/explore',
  '/search',
  '/search?q=a',
  '/search?q=a&type=posts',
  '/search?q=nobody+has+this+name',
  '/tag/sea',
  '/notifications',
  '/notifications?show=mentions',
  '/messages',
  '/messages/new',
  '/bookmarks',
  '/compose',
  '/welcome',
  '/u/ada',
  '/u/grace',
  '/u/linus',
  '/u/grace/followers',
  '/settings',
  '/settings/profile',
  '/settings/account',
  '/settings/security',
  '/settings/data',
  '/settings/notifications',
  '/settings/muted',
  '/settings/blocked',
  '/settings/follow-requests',
  '/settings/language',
  '/moderation',
];
/** Pages that have an id in their address, and where the first link to one is. */
const behind = [
  { name: 'post', on: '/explore', link: 'a[href^="/post/"]' },
  { name: 'post-answered', on: '/search?q=blanket&type=posts', link: 'a[href^="/post/"]' },
  { name: 'conversation', on: '/messages', link: 'a[href^="/messages/"]:not([href="/messages/new"])' },
];

async function take(page: Page, path: string, name: string): Promise<void> {
  if (!words.some((word) => name.includes(word))) return;
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.setViewportSize({ ...size, height: Math.min(Math.max(height, size.height), LONGEST) });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.setViewportSize(size);
  process.stdout.write(`${name}\n`);
}

/** As a reader sees it, with what is open. */
async function takeOpened(page: Page, { name, on, behind, open }: Opened, ending: string): Promise<void> {
  if (!words.some((word) => name.includes(word))) return;
  await page.goto(on);
  if (behind) {
    const href = await page.getByRole('main').locator(behind).first().getAttribute('href');
    await page.goto(href ?? on);
  }
  await page.waitForLoadState('networkidle');
  await open(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${folder}/opened-${name}-${ending}.png` });
  process.stdout.write(`opened-${name}-${ending}\n`);
}

const nameOf = (path: string) => path.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '') || 'home';

/** Signs in the first of the demo's people, and gives what their browser keeps of it. */
async function signIn(browser: Browser, { webUrl, demo }: System) {
  const context = await browser.newContext({ baseURL: webUrl ?? '' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel(/username/i).fill(demo[0]?.username ?? '');
  await page.getByLabel('Password').fill(demo[0]?.password ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  const kept = await context.storageState();
  await context.close();
  return kept;
}

async function takeAll(browser: Browser, webUrl: string, member: StorageState, form: Form) {
  const options = { ...sizes[form.size], ...looks[form.look], baseURL: webUrl };
  const cookie = { name: `socialhub-language-${new URL(webUrl).port}`, value: form.language, url: webUrl };
  const ending = `${form.language}-${form.size}-${form.look}`;
  const [stranger, own] = await Promise.all(
    [undefined, member].map(async (storageState) => {
      const context = await browser.newContext({ ...options, ...(storageState && { storageState }) });
      await context.addCookies([cookie]);
      context.setDefaultTimeout(15_000);
      return context.newPage();
    }),
  );
  if (!stranger || !own) return;
  for (const path of forStrangers) await take(stranger, path, `stranger-${nameOf(path)}-${ending}`);
  for (const path of forMembers) await take(own, path, `${nameOf(path)}-${ending}`);
  for (const { name, on, link } of behind) {
    await own.goto(on);
    const href = await own.getByRole('main').locator(link).first().getAttribute('href');
    await take(own, href ?? on, `${name}-${ending}`);
  }
  for (const one of opened) {
    if (one.size && one.size !== form.size) continue;
    await takeOpened(own, one, ending).catch((fault) => {
      process.stderr.write(`${one.name}: ${fault}\n`);
      process.exitCode = 1;
    });
  }
  await stranger.context().close();
  await own.context().close();
}

type StorageState = Awaited<ReturnType<typeof signIn>>;
interface Form {
  language: string;
  size: string;
  look: string;
}

const forms: Form[] = wanted.languages
  .split(',')
  .flatMap((language) =>
    wanted.sizes
      .split(',')
      .flatMap((size) => wanted.looks.split(',').map((look) => ({ language, size, look }))),
  );
const unknown = forms.find(({ size, look }) => !sizes[size] || !looks[look]);
if (unknown) throw new Error(`there is no size ${unknown.size} or no look ${unknown.look}`);

await mkdir(folder, { recursive: true });
const system = await startSystem(
  await startOptions({ web: true, demo: true, operatorSettings: { web: { TEST_LANGUAGES: '1' } } }),
);
const browser = await launchBrowser();
try {
  const member = await signIn(browser, system);
  for (const form of forms) await takeAll(browser, system.webUrl ?? '', member, form);
} finally {
  await browser.close();
  await system.stop();
  await removeHomes();
}
