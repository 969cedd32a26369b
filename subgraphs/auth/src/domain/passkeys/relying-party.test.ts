import { expect, it } from 'vitest';
import { bytesOfId, relyingPartyOf } from './relying-party.ts';

it.each([
  ['https://hub.example', 'hub.example', 'https://hub.example'],
  ['https://hub.example:8443/app', 'hub.example', 'https://hub.example:8443'],
  ['http://localhost:3000', 'localhost', 'http://localhost:3000'],
  ['http://127.0.0.1:3000', 'localhost', 'http://localhost:3000'],
  ['http://[::1]:3000', 'localhost', 'http://localhost:3000'],
])('makes passkeys for the web at %s', (url, id, origin) => {
  expect(relyingPartyOf(url, {})).toEqual({ id, origins: [origin] });
});

it('makes them for what it is told to', () => {
  const given = { id: 'example', origins: ['https://a.example', 'https://b.example'] };
  expect(relyingPartyOf('https://hub.example', given)).toEqual(given);
});

it('hands authenticators the bytes of an id', () => {
  const bytes = bytesOfId('018f0000-0000-7000-8000-0000000000ff');
  expect(bytes).toHaveLength(16);
  expect([bytes[0], bytes[15]]).toEqual([1, 255]);
});
