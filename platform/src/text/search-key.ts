import { foldCase } from './case-fold.ts';
import { nfkc } from './normalise.ts';

/** Beyond it nobody types; what is kept fits into an index whatever it is made of. */
const most = 100;

const accents = /[\u0300-\u036f]/g;
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
/** Letters that have no accent to be taken off and are typed without their stroke all the same. */
const plain: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
};
const hasPlain = /[øłđðħıþæœ]/g;

/**
 * The form in which names are searched: NFKC, case folded, without the accents of Latin, Greek and Cyrillic letters, one
 * space between words, its first 100 characters. The caller bounds the length.
 */
export function searchKey(text: string): string {
  const folded = nfkc(foldCase(nfkc(text)))
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC');
  const key = folded
    .replace(hasPlain, (letter) => plain[letter] ?? letter)
    .replace(unseen, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return key.length <= most ? key : Array.from(key).slice(0, most).join('').trim();
}
