import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Gives what axe finds wrong with the page, each with the name given. */
export async function axeFaults(page: Page, name: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`);
}

/** Says whether the page scrolls sideways. */
export const isWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

/** Gives what is wrong with the page for those who see it otherwise, or on the narrowest phone. */
export async function pageFaults(page: Page, name: string): Promise<string[]> {
  const faults = await axeFaults(page, name);
  return (await isWide(page)) ? [...faults, `${name} scrolls sideways`] : faults;
}
