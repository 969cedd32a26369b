import { startWeb } from '@socialhub/local/web/start';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { findChromium } from './browser.ts';
import { post } from './fake-objects.ts';
import { PASSWORD, signIn, testSite, webKeys } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
let web: Awaited<ReturnType<typeof startWeb>> | undefined;

// As it is started where nothing is said of it.
beforeAll(async () => {
  if (!findChromium()) return;
  const { url } = site.gateway;
  web = await startWeb({
    port: 0,
    gatewayUrl: url,
    mediaOrigin: url,
    identityKeys: webKeys,
    log: { info() {} },
  });
}, 60_000);
afterAll(() => web?.stop());

let from = '';
beforeEach(() => {
  from = web?.url ?? '';
});

const readsOf = (name: string) => site.gateway.state.calls.filter((call) => call === name).length;
const textOf = async (path: string) => (await fetch(from + path)).text();

test('what anybody may read is asked for once by many who read it in the same moment, and kept for a while', async () => {
  const written = post(site.ada, 'For everybody');
  site.gateway.state.posts.push(written);
  let release = () => {};
  site.gateway.state.held.set('post', new Promise<void>((resolve) => (release = resolve)));
  const path = `/post/${written.id}`;
  const reading = Array.from({ length: 10 }, () => textOf(path));
  await expect.poll(() => readsOf('post')).toBe(1);
  release();
  site.gateway.state.held.delete('post');
  for (const text of await Promise.all(reading)) expect(text).toContain('For everybody');
  Object.assign(written, { text: 'Changed' });
  expect(await textOf(path)).toContain('For everybody');
  expect(readsOf('post')).toBe(1);
  // Another page of it is another question.
  expect(await textOf(`${path}?after=`)).toContain('For everybody');
  await textOf(`${path}?after=nothing`);
  expect(readsOf('post')).toBe(2);
});

test('members are asked for each for themselves, and leave nothing to others', async () => {
  const written = post(site.ada, 'As it was');
  site.gateway.state.posts.push(written);
  const { page } = await site.open(`${from}/sign-in`);
  await signIn(page, PASSWORD);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.goto(`${from}/post/${written.id}`);
  await page.getByText('As it was').waitFor();
  Object.assign(written, { text: 'As it is' });
  await page.reload();
  await page.getByText('As it is').waitFor();
  Object.assign(written, { text: 'As it became' });
  expect(await textOf(`/post/${written.id}`)).toContain('As it became');
});

test('what came with a fault is not kept', async () => {
  const written = post(site.ada, 'Back again');
  site.gateway.state.posts.push(written);
  site.gateway.state.down.add('post');
  expect((await fetch(`${from}/post/${written.id}`)).status).toBe(503);
  site.gateway.state.down.delete('post');
  expect(await textOf(`/post/${written.id}`)).toContain('Back again');
});

test('the sitemap is made of what is kept', async () => {
  site.gateway.state.posts.push(post(site.ada, 'One'));
  const [first, second] = [await textOf('/sitemap.xml'), await textOf('/sitemap.xml')];
  expect(first).toContain('/post/');
  expect(second).toBe(first);
  expect(readsOf('publicTimeline')).toBe(1);
});
