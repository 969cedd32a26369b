import { spawnSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  deriveIdentityKeys,
  formatIdentityKeys,
  parseIdentityKeys,
} from '@socialhub/platform/identity/identity-signer';
import { expect, it, onTestFinished } from 'vitest';
import { cdnPublicKeys, changeKeys, type Keys, makeKeys } from './make-keys.ts';

const idsOf = (keys: Keys, name: string) =>
  parseIdentityKeys(keys.IDENTITY_KEYS[name] ?? '')?.map(({ id }) => id);

it('gives each subgraph and the web what is derived for it, and the gateway the master keys', () => {
  const keys = makeKeys('smtps://mail.example');
  const master = parseIdentityKeys(keys.IDENTITY_KEYS.gateway ?? '');
  expect(Object.keys(keys.IDENTITY_KEYS).sort()).toEqual([
    'auth',
    'chat',
    'gateway',
    'media',
    'notification',
    'post',
    'user',
    'web',
  ]);
  expect(keys.IDENTITY_KEYS.chat).toBe(formatIdentityKeys(deriveIdentityKeys(master ?? [], 'chat')));
  expect(keys.SIGNING_KEY_SECRET.length).toBeGreaterThanOrEqual(32);
  expect(keys.SMTP_URL).toBe('smtps://mail.example');
});

it('rotates in three steps, in each of which a key is known to both sides', async () => {
  const first = makeKeys('');
  const [old] = idsOf(first, 'gateway') ?? [];
  const added = changeKeys(first, 'add-key', '');
  const [, fresh] = idsOf(added, 'chat') ?? [];
  expect(idsOf(added, 'chat')).toEqual([old, fresh]);
  const used = changeKeys(added, 'use-new-key', '');
  expect(idsOf(used, 'web')).toEqual([fresh, old]);
  const dropped = changeKeys(used, 'drop-old-key', '');
  expect(idsOf(dropped, 'gateway')).toEqual([fresh]);
  expect(dropped.SIGNING_KEY_SECRET).toBe(first.SIGNING_KEY_SECRET);
  expect(() => changeKeys(added, 'add-key', '')).toThrow('There are two keys already');
  expect(() => changeKeys(first, 'drop-old-key', '')).toThrow('There is one key alone');
  expect(changeKeys(first, 'set-smtp-url', 'smtp://m').SMTP_URL).toBe('smtp://m');
});

it('changes the key of CloudFront in three steps, in each of which it knows the one that signs', () => {
  const first = makeKeys('');
  const [old] = cdnPublicKeys(first);
  const added = changeKeys(first, 'add-cdn-key', '');
  const [, fresh] = cdnPublicKeys(added);
  expect(cdnPublicKeys(added)).toEqual([old, fresh]);
  expect(added.MEDIA_CDN_PRIVATE_KEY).toBe(first.MEDIA_CDN_PRIVATE_KEY);
  const used = changeKeys(added, 'use-new-cdn-key', '');
  expect(cdnPublicKeys(used)).toEqual([fresh, old]);
  const dropped = changeKeys(used, 'drop-old-cdn-key', '');
  expect(cdnPublicKeys(dropped)).toEqual([fresh]);
  expect(dropped).toEqual({ ...first, MEDIA_CDN_PRIVATE_KEY: added.OTHER_CDN_PRIVATE_KEY });
  expect(() => changeKeys(added, 'add-cdn-key', '')).toThrow('There are two keys already');
  expect(() => changeKeys(first, 'use-new-cdn-key', '')).toThrow('There is one key alone');
});

it('hands values to the command aws by its input alone, and shows none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'make-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [stored, called] = [join(folder, 'stored'), join(folder, 'called')];
  writeFileSync(
    join(folder, 'aws'),
    `#!/bin/sh\necho "$@" >> ${called}\ncase "$2" in get-*) cat ${stored};; *) cat > ${stored};; esac\n`,
  );
  chmodSync(join(folder, 'aws'), 0o755);
  const runWith = (SMTP_URL: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'make-keys.ts'), ...args], {
      encoding: 'utf8',
      env: { PATH: [folder, process.env.PATH].join(delimiter), ENVIRONMENTS: folder, SMTP_URL },
    });
  const run = (...args: string[]) => runWith('smtps://mail.example', ...args);
  mkdirSync(join(folder, 'staging'));
  expect(runWith('', 'staging').stderr).toContain('SMTP_URL is missing or empty');
  expect(runWith('', 'staging', 'set-smtp-url').stderr).toContain('SMTP_URL is missing or empty');
  expect(runWith('me:hunter2@mail.example', 'staging').stderr).toBe(
    'SMTP_URL is no URL that begins with smtp:// or smtps://.\n',
  );
  expect(existsSync(called)).toBe(false);
  const made = run('staging');
  expect(made.status).toBe(0);
  const keys = JSON.parse(readFileSync(stored, 'utf8')) as Keys;
  expect(runWith('', 'staging', 'add-key').status).toBe(0);
  expect(JSON.parse(readFileSync(stored, 'utf8')).SMTP_URL).toBe('smtps://mail.example');
  expect(idsOf(JSON.parse(readFileSync(stored, 'utf8')) as Keys, 'gateway')).toHaveLength(2);
  expect(JSON.parse(readFileSync(join(folder, 'staging/cdn-public-keys.json'), 'utf8'))).toEqual([
    createPublicKey(keys.MEDIA_CDN_PRIVATE_KEY).export({ type: 'spki', format: 'pem' }),
  ]);
  const shown = `${readFileSync(called, 'utf8')}${made.stdout}${made.stderr}`;
  expect(shown).toContain('create-secret --name socialhub-staging/keys --secret-string file:///dev/stdin');
  expect(shown).toContain('put-secret-value --secret-id socialhub-staging/keys');
  expect(shown).not.toContain(keys.SIGNING_KEY_SECRET);
  expect(shown).not.toContain('PRIVATE KEY');
  expect(run('staging', 'rotate').stderr).toContain('Usage');
  rmSync(called);
  expect(run().status).toBe(1);
  expect(run('../staging').stderr).toContain('There is no environment');
  expect(run('none').stderr).toContain('There is no environment');
  expect(existsSync(called)).toBe(false);
});
