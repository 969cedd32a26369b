import { buildIfStale } from '@socialhub/local/web/build';
import { startWeb } from '@socialhub/local/web/start';
import { freePort } from '@socialhub/servers/ports';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { cookiesOf, sessionCookies } from '../src/session/cookies.ts';
import type { TokensFragment } from '../src/session/generated/documents.ts';
import { findChromium, launchBrowser, type Visit, visit } from './browser.ts';
import { type FakeGateway, startFakeGateway } from './fake-gateway.ts';
import { person } from './fake-objects.ts';
import type { FakeUser } from './fake-state.ts';

/** The web's own, as one that the gateway knows. */
export const webKeys = `k1:${'w'.repeat(40)}`;
export const PASSWORD = 'engine-number-one';

/** Signs ada in on the page that has the form. */
export async function signIn(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel('Email or username').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs out by the banner; a narrow screen has that in a menu. */
export async function signOut(page: Page): Promise<void> {
  const banner = page.getByRole('banner');
  const menu = banner.locator('summary');
  if (await menu.isVisible()) await menu.click();
  await banner.getByRole('button', { name: 'Sign out' }).click();
}

/** Opens what else one can do about somebody, on their profile; what is open stays so. */
export async function openActs(page: Page): Promise<void> {
  if ((await page.locator(':popover-open').count()) > 0) return;
  await page.getByRole('button', { name: /^More about (?!this)/ }).click();
}

/** Blocks somebody on their profile, which asks first. */
export async function block(page: Page): Promise<void> {
  await openActs(page);
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByRole('button', { name: 'Block this person' }).click();
}

/** Gives the browser's cookie with that word in its name. */
export async function cookieNamed(opened: Visit, part: string) {
  return (await opened.context.cookies()).find(({ name }) => name.includes(part));
}

interface Site {
  web: Awaited<ReturnType<typeof startWeb>>;
  gateway: FakeGateway;
  browser: Browser;
  /** What the browser calls itself. */
  userAgent: string;
  said: string[];
}

// One for all files of a worker, which share their modules; its processes end with the worker's.
let started: Promise<Site> | undefined;

async function startSite(): Promise<Site> {
  const said: string[] = [];
  const log = { info: (line: string) => void said.push(line) };
  await buildIfStale({ log });
  const gateway = await startFakeGateway();
  const [web, browser] = await Promise.all([
    startWeb({
      port: await freePort(),
      gatewayUrl: gateway.url,
      mediaOrigin: gateway.url,
      identityKeys: webKeys,
      // What a test changes is to be seen at once.
      settings: { WEB_KEEP_PUBLIC_SECONDS: '0' },
      log,
    }),
    launchBrowser(),
  ]);
  const page = await browser.newPage();
  const userAgent = await page.evaluate(() => navigator.userAgent);
  await page.close();
  return { web, gateway, browser, userAgent, said };
}

/** The web on a fake gateway, for the tests of a file; before each the gateway knows ada alone. */
export function testSite() {
  let web: Site['web'];
  let gateway: FakeGateway;
  let browser: Browser;
  let userAgent = '';
  let said: string[] = [];
  let ada: FakeUser;
  const visits: Visit[] = [];

  beforeAll(async () => {
    if (!findChromium()) return;
    started ??= startSite();
    ({ web, gateway, browser, userAgent, said } = await started);
  }, 300_000);

  beforeEach((test) => {
    test.skip(!findChromium(), 'Chromium is not installed');
    ada = person('ada', 'Ada Lovelace');
    gateway.reset();
    gateway.add(ada, PASSWORD);
  });

  // No page may run into its own Content-Security-Policy, a hydration mismatch or a script error.
  afterEach(async () => {
    const open = visits.splice(0);
    await Promise.all(open.map(({ context }) => context.close()));
    expect(open.flatMap(({ faults }) => faults)).toEqual([]);
  });

  async function visitAs(who: FakeUser | null, options?: BrowserContextOptions): Promise<Visit> {
    const opened = await visit(browser, web.url, options);
    visits.push(opened);
    if (who !== null) {
      const names = sessionCookies(new Headers({ host: new URL(web.url).host }));
      const cookies = cookiesOf(names, gateway.issue(who, { userAgent }) as TokensFragment);
      await opened.context.addCookies(
        cookies.map(({ name, value, httpOnly, maxAge }) => ({
          name,
          value,
          httpOnly,
          url: web.url,
          sameSite: 'Lax' as const,
          expires: Date.now() / 1000 + maxAge,
        })),
      );
    }
    return opened;
  }

  async function open(path: string, options?: BrowserContextOptions): Promise<Visit> {
    const opened = await visitAs(null, options);
    await opened.page.goto(path);
    return opened;
  }

  return {
    get gateway() {
      return gateway;
    },
    get url() {
      return web.url;
    },
    /** The same site by name, for what browsers have for names alone. */
    get named() {
      return web.url.replace('127.0.0.1', 'localhost');
    },
    /** What the web's processes have written so far, line by line. */
    get said(): readonly string[] {
      return said;
    },
    get ada() {
      return ada;
    },
    /** A page of a browser that was never here. */
    open,
    /** As open, with a session of ada's. */
    async openSignedIn(path: string, options?: BrowserContextOptions): Promise<Visit> {
      const opened = await visitAs(ada, options);
      await opened.page.goto(path);
      return opened;
    },
    /** As openSignedIn, at home. */
    async openHome(options?: BrowserContextOptions): Promise<Visit> {
      const opened = await visitAs(ada, options);
      await opened.page.goto('/');
      await opened.page.getByRole('heading', { name: 'Home' }).waitFor();
      return opened;
    },
  };
}
