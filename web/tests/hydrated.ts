import type { Page } from 'playwright-core';
import { vi } from 'vitest';

/**
 * Lets `goto` and `reload` of a page wait also for React to work what came as HTML. Before that a click or a key is the browser's own: a
 * form is posted and the page loads anew, as without JavaScript, and where the focus was is lost. Who says what to wait for waits for
 * that alone.
 */
export function waitForHydration(page: Page): void {
  const { goto, reload } = page;
  page.goto = async (url, options) => {
    const answer = await goto.call(page, url, options);
    if (!options?.waitUntil) await hydrated(page);
    return answer;
  };
  page.reload = async (options) => {
    const answer = await reload.call(page, options);
    if (!options?.waitUntil) await hydrated(page);
    return answer;
  };
}

/** Until React works every control of the page, for as long as a page takes that a test keeps from it. */
async function hydrated(page: Page): Promise<void> {
  await vi
    .waitUntil(() => page.evaluate(isHydrated), { timeout: 5_000, interval: 20 })
    .catch(() => undefined);
}

/**
 * For the browser: whether the page is none of React's, or React has taken its controls and had its turns since, by which effects have
 * run. Unlike a timer a MessageChannel goes on under a test's own clock.
 */
const isHydrated = `(async () => {
  if (!document.querySelector('script[src*="/_next/static/"]')) return true;
  const controls = document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, form, summary');
  const isTaken = (control) => Object.keys(control).some((key) => key.startsWith('__reactFiber'));
  if (![...controls].every(isTaken)) return false;
  for (let turn = 0; turn < 4; turn += 1)
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  return true;
})()`;
