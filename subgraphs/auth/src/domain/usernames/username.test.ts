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

  it.each([
    ['4dm1n', 'digits for letters'],
    ['adm_1n', 'a digit and an underscore'],
    ['rnoderator', 'rn for m'],
    ['m0derat0r', '0 for o'],
    ['he1p', '1 for l'],
    ['Iogout', 'I for l'],
    ['vvebmaster', 'vv for w'],
    ['officiai', 'i for l in a long word'],
    ['admin1', 'a number behind it'],
    ['support_24', 'a number behind it'],
    ['5upp0rt7', 'both'],
    ['socialhub_help', "the house's name in it"],
    ['the_sociaIhub', "the house's name in it, with I for l"],
  ])('takes %j for the reserved name that it looks like: %s', (text) => {
    expect(() => check(text)).toThrow(expect.objectContaining(refused));
  });

  it.each([
    'ali',
    'mali',
    'ari',
    'arno',
    'bernie',
    'joan',
    'jo4nna',
    'tea',
    'teal',
    'steam',
    'alice_in',
    'bill',
    'jill',
    'milan',
    'tim',
    'aida',
    'newton',
    'rosa',
    'user_of_tea',
    'admiral',
    'supporter',
    'team_ada',
    'ada1',
    'ada2024',
    'b0b',
    'mel0dy',
    'rick',
    'pres',
    'pat',
    'all_of_us',
    'modest',
    'infolge',
    'helpful',
    'rootbeer',
    'newsworthy',
    'chatty',
    'feeder',
    'homer',
    'mina',
    'domi',
  ])('leaves %j to whoever has that name', (text) => {
    expect(check(text)).toBe(text);
  });

  it.each([
    ['\u0430da', 'Cyrillic a'],
    ['ad\u0456', 'Cyrillic i'],
    ['\uff41\uff44\uff41', 'full width'],
    ['ad\u00e0', 'an accent'],
    ['\u212aarl', 'the Kelvin sign'],
    ['ada\u200b', 'a space of no width'],
    ['\u202eada', 'a change of direction'],
    ['\u{1d41a}\u{1d41d}\u{1d41a}', 'mathematical letters'],
    ['a\u0501a', 'Cyrillic d'],
    ['\u03b1\u03b4\u03b1', 'Greek'],
  ])('says of %j that it has other letters: %s', (text) => {
    expect(() => check(text)).toThrow(/other letters, which may look the same/);
  });
});
