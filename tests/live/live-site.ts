import { type System, startSystem } from '@socialhub/local/system';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, type Visit, visit } from '../../web/tests/browser.ts';
import { removeHomes, startOptions } from '../story/home.ts';
import { type Person, register } from '../story/people.ts';

/** The real system with its web, and Chromium. */
export interface LiveSite {
  system: System;
  /** Those who were asked for, who have an account. */
  people: Person[];
  /** A browser of somebody who is signed out. */
  open(): Promise<Visit>;
  /** A browser of somebody's own, at home, where what happens arrives. */
  signIn(person: Person): Promise<Visit>;
  stop(): Promise<void>;
}

export async function startLiveSite(
  names: readonly string[],
  { operatorSettings }: Pick<NonNullable<Parameters<typeof startOptions>[0]>, 'operatorSettings'> = {},
): Promise<LiveSite> {
  const system = await startSystem(
    await startOptions({ web: true, ...(operatorSettings && { operatorSettings }) }),
  );
  let browser: Browser | undefined;
  const stop = async () => {
    await browser?.close();
    await system.stop();
    await removeHomes();
  };
  try {
    browser = await launchBrowser();
    const chromium = browser;
    const open = () => visit(chromium, system.webUrl ?? '');
    return {
      system,
      people: await Promise.all(names.map((name) => register(system.gatewayUrl, name))),
      open,
      async signIn({ username, password }) {
        const opened = await open();
        const { page } = opened;
        await page.goto('/sign-in');
        await page.getByLabel(/username/i).fill(username);
        await page.getByLabel('Password').fill(password);
        const isLive = untilLive(page);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.getByRole('heading', { name: 'Home' }).waitFor();
        await isLive;
        return opened;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
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
