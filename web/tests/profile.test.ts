import { expect, test, vi } from 'vitest';
import { person, picture } from './fake-objects.ts';
import type { FakeUser } from './fake-state.ts';
import { hold, untilLive } from './live-page.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

function add(username: string, displayName: string, more: Record<string, unknown> = {}) {
  const one = person(username, displayName, more);
  site.gateway.add(one, PASSWORD);
  return one;
}
const follow = (who: FakeUser, whom: FakeUser) => site.gateway.state.follows.add(`${who.id} ${whom.id}`);

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`one changes one’s profile, a fault stands beside its field, ${how} JavaScript`, async () => {
    const { page } = await site.openSignedIn('/u/ada', { javaScriptEnabled });
    await page.getByRole('link', { name: 'Edit profile' }).click();
    await page.getByLabel('About you').fill('a'.repeat(501));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('What you say of yourself takes at most 500 characters.').waitFor();
    await expect.poll(() => page.getByLabel('About you').inputValue()).toHaveLength(501);
    await page.getByLabel('Name').fill('Ada King');
    await page.getByLabel('About you').fill('שלום\nsecond line');
    await page.getByLabel('Private account').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved.').waitFor();
    await expect.poll(() => page.getByLabel('Private account').isChecked()).toBe(true);
    expect(site.ada).toMatchObject({ displayName: 'Ada King', bio: 'שלום\nsecond line', isPrivate: true });
    await page.goto('/u/ada');
    await page.getByRole('heading', { level: 1, name: 'Ada King' }).waitFor();
    expect(await page.getByText('שלום').evaluate((bio) => getComputedStyle(bio).direction)).toBe('rtl');
    await page.goto('/settings/profile');
    await page.getByLabel('About you').fill('  ');
    await page.getByLabel('Private account').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved.').waitFor();
    expect(site.ada).toMatchObject({ bio: null, isPrivate: false });
  });

  test(`who follows somebody is listed page by page, and is followed there, ${how} JavaScript`, async () => {
    const bob = add('bob', 'Bob', { bio: 'Of the workshop' });
    for (let n = 10; n < 35; n += 1) follow(add(`crowd${n}`, `Crowd ${n}`), bob);
    follow(bob, site.ada);
    const { page } = await site.openSignedIn('/u/bob', { javaScriptEnabled });
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Followers \d/ })
      .click();
    const people = page.getByRole('list', { name: 'Followers' }).getByRole('listitem');
    await people.nth(19).waitFor();
    await page.getByRole('link', { name: 'More people' }).click();
    await page.waitForURL('**/followers?after=**');
    await people.nth(4).waitFor();
    await expect.poll(() => people.count()).toBe(5);
    await page.getByRole('button', { name: 'Follow Crowd 34' }).click();
    await page.getByRole('button', { name: 'Unfollow Crowd 34', disabled: false }).waitFor();
    await page.goto('/u/ada/followers');
    await people.first().filter({ hasText: 'Of the workshop' }).filter({ hasText: 'Follows you' }).waitFor();
    await page.getByRole('navigation', { name: 'Profile' }).getByRole('link', { name: 'Following' }).click();
    await page.getByRole('link', { name: 'Crowd 34' }).waitFor();
  });
}

test('the focus stays on the button by which somebody is followed', async () => {
  const bob = add('bob', 'Bob');
  follow(bob, site.ada);
  const { page } = await site.openHome();
  for (const [path, before, after] of [
    ['/u/ada/followers', 'Follow Bob', 'Unfollow Bob'],
    ['/u/bob', 'Unfollow', 'Follow'],
  ] as const) {
    await page.goto(path);
    // A press before its script is there sends the form, and the page is another then.
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: before, exact: true }).focus();
    await page.keyboard.press('Enter');
    const button = page.getByRole('button', { name: after, exact: true });
    await button.waitFor();
    await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: after, exact: true, disabled: false }).waitFor();
  }
});

test('whom one follows is followed at once, on their page and in lists, and no longer where that is refused', async () => {
  const bob = add('bob', 'Bob');
  const cat = add('cat', 'Cat', { isPrivate: true });
  follow(bob, site.ada);
  follow(cat, site.ada);
  const { page } = await site.openHome();
  for (const [path, before, after] of [
    ['/u/bob', 'Follow', 'Unfollow'],
    ['/u/cat', 'Follow', 'Withdraw the request'],
    ['/u/ada/followers', 'Unfollow Bob', 'Follow Bob'],
    ['/search?q=Bob', 'Follow Bob', 'Unfollow Bob'],
  ] as const) {
    site.gateway.state.calls.length = 0;
    await page.goto(path);
    await untilLive(site, page);
    const release = await hold(site, page);
    await page.getByRole('button', { name: before, exact: true }).click();
    await page.getByRole('button', { name: after, exact: true }).waitFor();
    release();
    await page.getByRole('button', { name: after, exact: true, disabled: false }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
  }
  expect(site.gateway.state.follows.has(`${site.ada.id} ${bob.id}`)).toBe(true);
  site.gateway.state.down.add('unfollowUser');
  await page.getByRole('button', { name: 'Unfollow Bob' }).click();
  await page.getByText('SocialHub cannot be reached right now.').waitFor();
  await page.getByRole('button', { name: 'Unfollow Bob', disabled: false }).waitFor();
});

test('the lists of a private account are closed to strangers and open to its followers', async () => {
  const bob = add('bob', 'Bob', { isPrivate: true });
  const eve = add('eve', 'Eve');
  follow(eve, bob);
  const { page } = await site.openSignedIn('/u/bob/followers');
  await page.getByRole('heading', { name: 'This list is private' }).waitFor();
  await expect.poll(() => page.getByText('Eve').count()).toBe(0);
  follow(site.ada, bob);
  await page.reload();
  await page.getByRole('link', { name: 'Eve' }).waitFor();
  await page.goto('/u/nobody_here/following');
  await page.getByRole('heading', { name: 'Not found' }).waitFor();
  site.gateway.state.down.add('user');
  await page.goto('/u/bob/following');
  await page.getByRole('link', { name: 'Try again' }).waitFor();
});

test('a visitor is led to sign in, and comes back to whom they wanted to follow', async () => {
  add('bob', 'Bob');
  const { page } = await site.open('/u/bob');
  await page.getByRole('link', { name: 'Sign in to follow' }).click();
  await page.getByText('You are signed out.').waitFor();
  await signIn(page);
  await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'Sign in to follow' }).count()).toBe(0);
});

test('a picture that is no square is a circle', async () => {
  const wide = picture(site.gateway.url, '', { url: `${site.gateway.url}/media/wide.png` });
  site.ada.avatar = wide;
  const { page } = await site.openSignedIn('/u/ada');
  const face = page.getByRole('region', { name: 'Profile' }).locator('img').first();
  await expect.poll(() => face.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(8);
  expect(await face.boundingBox()).toMatchObject({ width: 96, height: 96 });
});

test('the pages of a profile have no faults', async () => {
  const long = 'W'.repeat(50);
  const bob = add('bob', long, { bio: 'b'.repeat(400) });
  follow(bob, site.ada);
  const faults: string[] = [];
  const { page } = await site.openHome({ viewport: { width: 320, height: 640 } });
  for (const path of ['/settings/profile', '/u/ada', '/u/bob', '/u/ada/followers', '/u/ada/following']) {
    await page.goto(path);
    faults.push(...(await pageFaults(page, path)));
  }
  expect(faults).toEqual([]);
});
