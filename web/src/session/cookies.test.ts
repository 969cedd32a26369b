import { expect, test } from 'vitest';
import { cookiesOf, sessionCookies } from './cookies.ts';

const NOW = Date.parse('2026-01-01T00:00:00.000Z');

test('copies on one host keep their sessions apart by port', () => {
  const first = sessionCookies(new Headers({ host: '127.0.0.1:3000' }));
  const second = sessionCookies(new Headers({ host: '127.0.0.1:3001' }));
  expect(first.access).not.toBe(second.access);
});

test('the access cookie goes half a minute before its token does, the refresh cookie with its token', () => {
  const names = sessionCookies(new Headers({ host: 'hub.example', 'x-forwarded-proto': 'https' }));
  const [access, refresh] = cookiesOf(
    names,
    {
      __typename: 'Tokens',
      accessToken: 'a',
      accessTokenExpiresAt: '2026-01-01T00:15:00.000Z',
      refreshToken: 'r',
      refreshTokenExpiresAt: '2026-01-02T00:00:00.000Z',
    },
    NOW,
  );
  expect(access).toMatchObject({ name: '__Host-socialhub-access', maxAge: 870, secure: true });
  expect(refresh).toMatchObject({ name: '__Host-socialhub-refresh', maxAge: 86_400, secure: true });
});
