import { writeFileSync } from 'node:fs';
import { packCommonPasswords } from '../src/domain/passwords/common-passwords.ts';
import { listCommonPasswords } from './list-common-passwords.ts';

/** `node subgraphs/auth/data/build-common-passwords.ts`: packs the list of common passwords (docs/decisions/0020). */
const list = listCommonPasswords();
const packed = packCommonPasswords(list);
writeFileSync(new URL('common-passwords.bin', import.meta.url), packed);
process.stdout.write(`${list.length} passwords in ${packed.length} bytes\n`);
