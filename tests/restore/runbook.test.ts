import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { archiveSettings, beginBackup, copyData, endBackup, restoreSettings, switchLog } from './archive.ts';

const runbook = readFileSync(new URL('../../docs/operations/restore.md', import.meta.url), 'utf8');

it('is the runbook: the statements, settings and commands that brought a table back', () => {
  for (const [name, value] of Object.entries(archiveSettings('/archive')))
    expect(runbook).toContain(`ALTER SYSTEM SET ${name} = '${value}';`);
  for (const statement of [beginBackup, endBackup, switchLog]) expect(runbook).toContain(`${statement};`);
  expect(runbook).toContain(`tar -C /data ${copyData.join(' ')} -cf /archive/base.tar .`);
  for (const [name, value] of Object.entries(restoreSettings('/archive', '2026-12-01 10:59:59+00')))
    expect(runbook).toContain(`${name} = '${value}'`);
  for (const file of ['backup_label', 'recovery.signal', 'postgresql.auto.conf'])
    expect(runbook).toContain(`/restored/${file}`);
});
