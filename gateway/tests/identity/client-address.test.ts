import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
  parseIdentityKeys,
} from '@socialhub/platform/identity/identity-signer';
import { createIdentityVerifier } from '@socialhub/platform/identity/identity-verifier';
import { until } from '@socialhub/platform/testing/until';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startGateway, type TestGateway, userId } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

const master = parseIdentityKeys(`k1:${'x'.repeat(40)}`) ?? [];
const browser: ClientInfo = { ipAddress: '203.0.113.7', userAgent: 'Browser/1.0' };
const vouchFor = (client: ClientInfo) =>
  createIdentitySigner(deriveIdentityKeys(master, 'web'), 'gateway')({ viewer: null, client });

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  return () => graph.stop();
});

afterEach(async () => {
  vi.useRealTimers();
  await gateway?.stop();
});

async function start(env: Record<string, string> = {}): Promise<void> {
  gateway = await startGateway(graph.all, env);
}

const verify = createIdentityVerifier(deriveIdentityKeys(master, 'media'), 'media');

/** For whom the gateway asked a subgraph last. */
const seen = () => verify(graph.media.requests.at(-1)?.headers[IDENTITY_HEADER]);

async function seenOf(headers: Record<string, string>) {
  expect((await gateway.post({ query: '{ mediaLimits }' }, headers)).status).toBe(200);
  return seen();
}

describe('a request that our web makes', () => {
  test.each([0, 1])('comes from the browser for whom it is made, with %s proxies beside', async (proxies) => {
    await start({ TRUSTED_PROXIES: String(proxies) });
    const { client, viewer } = await seenOf({
      [IDENTITY_HEADER]: vouchFor(browser),
      'x-forwarded-for': '198.51.100.1',
      'user-agent': 'node',
    });
    expect(client).toEqual(browser);
    expect(viewer).toBeNull();
  });

  test('over a socket does, too', async () => {
    await start();
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { [IDENTITY_HEADER]: vouchFor(browser) },
    });
    const received: string[] = [];
    socket.on('message', (data) => received.push(String(data)));
    await until(() => socket.readyState === WebSocket.OPEN);
    socket.send('{"type":"connection_init"}');
    const payload = { query: '{ mediaLimits }' };
    await until(() => received.length === 1);
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    await until(() => received.length >= 2);
    expect(seen().client).toEqual(browser);
    socket.terminate();
  });

  test('counts for its browser: two of them are two addresses', async () => {
    await start({ REQUESTS_PER_MINUTE_PER_ADDRESS: '1' });
    const from = (ipAddress: string) =>
      gateway.post({ query: '{ mediaLimits }' }, { [IDENTITY_HEADER]: vouchFor({ ...browser, ipAddress }) });
    expect((await from('203.0.113.1')).status).toBe(200);
    expect((await from('203.0.113.1')).status).toBe(429);
    expect((await from('203.0.113.2')).status).toBe(200);
    expect((await from('2001:db8::1')).status).toBe(200);
    expect((await from('2001:db8::ffff:1')).status).toBe(429);
  });
});

describe('what says that it is of our web and is not', () => {
  const signedBy = (keys: typeof master, audience = 'gateway') =>
    createIdentitySigner(keys, audience)({ viewer: null, client: browser });
  const viewer = { userId, sessionId: 's', role: 'ADMIN' as const, scopes: [] };
  const signedByWeb = (claimed: Viewer) =>
    createIdentitySigner(deriveIdentityKeys(master, 'web'), 'gateway')({ viewer: claimed, client: browser });

  test.each<[string, () => string]>([
    ['signed by nobody', () => vouchFor(browser).replace(/\.[^.]+$/, '.AAAA')],
    ['signed for a longer time ago than a minute', tokenOfLongAgo],
    ['signed by the gateway itself for nobody in particular', () => signedBy(master)],
    ['signed by another key', () => signedBy([{ id: 'k1', secret: 'y'.repeat(40) }])],
    ['for a subgraph', () => signedBy(deriveIdentityKeys(master, 'media'), 'media')],
    ['signed by a subgraph', () => signedBy(deriveIdentityKeys(master, 'media'))],
    ['no token at all', () => 'Browser'],
    ['signed by the web for another', () => signedBy(deriveIdentityKeys(master, 'web'), 'media')],
    ['too long, though signed', () => signedByWeb({ ...viewer, sessionId: 'a'.repeat(2000) })],
  ])('is ignored when it is %s', async (_how, token) => {
    await start();
    const { client } = await seenOf({ [IDENTITY_HEADER]: token(), 'user-agent': 'curl' });
    expect(client).toEqual({ ipAddress: '127.0.0.1', userAgent: 'curl' });
    expect(gateway.logged.filter((line) => line.includes('not signed by our web'))).toHaveLength(1);
  });

  test('is told to operators once a minute and not for each', async () => {
    await start();
    for (let i = 0; i < 5; i += 1) await seenOf({ [IDENTITY_HEADER]: 'x' });
    expect(gateway.logged.filter((line) => line.includes('not signed by our web'))).toHaveLength(1);
  });

  test('makes nobody a viewer, even if the web itself should say so', async () => {
    await start();
    const headers = { [IDENTITY_HEADER]: signedByWeb(viewer) };
    expect((await seenOf(headers)).viewer).toBeNull();
    const { body } = await gateway.post({ query: '{ viewer { id } }' }, headers);
    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  function tokenOfLongAgo(): string {
    vi.useFakeTimers({ now: Date.now() - 62_000, toFake: ['Date'] });
    const token = vouchFor(browser);
    vi.useRealTimers();
    return token;
  }
});

describe('X-Forwarded-For', () => {
  const own = '127.0.0.1';

  test.each<[number, string | undefined, string]>([
    // Nobody in front: whatever a client writes is its own idea.
    [0, '203.0.113.9', own],
    // One proxy adds what it saw; what is left of that came from the client.
    [1, '203.0.113.9', '203.0.113.9'],
    [1, '203.0.113.9, 198.51.100.1', '198.51.100.1'],
    [2, '203.0.113.9, 198.51.100.1', '203.0.113.9'],
    [1, '203.0.113.9, 2001:db8::1', '2001:db8::1'],
    // As some proxies write them.
    [1, '198.51.100.1:4711', '198.51.100.1'],
    [1, '[2001:db8::1]:4711', '2001:db8::1'],
    [1, '::ffff:198.51.100.1', '198.51.100.1'],
    [1, 'fe80::1%eth0', 'fe80::1'],
    [1, '[fe80::1%eth0]:4711', 'fe80::1'],
    [1, `fe80::1%${'a'.repeat(9_000)}`, 'fe80::1'],
    // No proxy of ours, or not as many.
    [1, 'unknown', own],
    [1, '', own],
    [1, undefined, own],
    [2, '198.51.100.1', own],
  ])('with %s proxies %s says that a request comes from %s', async (proxies, given, address) => {
    await start({ TRUSTED_PROXIES: String(proxies) });
    const headers: Record<string, string> = given === undefined ? {} : { 'x-forwarded-for': given };
    expect((await seenOf(headers)).client.ipAddress).toBe(address);
  });
});
