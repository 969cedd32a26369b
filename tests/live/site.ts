import type { StartOptions } from '@socialhub/local/options';
import { type System, startSystem } from '@socialhub/local/system';
import type { dataOf } from '@socialhub/platform/testing/until';
import { type Browser, type BrowserContextOptions, devices, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser, type Visit, visit } from '../../web/tests/browser.ts';
import { phone } from '../story/client.ts';
import { removeHomes, startOptions } from '../story/home.ts';
import { type Person, register } from '../story/people.ts';

/** Somebody in a browser of their own, signed in, at home, where what happens arrives. */
export interface Player extends Visit {
  person: Person;
  /** Sends an operation by another device, whose session is its own. */
  act(query: string, variables?: object): Promise<ReturnType<typeof dataOf>>;
}

/** The real system with its web, and Chromium. */
export interface LiveSite {
  readonly system: System;
  /** A browser of somebody who is signed out. */
  open(options?: BrowserContextOptions): Promise<Visit>;
  /** Signs somebody in, who is at home then, where what happens arrives. */
  signIn(page: Page, who: Person): Promise<void>;
  /** Somebody new. */
  enter(name: string, options?: BrowserContextOptions): Promise<Player>;
  /** Closes all browsers; none of their pages may have run into a fault. */
  leave(): Promise<void>;
}

/** A desk by day, and a telephone at night. */
export const atDesk: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' };
export const onPhone: BrowserContextOptions = { ...devices['Pixel 7'], colorScheme: 'dark' };

/** One system for all chapters of a file. Access tokens end while the chapters are told. */
export function liveSite(layout: Partial<StartOptions> = {}): LiveSite {
  let system: System;
  let browser: Browser | undefined;
  const visits: Visit[] = [];

  beforeAll(async () => {
    const operatorSettings = { auth: { ACCESS_TOKEN_SECONDS: '60' } };
    system = await startSystem(await startOptions({ web: true, operatorSettings, ...layout }));
    browser = await launchBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await removeHomes();
  }, 60_000);

  async function open(options: BrowserContextOptions = atDesk): Promise<Visit> {
    const opened = await visit(browser as Browser, system.webUrl ?? '', options);
    visits.push(opened);
    return opened;
  }

  async function signIn(page: Page, { username, password }: Person): Promise<void> {
    await page.goto('/sign-in');
    await page.getByLabel(/username/i).fill(username);
    await page.getByLabel('Password').fill(password);
    const isLive = untilLive(page);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await isLive;
  }

  return {
    get system() {
      return system;
    },
    open,
    signIn,
    async enter(name, options) {
      const [person, opened] = await Promise.all([register(system.gatewayUrl, name), open(options)]);
      await signIn(opened.page, person);
      const act: Player['act'] = async (query, variables) => {
        const { username: identifier, password } = person;
        const logIn = 'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }';
        const made = await phone(system.gatewayUrl).ask(logIn, { input: { identifier, password } });
        return phone(system.gatewayUrl, made.logIn.tokens.accessToken).ask(query, variables);
      };
      return { ...opened, person, act };
    },
    async leave() {
      const left = visits.splice(0);
      await Promise.all(left.map(({ context }) => context.close()));
      expect(left.flatMap(({ faults }) => faults)).toEqual([]);
    },
  };
}

/** Behind its subscriptions a page asks for what it may have missed: the answers tell that all are there. */
function untilLive(page: Page): Promise<void> {
  const waited = new Set(['"conversations"', '"notifications"']);
  return new Promise((resolve) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        for (const one of waited) if (String(payload).includes(one)) waited.delete(one);
        if (waited.size === 0) resolve();
      }),
    );
  });
}
