import type { Page } from 'playwright-core';

/** What is there only once somebody opens it: the page that it is on, and how. By what it is made of, in every language alike. */
export interface Opened {
  name: string;
  on: string;
  /** Where the first link to the page is, if its address has an id. */
  behind?: string;
  /** The size at which it is there, if not at all. */
  size?: string;
  open: (page: Page) => Promise<void>;
}

const menuOf = 'button[popovertarget]:not([data-takes-focus]):visible';
const conversation = 'a[href^="/messages/"]:not([href="/messages/new"])';
const press = (selector: string) => (page: Page) => page.locator(selector).first().click();
const pressed =
  (...selectors: string[]) =>
  async (page: Page) => {
    for (const selector of selectors) await press(selector)(page);
  };

export const opened: readonly Opened[] = [
  { name: 'menu-of-post', on: '/u/grace', open: press(`main article ${menuOf}`) },
  {
    name: 'menu-of-own-post',
    on: '/u/ada',
    open: pressed(`main article ${menuOf}`),
  },
  {
    name: 'deleting-post',
    on: '/u/ada',
    open: pressed(`main article ${menuOf}`, 'main article :popover-open li:last-child button'),
  },
  { name: 'emojis', on: '/u/grace', open: press('main article form > button[data-takes-focus]:visible') },
  {
    name: 'picture',
    on: '/u/ada',
    open: async (page) => {
      await press('main a[data-picture]')(page);
      await page.locator('dialog[open]').waitFor();
    },
  },
  { name: 'menu-of-person', on: '/u/grace', open: press(`main ${menuOf}`) },
  {
    name: 'muting',
    on: '/u/grace',
    open: pressed(`main ${menuOf}`, ':popover-open > ul > li:nth-last-child(2) button'),
  },
  {
    name: 'blocking',
    on: '/u/grace',
    open: pressed(`main ${menuOf}`, ':popover-open > ul > li:last-child button'),
  },
  {
    name: 'keys',
    on: '/',
    open: async (page) => {
      await page.keyboard.press('?');
      await page.locator('dialog[open]').waitFor();
    },
  },
  { name: 'more', on: '/', size: 'phone', open: press('header details > summary') },
  {
    name: 'composer-full',
    on: '/compose',
    open: async (page) => {
      await page.locator('main textarea').first().fill('Tomorrow at seven, by the pier, with @gr');
      await page.locator('main details > summary').first().click();
      await page.locator('main textarea').first().press('End');
      await page.locator('main textarea').first().pressSequentially('a');
      await page.locator('[role=option]').first().waitFor();
    },
  },
  {
    name: 'menu-of-message',
    on: '/messages',
    behind: conversation,
    open: press('[role=log] li button[aria-haspopup]'),
  },
  {
    name: 'members',
    on: '/messages',
    behind: conversation,
    open: pressed('main a[href$="/members"]', 'main input[name]:visible'),
  },
  {
    name: 'menu-of-comment',
    on: '/search?q=blanket&type=posts',
    behind: 'a[href^="/post/"]',
    open: press(`main li ${menuOf}`),
  },
];
