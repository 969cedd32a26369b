import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type System, startSystem } from '@socialhub/local/system';
import { freePort } from '@socialhub/servers/ports';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchBrowser, type Visit, visit } from '../web/tests/browser.ts';
import { startOneHost } from './live/one-host.ts';
import { removeHomes, startOptions } from './story/home.ts';

/** Every page of whoever is signed in, but for those that the story comes by. */
const pages = [
  '/explore',
  '/bookmarks',
  '/search?q=lake',
  '/search?q=lake&type=posts',
  '/tag/lake',
  '/messages/new',
  '/notifications',
  '/settings/profile',
  '/settings/account',
  '/settings/security',
  '/settings/blocked',
  '/settings/muted',
  '/settings/follow-requests',
  '/settings/data',
  '/u/hosts_ann/followers',
  '/u/hosts_ann/following',
];
const password = 'a-long-enough-password';

const arrangements = [
  { name: 'with gateway and web on one host', isOneHost: true },
  { name: 'with gateway and web on two hosts', isOneHost: false },
];

// The gateway serves what `npm run manifest` lists and nothing else.
describe.skipIf(!findChromium()).each(arrangements)('a day $name', ({ isOneHost }) => {
  const closing = new AsyncDisposableStack();
  let system: System;
  let browser: Browser;
  let origin: string;
  let gatewayUrl: string;
  let anns: Visit;
  let bens: Visit;
  /** What the browsers' own requests were refused, over HTTP and in frames of sockets. */
  const refused: string[] = [];
  const sockets = new Set<string>();

  beforeAll(async () => {
    closing.defer(removeHomes);
    const options = await startOptions({ web: true });
    const { gatewayPort, webPort } = options;
    const port = isOneHost ? await freePort() : webPort;
    origin = isOneHost ? `http://localhost:${port}` : `http://app.localhost:${port}`;
    gatewayUrl = isOneHost ? `${origin}/graphql` : `http://api.localhost:${gatewayPort}/graphql`;
    const manifest = join(options.home, 'operations.json');
    await promisify(execFile)('npm', ['run', '-s', 'manifest', '--', '--out', manifest]);
    system = await startSystem({
      ...options,
      operatorSettings: {
        gateway: {
          PERSISTED_OPERATIONS: 'enforcing',
          PERSISTED_OPERATIONS_MANIFEST: manifest,
          CORS_ORIGINS: origin,
        },
        web: { PUBLIC_GATEWAY_URL: isOneHost ? '/graphql' : gatewayUrl },
      },
    });
    closing.defer(() => system.stop());
    if (isOneHost) {
      const host = await startOneHost({ port, gatewayPort, webPort });
      closing.defer(() => host.stop());
    }
    browser = await launchBrowser();
    closing.defer(() => browser.close());
    [anns, bens] = await Promise.all([visit(browser, origin), visit(browser, origin)]);
    for (const { page } of [anns, bens]) watchRefusals(page);
  }, 240_000);
  afterAll(() => closing.disposeAsync(), 60_000);

  function watchRefusals(page: Page): void {
    page.on('response', (response) => {
      if (response.status() === 403) refused.push(`${response.request().method()} ${response.url()}`);
    });
    page.on('websocket', (socket) => {
      sockets.add(socket.url());
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('FORBIDDEN')) refused.push(String(payload));
      });
    });
  }

  async function signUp(page: Page, name: string): Promise<void> {
    await page.goto('/sign-up');
    await page.getByLabel(/^Name/).fill(name);
    await page.getByLabel('Username').fill(`hosts_${name.toLowerCase()}`);
    await page.getByLabel('Email').fill(`${name.toLowerCase()}@hosts.example`);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
  }

  const card = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

  it('begins with two accounts, and a post with a picture', async () => {
    await Promise.all([signUp(anns.page, 'Ann'), signUp(bens.page, 'Ben')]);
    const { page } = anns;
    await page.goto('/');
    await page.waitForLoadState('networkidle');
    const picture = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#3a7ca5' } })
      .jpeg()
      .toBuffer();
    await page.getByLabel('What would you like to say?').fill('Grey water at the #lake');
    await page
      .getByLabel('Pictures', { exact: true })
      .setInputFiles([{ name: 'lake.jpg', mimeType: 'image/jpeg', buffer: picture }]);
    await page.getByLabel('What the picture shows').fill('A lake');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await card(page, 'Grey water').getByRole('img', { name: 'A lake' }).waitFor();
  }, 90_000);

  it('goes on with what the other does of it, which the first is told of', async () => {
    const { page } = bens;
    await page.goto('/u/hosts_ann');
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.getByRole('button', { name: 'Unfollow' }).waitFor();
    const post = card(page, 'Grey water');
    // What is asked for again then is here.
    await page.waitForLoadState('networkidle');
    await post.getByRole('button', { name: 'React' }).click();
    await post.getByRole('button', { name: '🎉' }).click();
    await post.getByRole('button', { name: '🎉 1', pressed: true }).waitFor();
    await post.getByRole('button', { name: 'Repost' }).click();
    await post.getByRole('button', { name: 'Repost 1', pressed: true }).waitFor();
    await post.getByRole('button', { name: 'Bookmark' }).click();
    await post.getByRole('button', { name: 'Bookmark', pressed: true }).waitFor();
    await post.getByRole('link', { name: 'Comment', exact: true }).click();
    await page.getByLabel('Your comment', { exact: true }).fill('Which lake?');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await card(page, 'Which lake?').waitFor();
    await anns.page.getByRole('link', { name: /^Notifications, \d unread$/ }).click();
    await anns.page.getByText('commented on your post').first().waitFor();
  }, 120_000);

  it('has a conversation in it, live on both sides', async () => {
    await bens.page.goto('/u/hosts_ann');
    await bens.page.getByRole('button', { name: 'Message' }).click();
    const box = ({ page }: Visit) => page.getByRole('textbox', { name: 'Message' });
    await box(bens).fill('Hello Ann');
    await box(bens).press('Enter');
    await anns.page.getByRole('link', { name: 'Messages, 1 unread' }).click();
    await anns.page.waitForURL(/\/messages$/);
    await anns.page.getByRole('link', { name: 'Ben', exact: true }).click();
    await anns.page.getByRole('log').getByText('Hello Ann').waitFor();
    await box(anns).fill('Hello Ben');
    await box(anns).press('Enter');
    await bens.page.getByRole('log').getByText('Hello Ben').waitFor();
    const expected = gatewayUrl.replace(/^http/, 'ws');
    expect([...sockets]).toEqual([expected]);
  }, 90_000);

  it('ends in the settings: every page is there, and what they change is changed', async () => {
    const { page } = anns;
    for (const path of pages) {
      await page.goto(path);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      expect(await page.getByText('could not be loaded').count()).toBe(0);
    }
    await page.goto('/settings/profile');
    await page.getByLabel(/^About you/).fill('By the water');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved').waitFor();
    await page.goto('/settings/data');
    await page.getByRole('button', { name: 'Make an archive' }).click();
    await page.getByRole('link', { name: /^Download/ }).waitFor({ timeout: 60_000 });
    await page.goto('/u/hosts_ben');
    await page.getByRole('button', { name: /^More about (?!this)/ }).click();
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await page.getByRole('button', { name: 'Block this person' }).click();
    await page.getByRole('button', { name: 'Unblock' }).click();
    await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByText('You are signed out.').waitFor();
  }, 180_000);

  it('has no operation refused in it, and no fault on a page', async () => {
    expect(refused).toEqual([]);
    expect([...anns.faults, ...bens.faults]).toEqual([]);
    expect(await logged('FORBIDDEN')).toEqual([]);
    // What is not on the list is refused, and the log tells of it.
    const unlisted = await bens.page.evaluate(async (address) => {
      const accept = 'application/graphql-response+json';
      const headers = { accept, 'content-type': 'application/json' };
      const answer = await fetch(address, {
        method: 'POST',
        headers,
        body: '{"query":"{ viewer { bio } }"}',
      });
      return answer.status;
    }, gatewayUrl);
    expect(unlisted).toBe(403);
    await expect.poll(() => logged('FORBIDDEN')).toHaveLength(1);
  });

  /** Requests of the gateway's log with that code. */
  async function logged(code: string): Promise<string[]> {
    const lines = await readFile(join(system.logDir, 'socialhub.log'), 'utf8');
    return lines.split('\n').filter((line) => line.includes('"msg":"request"') && line.includes(`"${code}"`));
  }
});
