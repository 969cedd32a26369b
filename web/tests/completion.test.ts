import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

const area = (page: Page) => page.getByLabel('What would you like to say?');
const people = (page: Page) => page.getByRole('listbox', { name: 'People' });
const asked = () => site.gateway.state.calls.filter((call) => call === 'searchUsers').length;

/** At home, with the graph here. */
async function openHome(options?: Parameters<typeof site.openHome>[0]) {
  for (const [username, name] of [
    ['grace', 'Grace Hopper'],
    ['graham', 'Graham Bell'],
    ['mary', 'Mary Somerville'],
  ] as const)
    site.gateway.add(person(username, name), PASSWORD);
  const opened = await site.openHome(options);
  await expect.poll(() => site.gateway.openSockets()).toBeGreaterThan(0);
  return opened;
}

test('who is named is suggested, by keys alone', async () => {
  const { page } = await openHome();
  await page.getByLabel('Who can see it').selectOption('Mentioned people only');
  await page.getByText('nobody is named yet').waitFor();
  await area(page).pressSequentially('With @gra');
  await expect.poll(() => page.getByText('nobody is named yet').count()).toBe(0);
  await people(page).getByRole('option').nth(1).waitFor();
  const active = () => area(page).getAttribute('aria-activedescendant');
  const first = await active();
  await expect.poll(() => page.locator(`[id="${first}"]`).textContent()).toContain('Grace Hopper');
  await page.keyboard.press('ArrowDown');
  await expect.poll(active).not.toBe(first);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => area(page).inputValue()).toBe('With @graham ');
  await expect.poll(() => people(page).count()).toBe(0);
  await page.keyboard.type('and @grac');
  await expect.poll(() => people(page).getByRole('option').count()).toBe(1);
  await page.keyboard.press('Tab');
  await page.keyboard.type('too');
  await expect.poll(() => area(page).inputValue()).toBe('With @graham and @grace too');
});

test('Escape closes the suggestions for as long as the same name is written', async () => {
  const { page } = await openHome();
  await area(page).pressSequentially('@gr');
  await people(page).getByRole('option').nth(1).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => people(page).count()).toBe(0);
  const before = asked();
  await page.keyboard.type('a');
  await expect.poll(asked).toBe(before + 1);
  await expect.poll(() => people(page).count()).toBe(0);
  await page.keyboard.press('Enter');
  await expect.poll(() => area(page).inputValue()).toBe('@gra\n');
  await page.keyboard.type('@mar');
  await expect.poll(() => people(page).getByRole('option').count()).toBe(1);
});

test('a suggestion can be pressed in the middle of a text, and the text keeps the focus', async () => {
  const { page } = await openHome();
  await area(page).fill('See @gr tomorrow');
  await page.keyboard.press('Home');
  for (let step = 0; step < 'See @gr'.length; step += 1) await page.keyboard.press('ArrowRight');
  await people(page).getByRole('option', { name: 'Grace Hopper' }).click();
  await expect.poll(() => area(page).inputValue()).toBe('See @grace tomorrow');
  expect(
    await area(page).evaluate((element: HTMLTextAreaElement) => [
      element === document.activeElement,
      element.selectionStart,
    ]),
  ).toEqual([true, 10]);
});

test('one question is under way at a time, and the next one is for what stands there last', async () => {
  const { page } = await openHome();
  const words: string[] = [];
  const { promise, resolve: release } = Promise.withResolvers<void>();
  await page.route(`${site.gateway.url}/graphql`, async (route) => {
    const sent = route.request().postDataJSON() as {
      operationName?: string;
      variables: { query: string };
    } | null;
    if (sent?.operationName === 'SuggestedPeople') {
      words.push(sent.variables.query);
      if (words.length === 1) await promise;
    }
    await route.continue();
  });
  await area(page).pressSequentially('@g');
  await expect.poll(() => words).toEqual(['g']);
  await area(page).pressSequentially('rac', { delay: 300 });
  expect(words).toEqual(['g']);
  release();
  await people(page).getByRole('option', { name: 'Grace Hopper' }).waitFor();
  await expect.poll(() => words.at(-1)).toBe('grac');
  expect(words.length).toBeLessThan(4);
});

test('tags that one has used are suggested; what cannot be asked is left out quietly', async () => {
  site.gateway.state.posts.push(
    post(site.ada, '#lake #lamp', { hashtags: ['lake', 'lamp'] }),
    post(site.ada, '#hill', { hashtags: ['hill'] }),
  );
  const { page } = await openHome();
  await area(page).pressSequentially('At the #la');
  const tags = page.getByRole('listbox', { name: 'Hashtags' });
  await expect.poll(() => tags.getByRole('option').allTextContents()).toEqual(['#lake', '#lamp']);
  await page.keyboard.press('Enter');
  await expect.poll(() => area(page).inputValue()).toBe('At the #lake ');
  site.gateway.state.down.add('searchUsers');
  await area(page).pressSequentially('@gra');
  await expect.poll(asked).toBe(1);
  site.gateway.state.down.clear();
  await area(page).pressSequentially('c');
  await expect.poll(() => people(page).getByRole('option').count()).toBe(1);
});

test('the suggestions have no faults on the narrowest phone', async () => {
  const { page } = await openHome({ viewport: { width: 320, height: 700 } });
  await area(page).pressSequentially('@gra');
  await people(page).getByRole('option').nth(1).waitFor();
  expect(await pageFaults(page, 'completion')).toEqual([]);
});
