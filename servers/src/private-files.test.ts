import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendPrivately, closeHome, makePrivateFolder } from './private-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'socialhub-home-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => `0${(statSync(join(folder, path)).mode & 0o777).toString(8)}`;
const passable = process.getuid?.() === 0 ? '0711' : '0700';

test('a home that was open is closed, with what is in it', () => {
  for (const name of ['home', 'home/logs', 'home/mail', 'home/postgres', 'home/postgres/data', 'elsewhere']) {
    mkdirSync(join(folder, name), { mode: 0o755 });
  }
  for (const name of ['home/secrets.json', 'home/logs/socialhub.log', 'home/mail/a.eml', 'elsewhere/file']) {
    writeFileSync(join(folder, name), '', { mode: 0o644 });
    chmodSync(join(folder, name), 0o644);
  }
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'home/link'));
  closeHome(join(folder, 'home'));
  expect(
    Object.fromEntries(
      [
        ...[
          'home',
          'home/logs',
          'home/logs/socialhub.log',
          'home/mail',
          'home/mail/a.eml',
          'home/secrets.json',
        ],
        ...['home/postgres', 'home/postgres/data', 'elsewhere', 'elsewhere/file'],
      ].map((name) => [name, modeOf(name)]),
    ),
  ).toEqual({
    home: passable,
    'home/logs': '0700',
    'home/logs/socialhub.log': '0600',
    'home/mail': '0700',
    'home/mail/a.eml': '0600',
    'home/secrets.json': '0600',
    'home/postgres': passable,
    // Its server closes it, as its own user.
    'home/postgres/data': '0755',
    elsewhere: '0755',
    'elsewhere/file': '0644',
  });
});

test('a home that is not there is made closed', () => {
  closeHome(join(folder, 'new/home'));
  expect(modeOf('new/home')).toBe(passable);
});

test('logs are their owner’s alone, also where they were open before', async () => {
  mkdirSync(join(folder, 'logs'), { mode: 0o755 });
  writeFileSync(join(folder, 'logs/old.log'), 'before\n', { mode: 0o644 });
  makePrivateFolder(join(folder, 'logs'));
  expect(modeOf('logs')).toBe('0700');
  for (const name of ['old.log', 'new.log']) {
    const file = appendPrivately(join(folder, 'logs', name));
    file.end('line\n');
    await once(file, 'close');
    expect(modeOf(`logs/${name}`)).toBe('0600');
  }
});
