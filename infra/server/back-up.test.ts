import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = join(import.meta.dirname, 'back-up.sh');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'socialhub-back-up-'));
  mkdirSync(join(folder, 'data/pg_wal'), { recursive: true });
  for (const file of ['PG_VERSION', 'pg_wal/000000010000000000000001', 'postmaster.pid'])
    writeFileSync(join(folder, 'data', file), 'x');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const copy = (path = '') =>
  spawnSync('bash', [script, 'copy', join(folder, 'copy')], {
    env: { PATH: `${path}:${process.env.PATH}`, PGDATA: join(folder, 'data') },
  }).status;

it('copies the data without its log and what belongs to the server that runs', () => {
  expect(copy()).toBe(0);
  expect(readdirSync(join(folder, 'copy'), { recursive: true }).sort()).toEqual(['PG_VERSION', 'pg_wal']);
});

it('leaves nothing under the name of a copy that broke off', () => {
  // As on a disk that is full.
  writeFileSync(join(folder, 'tar'), '#!/bin/bash\n[ "$1" = -c ] || { touch "$3/PG_VERSION"; exit 2; }\n');
  chmodSync(join(folder, 'tar'), 0o755);
  expect(copy(folder)).toBe(2);
  expect(existsSync(join(folder, 'copy'))).toBe(false);
});
