import { describe, expect, it } from 'vitest';
import { checkPassword } from './password.ts';

const owner = { username: 'ada_lovelace', email: 'countess@example.com' };
const check = (text: string) => checkPassword('input.password', text, owner);
const refused = { extensions: { code: 'BAD_USER_INPUT', field: 'input.password' } };

describe('checkPassword', () => {
  it('takes 8 to 128 characters, whatever they are', () => {
    expect(check('83615274')).toBe('83615274');
    expect(check(' '.repeat(8))).toBe(' '.repeat(8));
    expect(check('😀'.repeat(128))).toBe('😀'.repeat(128));
  });

  it('makes one form of a character that keyboards spell differently', () => {
    expect(check('cafe\u0301 noir')).toBe(check('caf\u00e9 noir'));
  });

  it.each([
    ['ada_lovelace'],
    ['Ada.Lovelace!'],
    ['adalovelace1815'],
    ['countess'],
    ['Countess-2026'],
    ['countess@example.com'],
    ['SocialHub'],
    ['social hub 123456789'],
  ])('refuses what names its owner or the house: %j', (text) => {
    expect(() => check(text)).toThrow(expect.objectContaining(refused));
  });

  it.each([['ada lovelace wrote it'], ['my socialhub'], ['1815adalovelace'], ['!!!!!!!!']])(
    'takes what has a name in it: %j',
    (text) => {
      expect(check(text)).toBe(text);
    },
  );

  it.each([['1234567'], ['x'.repeat(129)], ['😀'.repeat(129)], ['x'.repeat(1_000_000)], ['1234567\ud83d']])(
    'refuses %j',
    (text) => {
      expect(() => check(text)).toThrow(expect.objectContaining(refused));
    },
  );
});
