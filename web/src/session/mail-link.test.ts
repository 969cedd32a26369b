import { expect, test } from 'vitest';
import { mailCookie } from './mail-link.ts';

const headers = new Headers({ host: 'hub.example', 'x-forwarded-proto': 'https' });

test('the token of a link is kept where no script reads it, one for each page', () => {
  const verify = mailCookie(headers, '/verify-email', 'abc_-9');
  expect(verify).toMatchObject({ name: '__Host-socialhub-verify-email', value: 'abc_-9', secure: true });
  expect(verify).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', maxAge: 1800 });
  expect(mailCookie(headers, '/reset-password', 'x').name).not.toBe(verify.name);
});

test.each([null, '', 'a b', 'a;b', 'é', 'a'.repeat(201)])(
  '%j is no token and makes the browser forget',
  (token) => {
    expect(mailCookie(headers, '/verify-email', token)).toMatchObject({ value: '', maxAge: 0 });
  },
);
