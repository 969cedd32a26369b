import { expect, test } from 'vitest';
import { contentSecurityPolicy, mediaOrigins } from './content-security-policy.ts';

test('of MEDIA_ORIGIN only the origins of http URLs enter the policy', () => {
  const value =
    "http://127.0.0.1:9000/bucket, https://cdn.example https://cdn.example/x; 'unsafe-inline' data: *";
  expect(mediaOrigins(value)).toEqual(['http://127.0.0.1:9000', 'https://cdn.example']);
  expect(mediaOrigins(undefined)).toEqual([]);
});

test('over HTTPS what is left of HTTP is upgraded', () => {
  const o = { nonce: 'n', media: [], development: false };
  expect(contentSecurityPolicy({ ...o, secure: true })).toContain('upgrade-insecure-requests');
  expect(contentSecurityPolicy({ ...o, secure: false })).not.toContain('upgrade-insecure-requests');
});
