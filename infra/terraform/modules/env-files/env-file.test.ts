import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProcess } from '../../../checks/terraform/configs.ts';
import { checkEnvFiles } from './check-env-files.ts';
import { envFileFaults, looksSecret, maxBytes } from './env-file.ts';

const choices = new Set(['LOG_LEVEL', 'MAIL_FROM', 'PASSWORD_HASHES_AT_ONCE', 'SMTP_URL']);
const faults = (text: string, mode = 0o640) => envFileFaults(Buffer.from(text), mode, choices);

describe('a file of variables', () => {
  it('is taken with comments, empty lines, counts with any name and texts with any sign', () => {
    expect(
      faults('# hello\n\nLOG_LEVEL=info\nPASSWORD_HASHES_AT_ONCE=3\nMAIL_FROM=Hub é=1 <a@b.example>\n'),
    ).toEqual([]);
  });

  it('is refused with a variable that nobody chooses, or that is no assignment', () => {
    expect(faults('LOGLEVEL=info\nexport LOG_LEVEL=info\n')).toEqual([
      'line 1: LOGLEVEL is no variable that is chosen here',
      'line 2 is not NAME=value',
    ]);
  });

  it('is refused with one that Terraform sets itself', () => {
    expect(envFileFaults(Buffer.from('LOG_LEVEL=info'), 0o600, choices, new Set(['LOG_LEVEL']))).toEqual([
      'line 1: LOG_LEVEL is set by Terraform, which would win',
    ]);
  });

  it('is refused with a duplicate, quotes, CR LF, a byte order mark, or bytes that are no text', () => {
    expect(faults('LOG_LEVEL=info\nLOG_LEVEL=warn\n')).toEqual([
      'line 2 gives LOG_LEVEL again, after line 1',
    ]);
    expect(faults('LOG_LEVEL="info"')[0]).toContain('has quotes');
    expect(faults('LOG_LEVEL=info\r\n')).toEqual([
      'line 1 ends in CR LF; ECS would take the CR into the value',
    ]);
    expect(faults('\uFEFFLOG_LEVEL=info')).toContain('begins with a byte order mark');
    expect(envFileFaults(Buffer.from([0x4c, 0x3d, 0xff]), 0o600, new Set(['L']))).toContain('is not UTF-8');
  });

  it('is refused when everybody on the machine can read or write it', () => {
    for (const mode of [0o644, 0o642, 0o604]) expect(faults('LOG_LEVEL=info', mode)).toHaveLength(1);
    for (const mode of [0o600, 0o640, 0o660]) expect(faults('LOG_LEVEL=info', mode)).toEqual([]);
  });

  it('may have as many bytes as ECS reads, and not one more', () => {
    const line = 'LOG_LEVEL=info\n';
    expect(faults(`${line}#${'x'.repeat(maxBytes - line.length - 1)}`)).toEqual([]);
    expect(faults(`${line}#${'x'.repeat(maxBytes - line.length)}`)).toEqual([
      'is larger than 1,000,000 bytes',
    ]);
  });

  it('is refused with what looks like a secret, which the fault does not repeat', () => {
    for (const line of [
      'MY_TOKEN=abc',
      'SMTP_URL=smtps://mail.example',
      'LOG_LEVEL=smtps://me:hunter2@mail.example',
      `LOG_LEVEL=${'AKIA'}IOSFODNN7EXAMPLE`,
      `MAIL_FROM=-----BEGIN ${'PRIVATE'} KEY-----`,
      'LOG_LEVEL=q7Zr2LwX0vB9nT4kY6mP1sDf',
    ]) {
      const [fault = '', ...others] = faults(line);
      expect(others).toEqual([]);
      expect(fault).toContain('looks like a secret');
      expect(fault).not.toContain(line.split('=')[1]);
    }
  });
});

it.each([
  'https://hub.example,https://other-hub.example',
  'media=20000,chat=3000,notification=3000',
  'android:apk-key-hash:q7Zr2LwX0vB9nT4kY6mP1sDfq7Zr2LwX0vB9nT4kY6m',
  '/app/persisted-operations-manifest-of-2026.json',
  'http://otel-collector.observability.internal:4318',
])('%s looks like no secret', (value) => {
  expect(looksSecret(value)).toBe(false);
});

describe('a folder of files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'env-files-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text);
    chmodSync(join(folder, file), 0o600);
  };
  const run = (input: string) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'check-env-files.ts')], {
      input,
      encoding: 'utf8',
    });

  it('has what each process lets its operator choose', async () => {
    const { chosen } = await readProcess('gateway');
    expect(chosen.has('COST_PER_MINUTE')).toBe(true);
    expect(chosen.has('IDENTITY_KEYS')).toBe(false);
    write('gateway.env', 'COST_PER_MINUTE=3000000\nLOG_LEVEL=warn\n');
    write('media.env', 'MEDIA_QUOTA_MB=500\n');
    expect(Object.keys(await checkEnvFiles(folder)).sort()).toEqual(['gateway', 'media']);
    expect(await checkEnvFiles(join(folder, 'none'))).toEqual({});
  });

  it('answers Terraform, and names all faults of all files at once', () => {
    const fine = run(JSON.stringify({ folder, taken: '{}' }));
    expect(fine.status).toBe(0);
    expect(JSON.parse(fine.stdout)).toEqual({
      gateway: 'COST_PER_MINUTE=3000000\nLOG_LEVEL=warn\n',
      media: 'MEDIA_QUOTA_MB=500\n',
    });
    write('gateway.env', 'MEDIA_QUOTA_MB=1\n');
    write('search.env', '');
    const faulty = run(JSON.stringify({ folder, taken: '{"media":["MEDIA_QUOTA_MB"]}' }));
    expect(faulty.status).toBe(1);
    expect(faulty.stdout).toBe('');
    expect(faulty.stderr.trim().split('\n')).toEqual([
      'gateway.env: line 1: MEDIA_QUOTA_MB is no variable that is chosen here',
      'media.env: line 1: MEDIA_QUOTA_MB is set by Terraform, which would win',
      'search.env: no process has a file of that name',
    ]);
  });
});
