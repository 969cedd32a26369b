import type { IncomingMessage } from 'node:http';
import { describe, expect, it, test } from 'vitest';
import { asksForWebSocket, targetOf, targetUrl } from '../src/http/request-target.ts';

describe('the target of a request', () => {
  it.each<[string | undefined, string, string]>([
    ['/graphql', '/graphql', ''],
    ['/graphql?query=%7Ba%7D&a=b?c', '/graphql', '?query=%7Ba%7D&a=b?c'],
    ['/graphql?', '/graphql', '?'],
    ['/', '/', ''],
    ['?a', '', ''],
    ['//', '//', ''],
    ['//host/x', '//host/x', ''],
    ['///?//', '///', '?//'],
    ['/%', '/%', ''],
    ['/%ff/\\..', '/%ff/\\..', ''],
    ['http://host/graphql?a=/', '/graphql', '?a=/'],
    ['HTTPS://user@host:1/x', '/x', ''],
    ['http://host', '/', ''],
    ['http://host?a', '/', '?a'],
    ['http://', '', ''],
    ['http:', '', ''],
    ['http:///x', '', ''],
    ['ftp://host/graphql', '', ''],
    ['*', '', ''],
    ['host:443', '', ''],
    ['', '', ''],
    [undefined, '', ''],
    [`/${'a'.repeat(100_000)}`, `/${'a'.repeat(100_000)}`, ''],
  ])('%j is read', (url, path, search) => {
    expect(targetOf({ url } as IncomingMessage)).toEqual({ path, search });
    expect(targetUrl({ url } as IncomingMessage).hostname).toBe('local');
  });

  it('is a URL with the same parts', () => {
    const url = targetUrl({ url: '//bucket/a%20b?list-type=2' });
    expect([url.pathname, url.searchParams.get('list-type')]).toEqual(['//bucket/a%20b', '2']);
  });
});

test.each<[string, string | undefined, boolean]>([
  ['GET', 'websocket', true],
  ['GET', 'WebSocket', true],
  ['GET', 'h2c', false],
  ['GET', 'h2c, websocket', false],
  ['GET', '', false],
  ['GET', undefined, false],
  ['POST', 'websocket', false],
])('%s with the Upgrade %s asks for a WebSocket: %s', (method, upgrade, expected) => {
  const headers = upgrade === undefined ? {} : { upgrade };
  expect(asksForWebSocket({ method, headers } as IncomingMessage)).toBe(expected);
});
