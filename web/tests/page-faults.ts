import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Gives what axe finds wrong with the page in light and in dark, where colours alone can be otherwise. */
export async function axeFaults(page: Page, name: string): Promise<string[]> {
  // Within the site the title of the next page comes a moment after what it shows.
  await page.waitForFunction(() => document.title !== '');
  const inLight = await violationsOf(page, {});
  await page.emulateMedia({ colorScheme: 'dark' });
  const inDark = await violationsOf(page, { runOnly: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...inLight, ...inDark.map((fault) => `dark: ${fault}`)].map((fault) => `${name}: ${fault}`);
}

type AxeOptions = Parameters<AxeBuilder['options']>[0];

async function violationsOf(page: Page, options: AxeOptions): Promise<string[]> {
  // Colours that change by degrees, under the pointer or in another mode, are on their way at first.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  // The mode that is called legacy is for pages without frames, and needs no second page.
  const builder = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ ...options, resultTypes: ['violations'] });
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
}

/** Says whether the page scrolls sideways. */
export const isWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

/** Gives what is wrong with the page for those who see it otherwise, or on the narrowest phone. */
export async function pageFaults(page: Page, name: string): Promise<string[]> {
  const faults = await axeFaults(page, name);
  return (await isWide(page)) ? [...faults, `${name} scrolls sideways`] : faults;
}
