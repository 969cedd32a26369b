import { type System, startSystem } from '@socialhub/local/system';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchBrowser, type Visit, visit } from '../web/tests/browser.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';

describe.skipIf(!findChromium())('posts in two browsers, on the real system', () => {
  let system: System;
  let browser: Browser;
  let anns: Visit;
  let bens: Visit;
  let ann: Person;

  beforeAll(async () => {
    system = await startSystem(await startOptions({ web: true }));
    browser = await launchBrowser();
    const people = await Promise.all([
      register(system.gatewayUrl, 'Ann'),
      register(system.gatewayUrl, 'Ben'),
    ]);
    ann = people[0];
    [anns, bens] = await Promise.all([signIn(people[0]), signIn(people[1])]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await removeHomes();
  }, 60_000);

  async function signIn({ username, password }: Person): Promise<Visit> {
    const opened = await visit(browser, system.webUrl ?? '');
    const { page } = opened;
    await page.goto('/sign-in');
    await page.getByLabel(/username/i).fill(username);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await page.waitForLoadState('networkidle');
    return opened;
  }

  const card = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
  const newComment = (page: Page) => page.getByLabel('Your comment', { exact: true });

  it('one posts; the other reacts, comments and reposts, and answers are answered', async () => {
    await anns.page.getByLabel('What would you like to say?').fill('A walk by the sea');
    await anns.page.getByRole('button', { name: 'Post', exact: true }).click();
    await card(anns.page, 'A walk by the sea').waitFor();

    const { page } = bens;
    await page.goto(`/u/${ann.username}`);
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'React' }).click();
    await page.getByRole('button', { name: '🎉' }).click();
    await page.getByRole('button', { name: '🎉 1', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Repost' }).click();
    await page.getByRole('button', { name: 'Repost 1', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Bookmark' }).click();
    await page.getByRole('button', { name: 'Bookmark', pressed: true }).waitFor();
    await page.getByRole('link', { name: 'Comment', exact: true }).click();
    await newComment(page).fill('Which sea?');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await card(page, 'Which sea?').waitFor();
    await page.getByRole('link', { name: '1 comment' }).waitFor();
    await expect.poll(() => newComment(page).inputValue()).toBe('');

    await anns.page.getByRole('link', { name: /to this post and its comments/ }).click();
    await card(anns.page, 'Which sea?').getByText('Reply', { exact: true }).first().click();
    await anns.page.getByLabel('Your reply').first().fill('The North Sea');
    await anns.page.keyboard.press('Control+Enter');
    await anns.page.getByRole('list', { name: 'Replies' }).getByText('The North Sea').first().waitFor();
    await anns.page.getByRole('button', { name: '🎉 1', pressed: false }).waitFor();
    await page.reload();
    await page.getByRole('list', { name: 'Replies' }).getByText('The North Sea').waitFor();
    await page
      .getByRole('link', { name: /to this comment/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Comment' }).waitFor();
    await card(page, 'The North Sea').waitFor();
  }, 90_000);

  it('no page ran into a fault', () => {
    expect([...anns.faults, ...bens.faults]).toEqual([]);
  });
});
