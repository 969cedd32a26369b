import { startWeb } from '@socialhub/local/web/start';
import {
  createIdentitySigner,
  IDENTITY_HEADER,
  parseIdentityKeys,
} from '@socialhub/platform/identity/identity-signer';
import { createIdentityVerifier } from '@socialhub/platform/identity/identity-verifier';
import { freePort } from '@socialhub/servers/ports';
import { afterEach, describe, expect, test } from 'vitest';
import { testSite, webKeys } from './site.ts';

const site = testSite();
const verify = createIdentityVerifier(parseIdentityKeys(webKeys) ?? [], 'gateway');
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Where the web says that its browser is, when a browser has sent these headers. */
async function told(url: string, headers: Record<string, string>) {
  site.gateway.state.asked.length = 0;
  const response = await fetch(`${url}/explore`, { headers: { 'user-agent': 'Browser/1.0', ...headers } });
  expect(response.status).toBe(200);
  await response.text();
  const [asked] = site.gateway.state.asked;
  if (!asked) throw new Error('the gateway was not asked');
  expect(asked['x-forwarded-for']).toBeUndefined();
  const token = asked[IDENTITY_HEADER];
  return token === undefined ? null : verify(token);
}

/** The web with its settings; a server beside the one of all tests. */
async function serve(options: {
  identityKeys?: string;
  settings?: Record<string, string>;
  asOnVercel?: boolean;
}): Promise<string> {
  const { url, stop } = await startWeb({
    port: await freePort(),
    gatewayUrl: site.gateway.url,
    mediaOrigin: site.gateway.url,
    log: { info: () => undefined },
    ...options,
    // Each page asks the gateway.
    settings: { WEB_KEEP_PUBLIC_SECONDS: '0', ...options.settings },
  });
  stops.push(stop);
  return url;
}

describe('the web tells the gateway, signed, where a browser is', () => {
  test('by its connection when nobody is in front, whatever the browser writes', async () => {
    const client = { ipAddress: '127.0.0.1', userAgent: 'Browser/1.0' };
    expect(await told(site.url, {})).toMatchObject({ viewer: null, client });
    const forged = { 'x-forwarded-for': '203.0.113.9', [IDENTITY_HEADER]: 'k1.forged.forged' };
    expect(await told(site.url, forged)).toMatchObject({ viewer: null, client });
  });

  test('by what the proxy in front of it saw: two browsers are two, and what they write themselves is nothing', async () => {
    const url = await serve({ identityKeys: webKeys, settings: { WEB_TRUSTED_PROXIES: '1' } });
    const addressOf = async (forwardedFor: string) =>
      (await told(url, { 'x-forwarded-for': forwardedFor }))?.client.ipAddress;
    expect(await addressOf('203.0.113.9, 198.51.100.1')).toBe('198.51.100.1');
    expect(await addressOf('198.51.100.2')).toBe('198.51.100.2');
    expect(await addressOf('203.0.113.9, 2001:db8::1')).toBe('2001:db8::1');
    expect(await addressOf('nonsense')).toBe('127.0.0.1');
  });

  test('on Vercel by what Vercel saw: two browsers are two, and what they write themselves is nothing', async () => {
    const url = await serve({ identityKeys: webKeys, asOnVercel: true });
    const vercel = 'x-vercel-forwarded-for';
    const seen = async (headers: Record<string, string>) => {
      const { viewer, client } = (await told(url, headers)) ?? {};
      return { viewer, ...client };
    };
    // As the web's own server signs for another browser: good there, and not this one's.
    const other = createIdentitySigner(parseIdentityKeys(webKeys) ?? [], 'gateway');
    const stolen = other({ viewer: null, client: { ipAddress: '203.0.113.7', userAgent: null } });
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      'x-real-ip': '203.0.113.9',
      [IDENTITY_HEADER]: stolen,
    };
    for (const ipAddress of ['198.51.100.1', '198.51.100.2', '2001:db8::1'])
      expect(await seen({ ...forged, [vercel]: ipAddress })).toEqual({
        viewer: null,
        ipAddress,
        userAgent: 'Browser/1.0',
      });
    for (const nonsense of ['', 'nonsense', '198.51.100.1, 203.0.113.9'])
      expect(await told(url, { ...forged, [vercel]: nonsense })).toBeNull();
    expect(await told(url, forged)).toBeNull();
  }, 60_000);

  test('behind its own server not by what only Vercel may say', async () => {
    const forged = { 'x-vercel-forwarded-for': '203.0.113.9' };
    expect((await told(site.url, forged))?.client.ipAddress).toBe('127.0.0.1');
    const mistaken = await serve({ identityKeys: webKeys, settings: { VERCEL: '1' } });
    expect(await told(mistaken, forged)).toBeNull();
  });

  test('and without keys says nothing, nor passes on what a browser says', async () => {
    const url = await serve({});
    expect(await told(url, { [IDENTITY_HEADER]: 'k1.forged.forged' })).toBeNull();
  });
});
