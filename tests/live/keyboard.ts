import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Person, register } from '../story/people.ts';
import type { LiveSite } from './site.ts';

/** What a member does most, without a mouse. */
export function tellOfKeyboard(site: LiveSite): void {
  let ann: Person;
  let ben: Person;
  let page: Page;

  beforeAll(async () => {
    const { gatewayUrl } = site.system;
    [ann, ben, { page }] = await Promise.all([
      register(gatewayUrl, 'Ann'),
      register(gatewayUrl, 'Ben'),
      site.open(),
    ]);
  }, 120_000);
  afterAll(() => site.leave());

  /** Goes on with the Tab key until it is there, as somebody does who sees where the focus is. */
  async function tabTo(target: Locator): Promise<void> {
    await target.first().waitFor();
    const focused = target.and(page.locator(':focus'));
    for (let pressed = 0; pressed < 100; pressed += 1) {
      if ((await focused.count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the focus never comes to ${target}`);
  }
  const press = async (target: Locator) => {
    await tabTo(target);
    await page.keyboard.press('Enter');
  };
  const button = (name: string | RegExp, more = {}) =>
    page.getByRole('button', { name, exact: true, ...more });

  it('signs in, posts, reacts, comments, follows, writes a message and signs out by keys alone', async () => {
    await page.goto('/sign-in');
    await tabTo(page.getByLabel(/username/i));
    await page.keyboard.type(ann.username);
    await tabTo(page.getByLabel('Password', { exact: true }));
    await page.keyboard.type(ann.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Home' }).waitFor();

    await tabTo(page.getByLabel('What would you like to say?'));
    await page.keyboard.type('By keys alone');
    await page.keyboard.press('Control+Enter');
    const article = page.getByRole('article').filter({ hasText: 'By keys alone' });
    await press(article.getByRole('button', { name: 'React' }));
    await press(article.getByRole('button', { name: '👍' }));
    await article.getByRole('button', { name: '👍 1', pressed: true }).waitFor();

    await press(article.getByRole('link', { name: 'Comment', exact: true }));
    await tabTo(page.getByLabel('Your comment', { exact: true }));
    await page.keyboard.type('And a comment');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article').filter({ hasText: 'And a comment' }).waitFor();

    await press(page.getByRole('link', { name: 'Search' }));
    await tabTo(page.getByRole('searchbox', { name: 'Search' }));
    await page.keyboard.type(ben.username);
    await press(page.getByRole('list', { name: 'People' }).getByRole('link'));
    await page.getByRole('heading', { level: 1, name: 'Ben' }).waitFor();
    await press(button('Follow'));
    await button('Unfollow').waitFor();
    await press(button('Message'));
    await tabTo(page.getByRole('textbox', { name: 'Message' }));
    await page.keyboard.type('Hello Ben');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('Hello Ben').waitFor();
    const heard = async () =>
      (await ben.ask('{ conversations(first: 1) { edges { node { lastMessage { text } } } } }')).conversations
        .edges[0]?.node.lastMessage.text;
    await expect.poll(heard).toBe('Hello Ben');

    await press(button('Sign out'));
    await page.getByText('You are signed out.').waitFor();
  }, 120_000);
}
