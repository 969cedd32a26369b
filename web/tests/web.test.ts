import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { person, picture, post } from './fake-objects.ts';
import { axeFaults, isWide } from './page-faults.ts';
import { cookieNamed, PASSWORD, signIn, signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const { open, openHome } = site;

test('a visitor signs up: a fault stands beside its field, then they are welcomed', async () => {
  const { page } = await open('/');
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Name (optional)').fill('Ada the Second');
  await page.getByLabel('Username').fill('ada');
  await page.getByLabel('Email').fill('ada@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();

  const username = page.getByLabel('Username');
  await expect.poll(() => username.getAttribute('aria-invalid')).toBe('true');
  const describedBy = (await username.getAttribute('aria-describedby')) ?? '';
  await expect
    .poll(() => page.locator(`#${describedBy.split(' ')[0]}`).textContent())
    .toBe('This username is taken.');
  await expect.poll(() => username.evaluate((input) => input === document.activeElement)).toBe(true);
  await expect.poll(() => page.getByLabel('Email').inputValue()).toBe('ada@example.org');
  await expect.poll(() => page.getByLabel('Password').inputValue()).toBe('');

  await username.fill('ada2');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Welcome, Ada the Second' }).waitFor();
  await expect.poll(() => page.getByRole('banner').textContent()).toContain('Ada the Second');
  await page.getByRole('link', { name: 'Done' }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
});

test('sign-up works without JavaScript, its faults too', async () => {
  const { page } = await open('/sign-up', { javaScriptEnabled: false });
  await page.getByLabel('Name (optional)').fill('Grace');
  await page.getByLabel('Username').fill('grace');
  await page.getByLabel('Email').fill('grace@example.org');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Password takes at least 8 characters.').waitFor();
  await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('grace');

  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('link', { name: 'Go to your home page' }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
});

test('a wrong password gets one message for the form; the right one opens a session that no script can read', async () => {
  const opened = await open('/sign-in');
  await signIn(opened.page, 'not it');
  const alert = opened.page.getByRole('main').getByRole('alert');
  await alert.waitFor();
  await expect.poll(() => alert.textContent()).toContain('do not match');

  await signIn(opened.page);
  await opened.page.getByRole('heading', { name: 'Home' }).waitFor();
  const session = (await opened.context.cookies()).filter(({ name }) => name.startsWith('socialhub-'));
  expect(session).toHaveLength(2);
  for (const cookie of session) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await opened.page.evaluate(() => document.cookie)).toBe('');
  expect(await opened.page.content()).not.toContain('refresh-');
});

test('sign-in goes back to a path of this site and to no other', async () => {
  const inside = await open('/sign-in?to=%2Fexplore');
  await signIn(inside.page);
  await inside.page.waitForURL(`${site.url}/explore`);

  const outside = await open('/sign-in?to=%2F%2Fevil.example');
  await signIn(outside.page);
  await outside.page.waitForURL(`${site.url}/`);
});

test('the home timeline shows a picture from the media origin', async () => {
  site.gateway.state.posts.push(
    post(site.ada, 'The workshop', { media: [picture(site.gateway.url, 'A green field')] }),
  );
  const { page } = await openHome();
  const image = page.getByRole('img', { name: 'A green field' });
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(8);
  await expect.poll(() => image.getAttribute('width')).toBe('1200');
});

test('a missing author, missing pictures and a missing profile cost only themselves', async () => {
  site.gateway.state.posts.push(
    post(null, 'Who wrote this?'),
    post(site.ada, 'No pictures', { media: null }),
  );
  site.gateway.state.down.add('viewer');
  const { page } = await openHome();
  const orphan = page.getByRole('article', { name: 'Author unavailable' });
  await expect.poll(() => orphan.textContent()).toContain('Who wrote this?');
  await expect
    .poll(() => page.getByRole('article', { name: 'Ada' }).textContent())
    .toContain('cannot be loaded');
  await expect.poll(() => page.getByRole('banner').getByRole('button', { name: 'Sign out' }).count()).toBe(1);
});

test('"Load more" appends the next page and moves the focus to it; a link does it without JavaScript', async () => {
  for (let number = 1; number <= 45; number += 1)
    site.gateway.state.posts.push(post(site.ada, `Number ${number}.`));
  const { page } = await open('/explore');
  const articles = page.getByRole('article');
  await expect.poll(() => articles.count()).toBe(20);
  await page.getByRole('link', { name: 'Load more' }).click();
  await expect.poll(() => articles.count()).toBe(40);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Number 21.');
  await page.getByRole('link', { name: 'Load more' }).click();
  await page.getByText('You have reached the end.').waitFor();
  await expect
    .poll(() => page.getByText(/^Number \d+\.$/).allTextContents())
    .toEqual(site.gateway.state.posts.map(({ text }) => text));

  const plain = await open('/explore', { javaScriptEnabled: false });
  await plain.page.getByRole('link', { name: 'Load more' }).click();
  await plain.page.getByText('Number 21.').waitFor();
  await expect.poll(() => plain.page.getByText('Number 20.').count()).toBe(0);
});

test('a cursor that is none gets a page that says so', async () => {
  const { page } = await open('/explore?after=nonsense');
  await page.getByRole('heading', { name: 'That page does not exist' }).waitFor();
});

test('a new post appears at the top; one that is too long comes back with the reason', async () => {
  const { page } = await openHome();
  await page.getByLabel('What would you like to say?').fill('Hello, world');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.getByRole('article').getByText('Hello, world').waitFor();
  await expect.poll(() => page.getByLabel('What would you like to say?').inputValue()).toBe('');

  await page.getByLabel('What would you like to say?').fill('a'.repeat(501));
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.getByText('A post takes at most 500 characters.').waitFor();
  await expect.poll(() => page.getByLabel('What would you like to say?').inputValue()).toHaveLength(501);
  await expect.poll(() => site.gateway.state.posts).toHaveLength(1);
});

test('a post form that is sent twice makes one post', async () => {
  const { page } = await openHome({ javaScriptEnabled: false });
  await page.getByLabel('What would you like to say?').fill('Only once');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.getByRole('article').getByText('Only once').waitFor();
  await page.reload();
  await page.getByRole('article').getByText('Only once').waitFor();
  await expect.poll(() => site.gateway.state.calls.filter((call) => call === 'createPost')).toHaveLength(2);
  await expect.poll(() => site.gateway.state.posts).toHaveLength(1);
});

test('stored text that looks like a page stays text', async () => {
  const attacks = [
    '<script>window.owned = 1</script>',
    '<img src=x onerror="window.owned = 1">',
    '"><svg onload=window.owned=1>',
    '</script><script>window.owned = 1</script>',
    'javascript:window.owned=1',
    '{{constructor.constructor("window.owned=1")()}}',
  ];
  for (const text of attacks) {
    const author = person('mallory', text, { bio: text });
    const media = [picture(site.gateway.url, text)];
    site.gateway.state.posts.push(
      post(author, text, { media, contentWarning: text, quoteOf: post(author, text) }),
    );
  }
  const { page } = await open('/explore');
  await expect.poll(() => page.getByRole('article').count()).toBe(attacks.length);
  for (const summary of await page.getByRole('main').locator('summary').all()) await summary.click();
  for (const text of attacks) {
    await expect.poll(() => page.getByText(text, { exact: true }).first().isVisible()).toBe(true);
  }
  expect(await page.evaluate(() => 'owned' in window)).toBe(false);
});

test('what a post refers to is a link, and nothing in an address is', async () => {
  site.gateway.state.posts = [
    post(
      site.ada,
      'Hi ＠adaさん, see (https://example.org/?by=@eve#x). #tag eve@example.org javascript:alert(1)',
    ),
  ];
  const { page } = await openHome();
  const text = page.getByRole('article').getByRole('paragraph').filter({ hasText: /^Hi / });
  const links = await text
    .getByRole('link')
    .evaluateAll((all) =>
      all.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('rel')]),
    );
  expect(links).toEqual([
    ['＠ada', '/u/ada', null],
    ['https://example.org/?by=@eve#x', 'https://example.org/?by=@eve#x', 'nofollow noopener noreferrer ugc'],
    ['#tag', '/tag/tag', null],
  ]);
});

test('sign-out ends the session at the gateway and in the browser, even with an access token that ran out', async () => {
  const opened = await openHome();
  // The page asks for a token of its own once it is there, which renews the cookies too.
  await opened.page.waitForLoadState('networkidle');
  const access = await cookieNamed(opened, 'access');
  await opened.context.clearCookies({ name: access?.name ?? '' });
  await opened.page.getByRole('button', { name: 'Sign out' }).click();
  await opened.page.getByText('You are signed out.').waitFor();
  await expect.poll(() => site.gateway.state.calls).toContain('refreshTokens');
  await expect.poll(() => site.gateway.state.calls).toContain('logOut');
  expect(await opened.context.cookies()).toEqual([]);
  await opened.page.goto('/');
  await opened.page.getByRole('heading', { name: 'A social network of your own.' }).waitFor();
});

test('requests that race with one refresh token all stay signed in, and bring the new tokens back', async () => {
  const opened = await openHome();
  const refresh = await cookieNamed(opened, 'refresh');
  const race = Array.from({ length: 6 }, () =>
    fetch(site.url, { headers: { cookie: `${refresh?.name}=${refresh?.value}` } }),
  );
  for (const response of await Promise.all(race)) {
    expect(await response.text()).toContain('Sign out');
    const names = response.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
    expect(names.sort()).toEqual([expect.stringContaining('access'), expect.stringContaining('refresh')]);
  }
});

test('a session that was ended elsewhere leads to the sign-in page and leaves no cookie', async () => {
  const opened = await openHome();
  site.gateway.endSessions();
  await opened.page.goto('/explore');
  await opened.page.waitForURL(/\/sign-in\?reason=ended$/);
  await opened.page.getByText('Your session has ended.').waitFor();
  expect(await opened.context.cookies()).toEqual([]);
});

test('a refused access token is renewed and the page asked for opens', async () => {
  const opened = await openHome();
  site.gateway.state.accessTokens.clear();
  await opened.page.goto('/explore?after=');
  await opened.page.getByRole('heading', { name: 'Explore' }).waitFor();
  await expect.poll(() => opened.page.getByRole('button', { name: 'Sign out' }).count()).toBe(1);
  expect(opened.page.url()).toBe(`${site.url}/explore`);
});

test('a gateway that is down gets a friendly page, a form message and no lost session', async () => {
  const opened = await openHome();
  const visitor = await open('/sign-in');
  await site.gateway.goDown();
  try {
    const { page } = opened;
    await page.goto('/');
    await page.getByRole('heading', { name: 'We can’t reach SocialHub right now' }).waitFor();
    await page.goto('/explore');
    await page.getByRole('heading', { name: 'We can’t reach SocialHub right now' }).waitFor();
    expect(await page.content()).not.toMatch(/ECONNREFUSED|fetch failed|127\.0\.0\.1:\d+\/graphql|at async/);

    const access = await cookieNamed(opened, 'access');
    await opened.context.clearCookies({ name: access?.name ?? '' });
    await page.goto('/');
    await page.getByRole('heading', { name: 'We can’t reach SocialHub right now' }).waitFor();

    await signIn(visitor.page);
    await visitor.page.getByText('SocialHub cannot be reached right now.').waitFor();
    await expect.poll(() => visitor.page.getByLabel('Email or username').inputValue()).toBe('ada');
  } finally {
    await site.gateway.comeBack();
  }
  await opened.page.getByRole('link', { name: 'Try again' }).click();
  await opened.page.getByRole('heading', { name: 'Home' }).waitFor();
});

test('every answer has a policy of its own: scripts by nonce, pictures from the media origin, nothing inline', async () => {
  const policies = await Promise.all(
    ['/', '/explore', '/sign-in', '/nowhere'].map(async (path) => {
      const response = await fetch(site.url + path);
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
      const html = await response.text();
      expect(html.match(/<script/g)?.length).toBe(
        html.match(new RegExp(`nonce="${nonce.replace(/[+]/g, '\\+')}"[^>]*>(?=[^<]*</script>)`, 'g'))
          ?.length,
      );
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('x-powered-by')).toBeNull();
      return policy;
    }),
  );
  expect(new Set(policies).size).toBe(policies.length);
  for (const policy of policies) {
    expect(policy).not.toMatch(/unsafe-|\*/);
    expect(policy).toContain(`img-src 'self' data: blob: ${site.gateway.url};`);
    expect(policy).toContain("default-src 'none'");
  }
});

test('over HTTPS the cookies are Secure and bound to this host', async () => {
  const tokens = site.gateway.issue(site.ada);
  const response = await fetch(site.url, {
    headers: {
      'x-forwarded-proto': 'https',
      cookie: `__Host-socialhub-refresh-${new URL(site.url).port}=${tokens.refreshToken}`,
    },
  });
  const cookies = response.headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-socialhub-/);
    expect(cookie).toMatch(/; Secure/i);
    expect(cookie).not.toMatch(/; Domain/i);
  }
  expect(response.headers.get('strict-transport-security')).toContain('max-age=');
});

test('a form that another site sends changes nothing', async () => {
  const opened = await openHome({ javaScriptEnabled: false });
  const form = await opened.page.locator('main form').evaluate((element) => {
    const fields = new FormData(element as HTMLFormElement);
    return [...fields].map(([name, value]) => [name, String(value)] as [string, string]);
  });
  const body = new FormData();
  for (const [name, value] of form) body.append(name, name === 'text' ? 'Forged' : value);
  const cookie = (await opened.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const response = await fetch(site.url, {
    method: 'POST',
    body,
    headers: { cookie, origin: 'https://evil.example' },
  });
  expect(response.status).toBeGreaterThanOrEqual(400);
  await expect.poll(() => site.gateway.state.posts).toEqual([]);
});

test('no page scrolls sideways on the narrowest phone', async () => {
  const long = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4);
  const author = person('a'.repeat(30), long);
  site.gateway.state.posts.push(
    post(author, long, {
      quoteOf: post(author, long, { contentWarning: long }),
      media: [picture(site.gateway.url, 'A field')],
    }),
  );
  const { page } = await openHome({ viewport: { width: 320, height: 640 } });
  const wide: string[] = [];
  for (const path of ['/', '/explore', '/nowhere']) {
    await page.goto(path);
    if (await isWide(page)) wide.push(path);
  }
  await signOut(page);
  await page.getByText('You are signed out.').waitFor();
  for (const path of ['/', '/explore', '/sign-up', '/sign-in']) {
    await page.goto(path);
    if (await isWide(page)) wide.push(path);
  }
  expect(wide).toEqual([]);
});

test('no page has an accessibility fault that axe finds', async () => {
  const faults: string[] = [];
  const check = async (page: Page, name: string) => {
    faults.push(...(await axeFaults(page, name)));
  };
  site.gateway.state.posts.push(
    post(site.ada, 'With a picture', {
      media: [picture(site.gateway.url, 'A green field')],
      reactions: [{ emoji: '❤️', count: 2 }],
      viewerReactions: ['❤️'],
      commentCount: 2,
    }),
    post(null, 'An orphan', { contentWarning: 'Spoilers', media: null }),
    post(site.ada, 'A quotation', { quoteOf: post(site.ada, 'Quoted') }),
    ...Array.from({ length: 20 }, (_, index) => post(site.ada, `Number ${index}`)),
  );
  const visitor = await open('/');
  await check(visitor.page, 'landing');
  for (const path of ['/explore', '/sign-up', '/nowhere', '/sign-in']) {
    await visitor.page.goto(path);
    await check(visitor.page, path);
  }
  await signIn(visitor.page, 'not it');
  await visitor.page.getByRole('main').getByRole('alert').waitFor();
  await check(visitor.page, 'sign-in with a fault');
  const { page } = await openHome();
  await check(page, 'home');
  site.gateway.state.down.add('homeTimeline');
  await page.reload();
  await check(page, 'home without its timeline');
  expect(faults).toEqual([]);
}, 90_000);
