import type { Viewer } from '@socialhub/platform/identity/identity';
import { deriveIdentityKeys } from '@socialhub/platform/identity/identity-signer';
import { createIdentityVerifier } from '@socialhub/platform/identity/identity-verifier';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GatewayContext } from '../context.ts';
import { createIdentityHeaders } from './identity-headers.ts';

const master = [{ id: 'k1', secret: 'a'.repeat(32) }];
const member: Viewer = {
  userId: '01930000-0000-7000-8000-000000000001',
  sessionId: 's1',
  role: 'MEMBER',
  scopes: [],
};
const contextOf = (viewer: Viewer | null): GatewayContext => ({
  viewer,
  client: { ipAddress: '192.0.2.1', userAgent: 'phone' },
  requestId: 'request-1',
  signal: new AbortController().signal,
});
const read = (subgraph: string, text: unknown) =>
  createIdentityVerifier(deriveIdentityKeys(master, subgraph), subgraph)(String(text));
const headerOf = (headers: ReturnType<typeof createIdentityHeaders>, subgraph: string, of: GatewayContext) =>
  headers.headersFor(subgraph, of)['x-socialhub-identity'];

beforeEach(() => vi.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => vi.useRealTimers());

test('the fetches of an operation from one subgraph carry one signature, those from another one of their own', () => {
  const headers = createIdentityHeaders(master);
  const context = contextOf(member);
  const first = headerOf(headers, 'post', context);
  vi.advanceTimersByTime(1_000);
  expect(headerOf(headers, 'post', context)).toBe(first);
  expect(read('post', first).viewer).toEqual(member);
  expect(read('chat', headerOf(headers, 'chat', context)).viewer).toEqual(member);
  expect(() => read('chat', first)).toThrow();
});

test('other operations, other viewers and later moments are signed anew', () => {
  const headers = createIdentityHeaders(master);
  let viewer: Viewer | null = member;
  const socket: GatewayContext = {
    ...contextOf(null),
    get viewer() {
      return viewer;
    },
  };
  const first = headerOf(headers, 'post', socket);
  vi.advanceTimersByTime(1_000);
  expect(headerOf(headers, 'post', contextOf(member))).not.toBe(first);
  viewer = { ...member, sessionId: 's2' };
  expect(read('post', headerOf(headers, 'post', socket)).viewer?.sessionId).toBe('s2');
  viewer = null;
  expect(read('post', headerOf(headers, 'post', socket)).viewer).toBeNull();
  viewer = member;
  const second = headerOf(headers, 'post', socket);
  vi.advanceTimersByTime(30_000);
  const third = headerOf(headers, 'post', socket);
  expect(third).not.toBe(second);
  expect(read('post', third).askedAt?.getTime()).toBe(Date.now());
});

test('each subscription says when it was asked for', () => {
  const headers = createIdentityHeaders(master);
  const context = contextOf(member);
  for (const _ of [1, 2]) {
    const askedAt = new Date();
    vi.advanceTimersByTime(1_000);
    const { identity } = headers.extensionsFor('chat', {
      ...context,
      stream: { isReadOnly: false, askedAt },
    });
    expect(read('chat', identity).askedAt).toEqual(askedAt);
  }
});
