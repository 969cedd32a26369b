import { expect, test, vi } from 'vitest';
import { person } from './fake-objects.ts';
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
    const { page } = await site.openHome({ javaScriptEnabled });
    await page.goto('/explore');
    await page.getByRole('searchbox', { name: 'Search' }).fill('babb');
    await page.getByRole('button', { name: 'Search' }).click();
    const found = page.getByRole('list', { name: 'People' }).getByRole('link');
    await found.waitFor();
    expect(await found.allTextContents()).toEqual(['Bob Babbage @bob']);
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('babb');
    await found.click();
    await page.getByRole('heading', { level: 1, name: 'Bob Babbage' }).waitFor();
  });

  test(`the way to the search is in the banner of every page, ${how} JavaScript`, async () => {
    const { page } = await site.openHome({ javaScriptEnabled });
    await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).waitFor();
    const here = page.getByRole('banner').getByRole('link', { name: 'Search' });
    expect(await here.getAttribute('aria-current')).toBe('page');
  });

  test(`many are found page by page, ${how} JavaScript`, async () => {
    for (let n = 10; n < 35; n += 1) add(`crowd${n}`, `Crowd ${n}`);
    const { page } = await site.openHome({ javaScriptEnabled });
    await page.goto('/search?q=crowd');
    const people = page.getByRole('list', { name: 'People' }).getByRole('listitem');
    await page.getByRole('link', { name: 'More people' }).waitFor();
    expect(await people.count()).toBe(20);
    await page.getByRole('link', { name: 'More people' }).click();
    await expect.poll(() => people.allTextContents()).toHaveLength(5);
    expect(await page.getByRole('link', { name: 'More people' }).count()).toBe(0);
  });
}

test('nobody, nothing, and a gateway that is away are said in words', async () => {
  const { page } = await site.openHome();
  await page.goto('/search?q=nobody%20like%20this');
  await page.getByRole('heading', { name: 'Nobody found' }).waitFor();
  await page.goto('/search?q=%20');
  await page.getByRole('searchbox', { name: 'Search' }).waitFor();
  expect(await page.getByRole('heading').allTextContents()).toEqual(['Search']);
  await page.getByRole('navigation', { name: 'What to search' }).getByRole('link', { name: 'Posts' }).click();
  await page.waitForURL('**/search?q=&type=posts');
  site.gateway.state.down.add('searchUsers');
  await page.goto('/search?q=bob');
  await page.getByRole('link', { name: 'Try again' }).waitFor();
  site.gateway.state.down.delete('searchUsers');
});

test('who is signed out is asked to sign in, and comes back to the search', async () => {
  const { page } = await site.open('/search?q=ada');
  await page.getByRole('heading', { name: 'Sign in to search' }).waitFor();
  const link = page.getByRole('main').getByRole('link', { name: 'Sign in' });
  expect(await link.getAttribute('href')).toBe('/sign-in?to=%2Fsearch%3Fq%3Dada%26type%3Dpeople');
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
