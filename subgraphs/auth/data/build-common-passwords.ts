import { writeFileSync } from 'node:fs';
import { dictionary } from '@zxcvbn-ts/language-common';
import { packCommonPasswords } from '../src/domain/common-passwords.ts';

/** `node subgraphs/auth/data/build-common-passwords.ts`: packs the list of common passwords (docs/decisions/0020). */
const list = dictionary['passwords-common'];
if (!list?.length) throw new Error('@zxcvbn-ts/language-common has no list of passwords');
const packed = packCommonPasswords(list);
writeFileSync(new URL('common-passwords.bin', import.meta.url), packed);
process.stdout.write(`${list.length} passwords in ${packed.length} bytes\n`);
