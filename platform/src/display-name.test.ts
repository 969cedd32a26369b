import { describe, expect, it } from 'vitest';
import { checkDisplayName } from './display-name.ts';

const refused = { extensions: { code: 'BAD_USER_INPUT', field: 'input.displayName' } };
const check = (text: string) => checkDisplayName('input.displayName', text);

describe('checkDisplayName', () => {
  it('counts what people call characters, not code units', () => {
    expect(check('👩‍👩‍👧‍👦'.repeat(50))).toBe('👩‍👩‍👧‍👦'.repeat(50));
    expect(() => check('👩‍👩‍👧‍👦'.repeat(51))).toThrow(expect.objectContaining(refused));
  });

  it('makes one line of it', () => {
    expect(check('  Ada \n\t Lovelace ')).toBe('Ada Lovelace');
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['something invisible', '\u200b\u200d'],
    ['a control character', 'Ada\u0000'],
    ['a text direction override', 'Ada\u202egnp'],
    ['half a surrogate pair', 'Ada\ud83d'],
  ])('refuses %s', (_what, text) => {
    expect(() => check(text)).toThrow(expect.objectContaining(refused));
  });
});
