import { expect, test, vi } from 'vitest';
import { person } from './fake-objects.ts';
import { hold, openLive, untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

function add(username: string, displayName: string) {
  const one = person(username, displayName);
  site.gateway.add(one, PASSWORD);
  return one;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`people are searched from the page of what is new, and lead to their profiles, ${how} JavaScript`, async () => {
    add('bob', 'Bob Babbage');
    add('eve', 'Eve');
    const { page } = await site.openSignedIn('/explore', { javaScriptEnabled });
    await page.getByRole('searchbox', { name: 'Search' }).fill('babb');
    await page.getByRole('button', { name: 'Search' }).click();
    const found = page.getByRole('list', { name: 'People' }).getByRole('link');
    await found.waitFor();
    await expect.poll(() => found.allTextContents()).toEqual(['Bob Babbage @bob']);
    await expect.poll(() => page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('babb');
    await found.click();
    await page.getByRole('heading', { level: 1, name: 'Bob Babbage' }).waitFor();
  });

  test(`the way to the search is in the banner of every page, ${how} JavaScript`, async () => {
    const { page } = await site.openHome({ javaScriptEnabled });
    await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).waitFor();
    const here = page.getByRole('banner').getByRole('link', { name: 'Search' });
    await expect.poll(() => here.getAttribute('aria-current')).toBe('page');
  });

  test(`many are found page by page, ${how} JavaScript`, async () => {
    for (let n = 10; n < 35; n += 1) add(`crowd${n}`, `Crowd ${n}`);
    const { page } = await site.openSignedIn('/search?q=crowd', { javaScriptEnabled });
    const people = page.getByRole('list', { name: 'People' }).getByRole('listitem');
    await page.getByRole('link', { name: 'More people' }).waitFor();
    await expect.poll(() => people.count()).toBe(20);
    await page.getByRole('link', { name: 'More people' }).click();
    await expect.poll(() => people.allTextContents()).toHaveLength(5);
    await expect.poll(() => page.getByRole('link', { name: 'More people' }).count()).toBe(0);
  });
}

test('nobody, nothing, and a gateway that is away are said in words', async () => {
  const { page } = await site.openSignedIn('/search?q=nobody%20like%20this');
  await page.getByRole('heading', { name: 'Nobody found' }).waitFor();
  await page.goto('/search?q=%20');
  await page.getByRole('searchbox', { name: 'Search' }).waitFor();
  await expect.poll(() => page.getByRole('heading').allTextContents()).toEqual(['Search']);
  await page.getByRole('navigation', { name: 'What to search' }).getByRole('link', { name: 'Posts' }).click();
  await page.waitForURL('**/search?q=&type=posts');
  site.gateway.state.down.add('searchUsers');
  await page.goto('/search?q=bob');
  await page.getByRole('link', { name: 'Try again' }).waitFor();
  site.gateway.state.down.delete('searchUsers');
});

test('people are found as one types, with one question under way, and what is typed last counts', async () => {
  add('bob', 'Bob Babbage');
  add('barbara', 'Barbara Cartland');
  const { page } = await openLive(site);
  site.gateway.state.calls.length = 0;
  await page.goto('/search');
  await untilLive(site, page);
  const field = page.getByRole('searchbox', { name: 'Search' });
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  const people = page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await field.pressSequentially('ba');
  await people.nth(1).waitFor();
  const asked = () => site.gateway.state.calls.filter((name) => name === 'searchUsers').length;
  const before = asked();
  const release = await hold(site, page);
  await field.pressSequentially('b', { delay: 300 });
  for (const letter of ['b', 'a', 'g']) await field.pressSequentially(letter, { delay: 300 });
  expect(asked(), 'nothing is asked while a question is under way').toBe(before);
  release();
  await expect.poll(() => people.allInnerTexts()).toEqual([expect.stringContaining('Bob Babbage')]);
  await expect.poll(() => asked()).toBe(before + 2);
  await page.getByText('1 person found').waitFor({ state: 'attached' });
  await field.fill('nobody like this');
  await page.getByText('Nobody here has a name or username like this.').waitFor();
  const posts = page.getByRole('navigation', { name: 'What to search' }).getByRole('link', { name: 'Posts' });
  await expect.poll(() => posts.getAttribute('href')).toBe('/search?q=nobody+like+this&type=posts');
  await field.fill('');
  await page.getByText('Type a name or a username').waitFor();
  await field.fill('babb');
  await field.press('Enter');
  await page.waitForURL('**/search?**q=babb**');
  await people.getByRole('button', { name: 'Follow Bob Babbage' }).waitFor();
});

test('the address follows what is typed, so that it is kept by a reload and by coming back', async () => {
  add('bob', 'Bob Babbage');
  const { page } = await openLive(site);
  await page.goto('/search');
  await untilLive(site, page);
  const field = page.getByRole('searchbox', { name: 'Search' });
  const people = page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await field.pressSequentially('babb');
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('babb');
  await page.reload();
  await expect.poll(() => field.inputValue()).toBe('babb');
  await people.getByText('Bob Babbage').waitFor();
  await untilLive(site, page);
  await field.fill('babba');
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('babba');
  await people.getByRole('link', { name: 'Bob Babbage' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bob Babbage' }).waitFor();
  await page.goBack();
  await expect.poll(() => field.inputValue()).toBe('babba');
  await people.getByText('Bob Babbage').waitFor();
});

test('who is signed out is asked to sign in, and comes back to the search', async () => {
  const { page } = await site.open('/search?q=ada');
  await page.getByRole('heading', { name: 'Sign in to search' }).waitFor();
  const link = page.getByRole('main').getByRole('link', { name: 'Sign in' });
  await expect.poll(() => link.getAttribute('href')).toBe('/sign-in?to=%2Fsearch%3Fq%3Dada%26type%3Dpeople');
});

test('the page has no faults, with somebody found or nobody', async () => {
  add('bob', 'W'.repeat(50));
  const faults: string[] = [];
  const { page } = await site.openHome({ viewport: { width: 320, height: 640 } });
  for (const query of ['bob', 'nobody']) {
    await page.goto(`/search?q=${query}`);
    await page.getByRole('searchbox').waitFor();
    faults.push(...(await pageFaults(page, query)));
  }
  expect(faults).toEqual([]);
});
