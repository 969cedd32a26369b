import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type System, startSystem } from '@socialhub/local/system';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../web/tests/browser.ts';
import { removeHomes, startOptions } from './story/home.ts';

/*
 * `npm run pictures [folder]`: every page of the web as a picture, at a desk and on a phone, in light and in dark, with the demo's
 * people and their posts. To be looked at one by one.
 */

const folder = resolve(process.argv[2] ?? '.socialhub/pictures');
const devices: Record<string, BrowserContextOptions> = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const forStrangers = [
  '/',
  '/explore',
  '/u/ada',
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/about',
  '/rules',
  '/nowhere',
];
const forMembers = [
  '/',
  '/explore',
  '/search?q=a',
  '/notifications',
  '/messages',
  '/messages/new',
  '/bookmarks',
  '/compose',
  '/u/grace',
  '/u/grace/followers',
  '/settings',
  '/settings/profile',
  '/settings/account',
  '/settings/security',
  '/settings/data',
  '/settings/muted',
  '/settings/blocked',
  '/settings/follow-requests',
];
/** Pages that have an id in their address, and where the first link to one is. */
const behind = [
  { name: 'post', on: '/explore', link: 'a[href^="/post/"]' },
  { name: 'conversation', on: '/messages', link: 'a[href^="/messages/"]:not([href="/messages/new"])' },
];

async function take(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${folder}/${name}.png` });
  process.stdout.write(`${name}\n`);
}

const nameOf = (path: string) => path.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '') || 'home';

async function takeAll(browser: Browser, { webUrl, demo }: System, device: string, scheme: 'light' | 'dark') {
  const options = { ...devices[device], baseURL: webUrl ?? '', colorScheme: scheme };
  const [stranger, member] = await Promise.all([browser.newContext(options), browser.newContext(options)]);
  const page = await stranger.newPage();
  for (const path of forStrangers) await take(page, path, `stranger-${nameOf(path)}-${device}-${scheme}`);
  await stranger.close();

  const own = await member.newPage();
  await own.goto('/sign-in');
  await own.getByLabel(/username/i).fill(demo[0]?.username ?? '');
  await own.getByLabel('Password').fill(demo[0]?.password ?? '');
  await own.getByRole('button', { name: 'Sign in', exact: true }).click();
  await own.getByRole('heading', { name: 'Home' }).waitFor();
  for (const path of forMembers) await take(own, path, `${nameOf(path)}-${device}-${scheme}`);
  for (const { name, on, link } of behind) {
    await own.goto(on);
    const href = await own.getByRole('main').locator(link).first().getAttribute('href');
    await take(own, href ?? on, `${name}-${device}-${scheme}`);
  }
  await member.close();
}

await mkdir(folder, { recursive: true });
const system = await startSystem(await startOptions({ web: true, demo: true }));
const browser = await launchBrowser();
try {
  for (const device of Object.keys(devices))
    for (const scheme of ['light', 'dark'] as const) await takeAll(browser, system, device, scheme);
} finally {
  await browser.close();
  await system.stop();
  await removeHomes();
}
