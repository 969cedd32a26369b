import { describe, expect, it } from 'vitest';
import { checkPassword } from './password.ts';

const check = (text: string) => checkPassword('input.password', text);
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

  it.each([['1234567'], ['x'.repeat(129)], ['😀'.repeat(129)], ['x'.repeat(1_000_000)], ['1234567\ud83d']])(
    'refuses %j',
    (text) => {
      expect(() => check(text)).toThrow(expect.objectContaining(refused));
    },
  );
});
