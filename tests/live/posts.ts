import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveSite, onPhone, type Player } from './site.ts';

/** What is posted is answered, by hand and live. */
export function tellOfPosts(site: LiveSite): void {
  let anns: Player;
  let bens: Player;

  beforeAll(async () => {
    [anns, bens] = await Promise.all([site.enter('Ann'), site.enter('Ben', onPhone)]);
  }, 120_000);
  afterAll(() => site.leave());

  const card = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
  const newComment = (page: Page) => page.getByLabel('Your comment', { exact: true });

  it('one posts; the other reacts, comments and reposts, and answers are answered', async () => {
    await anns.page.getByLabel('What would you like to say?').fill('A walk by the sea');
    await anns.page.getByRole('button', { name: 'Post', exact: true }).click();
    await card(anns.page, 'A walk by the sea').waitFor();

    const { page } = bens;
    await page.goto(`/u/${anns.person.username}`);
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
    // Whoever is replied to hears so, and the open page with them.
    await page.getByRole('button', { name: 'Show 1 new comment' }).click();
    await page.getByRole('list', { name: 'Replies' }).getByText('The North Sea').first().waitFor();
    await page
      .getByRole('link', { name: /to this comment/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Comment' }).waitFor();
    await card(page, 'The North Sea').waitFor();
  }, 90_000);

  it('what one posts is told of in the home of the other, who shows it; it is changed, and deleted', async () => {
    const { page } = bens;
    await page.goto(`/u/${anns.person.username}`);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.getByRole('button', { name: 'Unfollow', disabled: false }).waitFor();
    await page.goto('/');
    await card(page, 'A walk by the sea').first().waitFor();
    await page.waitForLoadState('networkidle');
    await anns.page.goto('/');
    await anns.page.getByLabel('What would you like to say?').fill('And one by the river');
    await anns.page.getByRole('button', { name: 'Post', exact: true }).click();
    const mine = card(anns.page, 'And one by the river');
    await mine.waitFor();
    await page.getByRole('button', { name: 'Show 1 new post' }).click({ timeout: 30_000 });
    await card(page, 'And one by the river').waitFor();
    await mine.getByRole('button', { name: 'More about this post' }).click();
    await mine.getByRole('link', { name: 'Edit' }).click();
    await anns.page.getByLabel('Text', { exact: true }).fill('And one by the lake');
    await anns.page.getByRole('button', { name: 'Save' }).click();
    await anns.page.getByRole('heading', { level: 1, name: 'Post' }).waitFor();
    const changed = card(anns.page, 'And one by the lake');
    await changed.getByRole('link', { name: 'edited', exact: true }).waitFor();
    await card(page, 'And one by the river')
      .getByRole('link', { name: /to this post/ })
      .click();
    await page.getByRole('link', { name: 'edited', exact: true }).click();
    await page.getByText('And one by the river').waitFor();
    await changed.getByRole('button', { name: 'More about this post' }).click();
    await changed.getByRole('button', { name: 'Delete', exact: true }).click();
    await changed.getByRole('button', { name: 'Delete the post' }).click();
    await anns.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await expect.poll(() => card(anns.page, 'And one by the lake').count()).toBe(0);
  }, 90_000);
}
