import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findLastCopies, lateCopies } from './backup-age.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'socialhub-watch-backups-'));
  for (const name of ['base', 'media', 'mail']) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = new Date('2026-03-03T12:00:00Z');
const long = new Date('2026-01-01T00:00:00Z');

it('finds the newest copy that is whole', async () => {
  for (const name of [
    '20260301T030105Z',
    '20260302T030107Z',
    '20260303T030001Z.part',
    '20260304T030001Z.undone',
  ])
    mkdirSync(join(folder, 'base', name));
  writeFileSync(join(folder, 'media/last'), '2026-03-03T03:00:09.000Z\n');
  const last = await findLastCopies(folder);
  expect(last).toEqual({
    database: new Date('2026-03-02T03:01:07Z'),
    files: new Date('2026-03-03T03:00:09Z'),
  });
  expect(lateCopies(last, long, now)).toEqual([
    'The last backup of the database is of 2026-03-02T03:01:07.000Z.',
  ]);
  expect(lateCopies(last, long, new Date('2026-03-03T05:01:00Z'))).toEqual([]);
});

it('misses a copy that never was once it has looked for a night', async () => {
  const last = await findLastCopies(join(folder, 'none'));
  expect(lateCopies(last, long, now)).toEqual([
    'There is no backup of the database.',
    'There is no backup of the files.',
  ]);
  expect(lateCopies(last, new Date('2026-03-03T00:00:00Z'), now)).toEqual([]);
});

it('mails whoever runs the server, and ends when it is told to', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'watch-backups.ts'), folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      DOMAIN: 'hub.example',
      ADMIN_EMAIL: 'ada@hub.example',
      MAIL_FROM: 'SocialHub <no-reply@hub.example>',
      MAIL_DIR: join(folder, 'mail'),
      WATCHING_SINCE: long.toISOString(),
    },
  });
  const exited = once(child, 'exit');
  const mails = () => readdirSync(join(folder, 'mail')).filter((name) => name.endsWith('.eml'));
  await expect.poll(mails, { timeout: 20_000 }).toHaveLength(1);
  const mail = readFileSync(join(folder, 'mail', mails()[0] ?? ''), 'utf8');
  expect(mail).toContain('To: ada@hub.example');
  expect(mail).toContain('Subject: A backup of hub.example is late');
  expect(mail).toContain('There is no backup of the database.');
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});
