import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWeb } from '@socialhub/local/web/start';
import { expect, test, vi } from 'vitest';
import { person, picture, post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

/** What the head of a page says, as those see it who run no script. */
async function headOf(path: string) {
  const response = await fetch(site.url + path);
  const html = await response.text();
  const head = html.slice(0, html.indexOf('</head>'));
  const tags = [...head.matchAll(/<(?:meta|link) ([^>]*)>/g)].map(([, tag]) => tag ?? '');
  const value = (name: string) => {
    const tag = tags.find((one) => new RegExp(`(?:name|property|rel)="${name}"`).test(one));
    return /(?:content|href)="([^"]*)"/.exec(tag ?? '')?.[1];
  };
  return { status: response.status, title: /<title>([^<]*)/.exec(head)?.[1], value };
}

test('a post says of itself what it is, who wrote it, and where it stands', async () => {
  const words = 'The greenhouse is up.\n\nTomatoes by June <if> the frost stays away. '.repeat(4);
  const one = post(site.ada, words, { media: [picture(site.gateway.url, 'A field')] });
  site.gateway.state.posts.push(one);
  const { title, value } = await headOf(`/post/${one.id}?after=`);
  expect(title).toMatch(
    /^Ada Lovelace: “The greenhouse is up\. Tomatoes by June &lt;if&gt;.*…” · SocialHub$/,
  );
  expect(value('description')).toMatch(/^The greenhouse is up\. Tomatoes .*…$/);
  expect(value('canonical')).toBe(`${site.url}/post/${one.id}`);
  expect(value('og:url')).toBe(`${site.url}/post/${one.id}`);
  expect(value('og:title')).toContain('Ada Lovelace');
  expect(value('og:image')).toContain('/media/picture.png');
  expect(value('og:image:alt')).toBe('A field');
  expect(value('robots')).toBeUndefined();
  const reads = site.gateway.state.calls.filter((name) => name === 'post');
  expect(reads, 'for its head and its body alike').toHaveLength(1);
});

test('what has a warning, or is not for everybody, is not told outside', async () => {
  const warned = post(site.ada, 'The butler did it', {
    contentWarning: 'Spoilers',
    media: [picture(site.gateway.url, 'The butler')],
  });
  const followers = post(site.ada, 'For some', { visibility: 'FOLLOWERS' });
  site.gateway.state.posts.push(warned, followers);
  const { title, value } = await headOf(`/post/${warned.id}`);
  expect([title, value('description'), value('og:title')].join()).not.toContain('butler');
  expect(value('description')).toBe('Content warning: Spoilers');
  expect(value('og:image') ?? '').not.toContain('/media/');
  expect((await headOf(`/post/${followers.id}`)).value('robots')).toBe('noindex');
});

test('a profile says of itself whose it is; a private one is left out of searches', async () => {
  Object.assign(site.ada, { bio: 'Numbers and engines' });
  site.gateway.add(person('eve', 'Eve', { isPrivate: true }), PASSWORD);
  const { title, value } = await headOf('/u/ada');
  expect(title).toBe('Ada Lovelace (@ada) · SocialHub');
  expect(value('description')).toBe('Numbers and engines');
  expect(value('canonical')).toBe(`${site.url}/u/ada`);
  expect(value('og:type')).toBe('profile');
  expect((await headOf('/u/eve')).value('robots')).toBe('noindex');
  expect((await headOf('/u/nobody_here')).status).toBe(404);
});

test('robots are told where nothing is to be found, and of the pages that everybody may read', async () => {
  const hidden = person('eve', 'Eve', { isPrivate: true });
  const one = post(site.ada, 'Public');
  site.gateway.state.posts.push(
    one,
    post(site.ada, 'For some', { visibility: 'FOLLOWERS' }),
    post(hidden, 'x'),
  );
  const robots = await (await fetch(`${site.url}/robots.txt`)).text();
  expect(robots).toContain('Disallow: /settings');
  expect(robots).toContain(`Sitemap: ${site.url}/sitemap.xml`);
  const answer = await fetch(`${site.url}/sitemap.xml`);
  expect(answer.headers.get('content-type')).toContain('application/xml');
  const places = [...(await answer.text()).matchAll(/<loc>([^<]*)/g)].map(([, place]) => place);
  expect(places).toContain(`${site.url}/post/${one.id}`);
  expect(places).toContain(`${site.url}/u/ada`);
  expect(places.join()).not.toContain('/u/eve');
  site.gateway.state.down.add('publicTimeline');
  const away = await fetch(`${site.url}/sitemap.xml`);
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '10']);
});

test('the app can be installed: its manifest names pictures that are there', async () => {
  const { value } = await headOf('/');
  const manifest = await (await fetch(site.url + value('manifest'))).json();
  expect(manifest).toMatchObject({ name: 'SocialHub', start_url: '/', display: 'standalone' });
  for (const { src, sizes } of manifest.icons as { src: string; sizes: string }[]) {
    const bytes = Buffer.from(await (await fetch(site.url + src)).arrayBuffer());
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
  }
  expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toContain('maskable');
  for (const path of ['/favicon.ico', value('apple-touch-icon')]) {
    const icon = await fetch(site.url + path);
    expect(icon.headers.get('content-type')).toMatch(/^image\//);
  }
});

test('while the gateway is away pages answer 503 and when to come back, and come back by themselves', async () => {
  const status = async (path: string) => {
    const response = await fetch(site.url + path);
    return [response.status, response.headers.get('retry-after')];
  };
  expect(await status('/explore')).toEqual([200, null]);
  await site.gateway.goDown();
  try {
    for (const path of ['/explore', '/u/ada', '/u/ada/followers', '/tag/x'])
      expect(await status(path), path).toEqual([503, '10']);
    for (const path of ['/', '/about', '/sign-in']) expect(await status(path), path).toEqual([200, null]);
    const { page } = await site.open('/explore');
    await page.getByRole('heading', { name: 'We can’t reach SocialHub right now' }).waitFor();
    await site.gateway.comeBack();
    await page.getByText('Nobody has posted anything public so far.').waitFor();
  } finally {
    await site.gateway.comeBack().catch(() => undefined);
  }
});

test('what whoever runs the site has to say is a page each, in words of their own where they have written some', async () => {
  const { page } = await site.open('/', { viewport: { width: 320, height: 640 } });
  const faults: string[] = [];
  for (const name of ['About', 'Rules', 'Terms', 'Privacy']) {
    await page.getByRole('navigation', { name: 'About this site' }).getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    faults.push(...(await pageFaults(page, name)));
  }
  expect(faults).toEqual([]);
  const folder = await mkdtemp(join(tmpdir(), 'texts-'));
  await writeFile(
    join(folder, 'about.md'),
    '# Of the choir\n\nWe sing on [Thursdays](/explore). <b>Loud</b>',
  );
  const settings = { WEB_TEXTS: folder };
  const { url: gatewayUrl } = site.gateway;
  const web = await startWeb({ port: 0, gatewayUrl, mediaOrigin: gatewayUrl, settings, log: { info() {} } });
  try {
    const about = await (await fetch(`${web.url}/about`)).text();
    expect(about).toContain('Of the choir</h1>');
    expect(about).toContain('<a href="/explore">Thursdays</a>. &lt;b&gt;Loud');
    expect(await (await fetch(`${web.url}/rules`)).text()).toContain('Rules</h1>');
  } finally {
    await web.stop();
    await rm(folder, { recursive: true });
  }
});

for (const javaScriptEnabled of [true, false]) {
  test(`who is new is helped to begin, as far as they like, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    site.gateway.state.posts.push(post(site.ada, 'Hello'));
    const { page } = await site.open('/sign-up', { javaScriptEnabled });
    await page.getByLabel('Username').fill('grace');
    await page.getByLabel('Email').fill('grace@example.org');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Welcome, grace' }).waitFor();
    await page.getByRole('button', { name: 'Follow Ada Lovelace' }).click();
    await expect.poll(() => site.gateway.state.follows.size).toBe(1);
    await page.getByRole('button', { name: 'Send the mail again' }).click();
    await page.getByText('A mail is on its way.').waitFor();
    if (javaScriptEnabled) expect(await pageFaults(page, 'welcome')).toEqual([]);
    await page.getByRole('link', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  });
}
