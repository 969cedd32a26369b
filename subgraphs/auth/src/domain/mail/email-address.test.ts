import { describe, expect, it } from 'vitest';
import { normaliseEmail } from './email-address.ts';

/** A domain of so many characters. */
const longDomain = (length: number) => `${'abcdefghi.'.repeat(30).slice(0, length - 5)}x.org`;

describe('normaliseEmail', () => {
  it.each([
    [' Ada@Example.COM ', 'ada@example.com'],
    ['a.b+tag@mail.example.co.uk', 'a.b+tag@mail.example.co.uk'],
    ["o'neil@example.org", "o'neil@example.org"],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@Ｂücher.Example', 'ada@xn--bcher-kva.example'],
    [`${'a'.repeat(64)}@${longDomain(189)}`, `${'a'.repeat(64)}@${longDomain(189)}`],
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
    [`${'a'.repeat(64)}@${longDomain(190)}`],
    [`ada@${'bücher.'.repeat(25)}example`],
    ['a@example.org/path'],
    ['a@example.org?subject=x'],
    ['a@example.org#x'],
    ['a@example.org:25'],
    ['a@example.org\\x'],
    ['a@ex%61mple.org'],
    ['a@exam\tple.org'],
    ['a@exam\nple.org'],
    ['a@exam\u00adple.org'],
    ['a@example\u200d.org'],
    ['a@example.org.'],
    ['a@example。org。'],
    ['a@[192.0.2.1]'],
    ['a\u0000@example.org'],
    ['a@example.\ud800'],
    [`a@${'\u0301'.repeat(100_000)}.org`],
    [`ada@${'abcdefghi.'.repeat(30)}com`],
  ])('refuses %j', (text) => {
    expect(normaliseEmail(text)).toBeNull();
  });
});
