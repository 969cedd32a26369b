import { expect, test } from 'vitest';
import { shareOf } from './shares.ts';

const viewer = { userId: 'ada', sessionId: 's', role: 'MEMBER' as const, scopes: [] };
const from = (ipAddress: string) => ({ ipAddress, userAgent: null });

test.each([
  ['a viewer, wherever they are', { viewer, client: from('192.0.2.1') }, '{ viewer { id } }', 'ada'],
  ['an address', { viewer: null, client: from('192.0.2.1') }, '{ viewer { id } }', '192.0.2.1'],
  [
    'a network of version 6',
    { viewer: null, client: from('2001:db8::1:2:3:4') },
    '{ a }',
    '2001:db8:0:0::/64',
  ],
  [
    'a renewal beside the sign-ins of its address',
    { viewer: null, client: from('192.0.2.1') },
    'mutation R__auth__0($token:String!){refreshTokens(refreshToken:$token){tokens{accessToken}}}',
    '192.0.2.1 renews',
  ],
  [
    'a renewal under another name',
    { viewer: null, client: from('192.0.2.1') },
    'mutation($t:String!){ a: refreshTokens(refreshToken:$t){tokens{accessToken}}}',
    '192.0.2.1 renews',
  ],
  [
    'a sign-in before a renewal',
    { viewer: null, client: from('192.0.2.1') },
    'mutation($t:String!){ logIn(input:$i){user{id}} refreshTokens(refreshToken:$t){tokens{accessToken}}}',
    '192.0.2.1',
  ],
])('the share of %s', (_who, context, query, share) => expect(shareOf(context, query).name).toBe(share));

test('who is signed out is of a crowd, but for renewals', () => {
  const ada = { viewer, client: from('192.0.2.1') };
  const signedOut = { viewer: null, client: from('192.0.2.1') };
  const renewal = 'mutation($t:String!){refreshTokens(refreshToken:$t){tokens{accessToken}}}';
  expect([shareOf(ada, '{ a }'), shareOf(signedOut, '{ a }'), shareOf(signedOut, renewal)]).toMatchObject([
    { isOfCrowd: false },
    { isOfCrowd: true },
    { isOfCrowd: false },
  ]);
});
