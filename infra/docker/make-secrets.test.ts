import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { accountNames } from './rabbitmq-definitions.ts';

const root = mkdtempSync(join(tmpdir(), 'socialhub-secrets-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const make = () => execFileSync(process.execPath, [join(import.meta.dirname, 'make-secrets.ts'), root]);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const urls = () => accountNames.map((name) => read(`${name}/rabbitmq_url`));

it('keeps what it made, and says each time who may publish what', () => {
  make();
  const before = urls();
  const secrets = [read('auth/signing_key_secret'), read('chat/database_url'), read('web/identity_keys')];
  // As an earlier version wrote it, which had no such event.
  rmSync(join(root, 'rabbitmq/definitions.json'));
  writeFileSync(join(root, 'rabbitmq/definitions.json'), '{"topic_permissions":[]}');
  make();
  expect(urls()).toEqual(before);
  expect([read('auth/signing_key_secret'), read('chat/database_url'), read('web/identity_keys')]).toEqual(
    secrets,
  );
  const { topic_permissions } = JSON.parse(read('rabbitmq/definitions.json'));
  expect(topic_permissions).toHaveLength(accountNames.length);
});
