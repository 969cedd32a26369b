import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { cookiesOf, sessionCookies } from '../src/session/cookies.ts';
import type { TokensFragment } from '../src/session/generated/documents.ts';
import { person } from './fake-objects.ts';
import { untilLive } from './live-page.ts';
import { cookieNamed, PASSWORD, signOut, testSite } from './site.ts';

const site = testSite();
const PATH = '/session/token';

/** As a page's script asks, in that page. */
const askIn = (page: Page, how: 'current' | 'doubted') =>
  page.evaluate(
    async ([path, word]) => {
      const response = await fetch(path, { method: 'POST', headers: { 'x-socialhub-token': word } });
      const body = await response.text();
      return { status: response.status, cache: response.headers.get('cache-control'), body };
    },
    [PATH, how] as const,
  );

/** As anybody could ask who is no browser, with the cookies of ada's session. */
async function ask(method: string, headers: Record<string, string>) {
  const { accessToken } = site.gateway.issue(site.ada);
  const cookie = `socialhub-access-${new URL(site.url).port}=${accessToken}`;
  const asked = httpRequest(`${site.url}${PATH}`, { method, headers: { cookie, ...headers } });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response), accessToken };
}

const asPage = () => ({
  origin: site.url,
  'sec-fetch-site': 'same-origin',
  'sec-fetch-dest': 'empty',
  'x-socialhub-token': 'current',
});

test('a script of a page gets the token of the session and for how long it is good, to be kept by nobody', async () => {
  const { page } = await site.openHome();
  const answer = await askIn(page, 'current');
  expect(answer).toMatchObject({ status: 200, cache: 'no-store' });
  const { accessToken, expiresIn } = JSON.parse(answer.body) as { accessToken: string; expiresIn: number };
  expect(site.gateway.state.accessTokens.get(accessToken)?.user).toBe(site.ada);
  expect(expiresIn).toBeGreaterThan(850);
  expect(expiresIn).toBeLessThanOrEqual(900);
});

test('what looks like a page’s script is answered, without a word to other origins', async () => {
  const { status, headers, body, accessToken } = await ask('POST', asPage());
  expect([status, JSON.parse(body).accessToken]).toEqual([200, accessToken]);
  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect(headers['cache-control']).toBe('no-store');
});

test.each<[string, string, Record<string, string | undefined>, number]>([
  ['by GET', 'GET', {}, 405],
  ['by HEAD', 'HEAD', {}, 405],
  ['by OPTIONS, before asking', 'OPTIONS', {}, 405],
  ['without the header', 'POST', { 'x-socialhub-token': undefined }, 403],
  ['with another word in the header', 'POST', { 'x-socialhub-token': 'please' }, 403],
  ['without an Origin', 'POST', { origin: undefined }, 403],
  ['from another origin', 'POST', { origin: 'http://elsewhere.example' }, 403],
  ['from a page without an origin', 'POST', { origin: 'null' }, 403],
  ['from another site', 'POST', { 'sec-fetch-site': 'cross-site' }, 403],
  ['from another host of this site', 'POST', { 'sec-fetch-site': 'same-site' }, 403],
  ['by what tells no site', 'POST', { 'sec-fetch-site': undefined }, 403],
  ['for a frame', 'POST', { 'sec-fetch-dest': 'iframe' }, 403],
  ['for a page', 'POST', { 'sec-fetch-dest': 'document' }, 403],
])('the token is not given when it is asked for %s', async (_how, method, changed, status) => {
  const headers = Object.fromEntries(
    Object.entries({ ...asPage(), ...changed }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  );
  const answer = await ask(method, headers);
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain(answer.accessToken);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

test('a page of another origin gets none, by script or in a frame', async () => {
  const { page } = await site.openHome();
  const before = await cookieNamed({ page, context: page.context(), faults: [] }, '-access');
  const stranger = await page.context().newPage();
  await stranger.goto(`${site.gateway.url.replace('127.0.0.1', 'localhost')}/media/page.html`);
  const url = `${site.url}${PATH}`;
  const said = await stranger.evaluate(async (address) => {
    const headers = { 'x-socialhub-token': 'current' };
    const asked = fetch(address, { method: 'POST', credentials: 'include', headers });
    return asked.then(
      () => 'answered',
      () => 'refused',
    );
  }, url);
  expect(said).toBe('refused');
  const framed = stranger.waitForResponse(url);
  await stranger.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.name = 'framed';
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: address, target: 'framed' });
    document.body.append(frame, form);
    form.submit();
  }, url);
  expect((await framed).status()).toBe(403);
  expect(await cookieNamed({ page, context: page.context(), faults: [] }, '-access')).toEqual(before);
});

test('whoever is signed out is told so', async () => {
  const { page } = await site.open('/sign-in');
  expect(await askIn(page, 'current')).toMatchObject({ status: 204, body: '' });
});

/** Home, where the page has had its own token. */
async function openQuiet() {
  const opened = await site.openHome();
  await opened.page.waitForLoadState('networkidle');
  return opened;
}

test('a token that has to be renewed is renewed once, however many ask at once', async () => {
  const opened = await openQuiet();
  const { page, context } = opened;
  const access = await cookieNamed(opened, '-access');
  await context.clearCookies({ name: access?.name ?? '' });
  site.gateway.state.calls.length = 0;
  const allAsked = Promise.withResolvers<void>();
  site.gateway.state.held.set('refreshTokens', allAsked.promise);
  let asked = 0;
  page.on('request', (request) => {
    if (request.url() === `${site.url}${PATH}`) asked += 1;
  });
  const asking = Promise.all(Array.from({ length: 5 }, () => askIn(page, 'current')));
  await expect.poll(() => asked).toBeGreaterThanOrEqual(5);
  // What is asked for behind them is answered: they have arrived.
  await (await fetch(`${site.url}/robots.txt`)).text();
  site.gateway.state.held.delete('refreshTokens');
  allAsked.resolve();
  const answers = await asking;
  expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.parse(body).accessToken}`)).size).toBe(
    1,
  );
  expect(site.gateway.state.calls.filter((name) => name === 'refreshTokens')).toHaveLength(1);
  expect((await cookieNamed(opened, '-access'))?.value).toBe(JSON.parse(answers[0]?.body ?? '').accessToken);
});

test('a token that the gateway refused is given again only when it is good after all', async () => {
  const opened = await openQuiet();
  const { page } = opened;
  const first = JSON.parse((await askIn(page, 'current')).body).accessToken;
  expect(JSON.parse((await askIn(page, 'doubted')).body).accessToken).toBe(first);
  site.gateway.state.accessTokens.clear();
  const second = JSON.parse((await askIn(page, 'doubted')).body).accessToken;
  expect(site.gateway.state.accessTokens.has(second)).toBe(true);
  site.gateway.endSessions();
  expect(await askIn(page, 'doubted')).toMatchObject({ status: 204, body: '' });
  expect(await cookieNamed(opened, '-access')).toBeUndefined();
  expect(await cookieNamed(opened, '-refresh')).toBeUndefined();
});

test('while the gateway is away nobody is told that they are signed out', async () => {
  const opened = await openQuiet();
  await opened.context.clearCookies({ name: (await cookieNamed(opened, '-access'))?.name ?? '' });
  await site.gateway.goDown();
  const answer = await askIn(opened.page, 'current').finally(() => site.gateway.comeBack());
  expect(answer).toMatchObject({ status: 503, body: '' });
  expect(await cookieNamed(opened, '-refresh')).toBeDefined();
});

test('a token that is being renewed while one signs out brings no cookies back, and nothing fails in the console', async () => {
  const opened = await openQuiet();
  const { page } = opened;
  const refresh = await cookieNamed(opened, '-refresh');
  let release: () => void = () => undefined;
  site.gateway.state.held.set('refreshTokens', new Promise<void>((resolve) => (release = resolve)));
  site.gateway.state.calls.length = 0;
  const asked = httpRequest(`${site.url}${PATH}`, {
    method: 'POST',
    headers: { cookie: `${refresh?.name}=${refresh?.value}`, ...asPage() },
  });
  asked.end();
  await expect.poll(() => site.gateway.state.calls).toContain('refreshTokens');
  const failed: string[] = [];
  page.on('response', (response) => response.status() >= 400 && failed.push(response.url()));
  await signOut(page);
  await page.getByText('You are signed out').waitFor();
  expect(site.gateway.state.calls).toContain('logOut');
  release();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(204);
  expect(response.headers['set-cookie']?.filter((cookie) => !/=;.*Max-Age=0/.test(cookie)) ?? []).toEqual([]);
  expect(failed).toEqual([]);
});

test('a page that was made for somebody takes no token of whoever signed in since, and is rendered for them', async () => {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, PASSWORD);
  // Renewed every five seconds.
  site.gateway.state.lifetimes.push(26);
  const { page, context } = await site.openHome();
  await untilLive(site, page);
  site.gateway.state.lifetimes.push(900);
  // As in another tab, of which this one was not told.
  const names = sessionCookies(new Headers({ host: new URL(site.url).host }));
  const cookies = cookiesOf(names, site.gateway.issue(bob) as TokensFragment);
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: site.url })));
  await page.getByRole('link', { name: 'Bob', exact: true }).first().waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'Ada Lovelace', exact: true }).count()).toBe(0);
});
