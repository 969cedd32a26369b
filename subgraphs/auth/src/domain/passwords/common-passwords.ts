import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { nfkc } from '@socialhub/platform/text/normalise';

/*
 * The list that ships with the project: the first six bytes of each password's SHA-256, sorted. Of passwords that are not on
 * the list one in some 3,000,000,000 is refused: with four bytes one in 44,000 would be, and some suite of tests would meet it.
 */
const prefixBytes = 6;
const file = new URL('../../../data/common-passwords.bin', import.meta.url);

/** With what people end a common password so that it is another. */
const endings = 4;
const ending = /\d$/;
const shortestStem = 4;

let loaded: Buffer | undefined;

/** Whether guessers try this password early: it is on the list, in any case, with or without up to four digits behind it. */
export function isCommonPassword(password: string): boolean {
  loaded ??= readFileSync(file);
  let stem = password.toLowerCase();
  for (let cut = 0; cut <= endings; cut += 1) {
    if (has(loaded, stem)) return true;
    if (!ending.test(stem) || stem.length <= shortestStem) return false;
    stem = stem.slice(0, -1);
  }
  return false;
}

/** The list as the file has it. */
export function packCommonPasswords(passwords: readonly string[]): Buffer {
  const prefixes = new Set(passwords.map((password) => prefixOf(password.toLowerCase())));
  const packed = Buffer.alloc(prefixes.size * prefixBytes);
  for (const [at, prefix] of [...prefixes].sort((a, b) => a - b).entries()) {
    packed.writeUIntBE(prefix, at * prefixBytes, prefixBytes);
  }
  return packed;
}

const prefixOf = (text: string): number =>
  createHash('sha256').update(nfkc(text)).digest().readUIntBE(0, prefixBytes);

function has(packed: Buffer, text: string): boolean {
  const wanted = prefixOf(text);
  let low = 0;
  let high = packed.length / prefixBytes - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = packed.readUIntBE(middle * prefixBytes, prefixBytes);
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
