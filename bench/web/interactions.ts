import type { Page } from 'playwright-core';
import { type MeasuredSite, type Row, slowDown } from './site.ts';

const times = 8;

/** Of a page's script, as text. Event Timing tells of what takes 16 ms or more; what it does not tell of took less. */
const watch = `() => {
  globalThis.slowest = 16;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.interactionId) globalThis.slowest = Math.max(globalThis.slowest, entry.duration);
  }).observe({ type: 'event', durationThreshold: 16 });
}`;
// Behind the next paint, when the entry of what came before is there.
const told = `() => new Promise((resolve) => setTimeout(() => {
  const { slowest } = globalThis;
  globalThis.slowest = 16;
  resolve(slowest);
}, 400))`;

/** The longest that each press took until it was painted. */
async function pressed(page: Page, press: (nth: number) => Promise<void>): Promise<number> {
  let longest = 0;
  for (let nth = 0; nth < times; nth += 1) {
    await press(nth);
    longest = Math.max(longest, await page.evaluate<number>(`(${told})()`));
  }
  return longest;
}

/** From a press to the paint that answers it, at a quarter of this processor, where a member's graph is here. */
export async function measureInteractions(site: MeasuredSite): Promise<Row[]> {
  const { context, page } = await site.signIn(site.member);
  await context.addInitScript(`(${watch})()`);
  const untilThere = async (path: string) => {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  };
  await slowDown(page, 4);
  await untilThere('/explore');
  const reactions = page.locator(
    'article form button[aria-pressed][name=give], article form button[aria-pressed][name=take]',
  );
  const react = await pressed(page, () => reactions.first().click());
  const open = await pressed(page, async (nth) => {
    const links = page.getByRole('link', { name: /to this post and its comments/ });
    await links.nth(nth).click();
    await page.getByRole('heading', { name: 'Comments' }).waitFor();
    await page.goBack();
    await links.first().waitFor();
  });
  await untilThere(`/u/${site.other}`);
  const follow = await pressed(page, () => page.getByRole('button', { name: /^(Follow|Unfollow)$/ }).click());
  await context.close();
  return [
    { what: 'to react, ms', figure: react, asked: 200 },
    { what: 'to follow, ms', figure: follow, asked: 200 },
    { what: 'to open a post, ms', figure: open, asked: 200 },
  ];
}
