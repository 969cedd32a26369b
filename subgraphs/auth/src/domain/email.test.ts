import { describe, expect, it } from 'vitest';
import { normaliseEmail } from './email.ts';

describe('normaliseEmail', () => {
  it.each([
    [' Ada@Example.COM ', 'ada@example.com'],
    ['a.b+tag@mail.example.co.uk', 'a.b+tag@mail.example.co.uk'],
    ["o'neil@example.org", "o'neil@example.org"],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ])('takes %j as %j', (text, email) => {
    expect(normaliseEmail(text)).toBe(email);
  });

  it.each([
    [''],
    ['ada'],
    ['@example.com'],
    ['ada@'],
    ['ada@localhost'],
    ['ada@192.0.2.1'],
    ['ada@@example.com'],
    ['a..b@example.com'],
    ['.ada@example.com'],
    ['ada@-example.com'],
    ['ada lovelace@example.com'],
    ['"ada lovelace"@example.com'],
    ['ada@example.com\r\nBcc: all@example.com'],
    ['ada\r\nBcc:x@example.com'],
    ['ada,bob@example.com'],
    ['<ada@example.com>'],
    ['аda@example.com'],
    ['\u212aarl@example.com'],
    [`${'a'.repeat(65)}@example.com`],
    [`ada@${'a'.repeat(64)}.com`],
    [`ada@${'abcdefghi.'.repeat(30)}com`],
  ])('refuses %j', (text) => {
    expect(normaliseEmail(text)).toBeNull();
  });
});
