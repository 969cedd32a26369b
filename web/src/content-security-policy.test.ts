import { expect, test } from 'vitest';
import { contentSecurityPolicy, gatewayOrigins, mediaOrigins } from './content-security-policy.ts';

test('of MEDIA_ORIGIN only the origins of http URLs enter the policy', () => {
  const value =
    "http://127.0.0.1:9000/bucket, https://cdn.example https://cdn.example/x; 'unsafe-inline' data: *";
  expect(mediaOrigins(value)).toEqual(['http://127.0.0.1:9000', 'https://cdn.example']);
  expect(mediaOrigins(undefined)).toEqual([]);
});

test('over HTTPS what is left of HTTP is upgraded', () => {
  const o = { nonce: 'n', media: [], gateway: [], development: false };
  expect(contentSecurityPolicy({ ...o, secure: true })).toContain('upgrade-insecure-requests');
  expect(contentSecurityPolicy({ ...o, secure: false })).not.toContain('upgrade-insecure-requests');
});

test('pages may call the gateway, by request and by socket, on a host of its own or on theirs', () => {
  expect(gatewayOrigins('https://api.example/graphql', 'hub.example', true)).toEqual([
    'https://api.example',
    'wss://api.example',
  ]);
  expect(gatewayOrigins('/graphql', 'hub.example', true)).toEqual(['wss://hub.example']);
  expect(gatewayOrigins('/graphql', '[::1]:3000', false)).toEqual(['ws://[::1]:3000']);
  expect(gatewayOrigins('/graphql', "hub.example; script-src 'unsafe-inline'", true)).toEqual([]);
  const o = { nonce: 'n', media: [], development: false, secure: true };
  const policy = contentSecurityPolicy({ ...o, gateway: ['https://api.example', 'wss://api.example'] });
  expect(policy).toContain("; connect-src 'self' https://api.example wss://api.example;");
});

test('pages may send pictures to the storage, and show those that they are about to send', () => {
  const o = { nonce: 'n', gateway: [], development: false, secure: true };
  const policy = contentSecurityPolicy({ ...o, media: ['https://files.example'] });
  expect(policy).toContain("; connect-src 'self' https://files.example;");
  expect(policy).toContain("; img-src 'self' data: blob: https://files.example;");
});
