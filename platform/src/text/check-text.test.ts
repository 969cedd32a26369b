import { describe, expect, it } from 'vitest';
import { checkDisplayName } from './check-display-name.ts';
import { checkLine, checkText } from './check-text.ts';

const refusal = expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field: 't' } });
const kiss = '👩🏽‍❤️‍💋‍👨🏿';
const zalgo = `a${'\u0301'.repeat(160_000)}`;

describe('checkText', () => {
  it.each([
    ['  e\u0301\r\nx ', 'é\nx'],
    [kiss.repeat(3), kiss.repeat(3)],
    ['', ''],
    ['\u200b\u3164', ''],
    ['\u2800', ''],
  ])('takes %j as %j', (text, clean) => {
    expect(checkText('t', text, { max: 3 })).toBe(clean);
  });

  it.each([
    ['what is too long', 'abcd'],
    ['what is much too long', 'x'.repeat(1_000_000)],
    ['marks without end', zalgo],
    ['a NUL', 'a\u0000'],
    ['half a surrogate pair', '\ud800'],
  ])('refuses %s', (_what, text) => {
    expect(() => checkText('t', text, { max: 3 })).toThrow(refusal);
  });

  it.each(['', '  ', '\u200b', '\u3164\uffa0', '\u2800', '\u00ad', '\u0301'])(
    'takes %j for empty where something is asked for',
    (text) => {
      expect(() => checkText('t', text, { max: 3, min: 1 })).toThrow('t must not be empty');
    },
  );

  it('has room for the longest emoji there are', () => {
    expect(checkText('t', kiss.repeat(500), { max: 500 })).toBe(kiss.repeat(500));
    expect(() => checkText('t', kiss.repeat(501), { max: 500 })).toThrow(refusal);
  });
});

describe('checkLine', () => {
  it('makes one line of it', () => {
    expect(checkLine('t', ' a \u2028\t b\r\nc ', { max: 5 })).toBe('a b c');
  });
});

describe('checkDisplayName', () => {
  const check = (text: string) => checkDisplayName('t', text);

  it('counts what people call characters, not code units', () => {
    expect(check(kiss.repeat(50))).toBe(kiss.repeat(50));
    expect(() => check(kiss.repeat(51))).toThrow(refusal);
  });

  it('makes one line of it', () => {
    expect(check('  Ada \n\t Lovelace ')).toBe('Ada Lovelace');
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['something invisible', '\u200b\u200d'],
    ['a filler', '\u3164'],
    ['a control character', 'Ada\u0000'],
    ['a text direction override', 'Ada\u202egnp'],
    ['an isolate, though it is closed', '\u2067Ada\u2069'],
    ['half a surrogate pair', 'Ada\ud83d'],
    ['marks without end', zalgo],
  ])('refuses %s', (_what, text) => {
    expect(() => check(text)).toThrow(refusal);
  });
});
