import { describe, expect, it } from 'vitest';
import { checkUsername } from './username.ts';

const check = (text: string) => checkUsername('input.username', text);
const refused = { extensions: { code: 'BAD_USER_INPUT', field: 'input.username' } };

describe('checkUsername', () => {
  it.each([
    ['ada', 'ada'],
    ['Ada_Lovelace', 'ada_lovelace'],
    [' bob99 ', 'bob99'],
    ['_x_', '_x_'],
    ['a'.repeat(30), 'a'.repeat(30)],
  ])('takes %j as %j', (text, username) => {
    expect(check(text)).toBe(username);
  });

  it.each([
    ['ab'],
    ['a'.repeat(31)],
    [''],
    ['ada-lovelace'],
    ['ada lovelace'],
    ['ada.lovelace'],
    ['adä'],
    ['аda'],
    ['\u212aarl'],
    ['___'],
    ['admin'],
    ['Admin'],
    ['ad_min_'],
    ['SocialHub'],
  ])('refuses %j', (text) => {
    expect(() => check(text)).toThrow(expect.objectContaining(refused));
  });
});
