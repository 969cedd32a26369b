import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/*
 * Base backup and archive of a PostgreSQL with what PostgreSQL itself has: docs/operations/restore.md is this as a runbook, with the same
 * statements, settings and commands.
 */

/** What a server is told once, before it is started anew, so that it keeps each piece of its log in `folder`. */
export const archiveSettings = (folder: string): Record<string, string> => ({
  archive_mode: 'on',
  archive_command: `test ! -f ${folder}/%f && cp %p ${folder}/.%f && mv ${folder}/.%f ${folder}/%f`,
  archive_timeout: '60',
});

export const beginBackup = "SELECT pg_backup_start('base', fast => true)";
export const endBackup = 'SELECT labelfile FROM pg_backup_stop()';
/** Has what was written so far archived, and not only once a piece of the log is full. */
export const switchLog = 'SELECT pg_walfile_name(pg_switch_wal()) AS piece';

/** Of the data folder all but the log, which is archived, and what belongs to the running server. */
export const copyData = ['--exclude=./pg_wal/*', '--exclude=./postmaster.*', '--exclude=./pg_replslot/*'];

/** What the restored server is told: where the log is, and up to which moment it is read. */
export const restoreSettings = (folder: string, until: string): Record<string, string> => ({
  restore_command: `cp ${folder}/%f %p`,
  recovery_target_time: until,
  recovery_target_action: 'promote',
  // The restored server has a history of its own: it does not go on in the archive of the one before.
  archive_mode: 'off',
});

const lines = (settings: Record<string, string>) =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('');

/** Makes a folder that the server's own user may write to. */
export function makeArchive(folder: string, dataDir: string): void {
  mkdirSync(folder, { mode: 0o700 });
  const { uid, gid } = statSync(realpathSync(dataDir));
  chownSync(folder, uid, gid);
}

/** Copies the data folder while the server works on; one connection holds the backup open. */
export async function takeBaseBackup(client: pg.Client, dataDir: string, tarFile: string): Promise<string> {
  await client.query(beginBackup);
  try {
    execFileSync('tar', ['-C', realpathSync(dataDir), ...copyData, '-cf', tarFile, '.'], { stdio: 'pipe' });
  } catch (error) {
    // 1: files changed or went while they were read, which the log mends.
    if ((error as { status?: number }).status !== 1) throw error;
  }
  const { rows } = await client.query<{ labelfile: string }>(endBackup);
  return rows[0]?.labelfile ?? '';
}

/** Resolves when everything that was committed is in the archive. */
export async function archiveAll(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ piece: string }>(switchLog);
  const piece = rows[0]?.piece ?? '';
  for (const end = performance.now() + 60_000; performance.now() < end; await delay(100)) {
    const { rows: state } = await client.query(
      'SELECT last_archived_wal >= $1 AS is_there FROM pg_stat_archiver',
      [piece],
    );
    if (state[0]?.is_there) return;
  }
  throw new Error(`${piece} is not archived within a minute`);
}

/** Lays a data folder out from a base backup, such that a server that is started on it reads the archive up to `until`. */
export function layOut(options: {
  tarFile: string;
  label: string;
  archive: string;
  until: string;
  /** The data folder whose password and owner the new one gets. */
  from: string;
  to: string;
}): void {
  const { uid, gid } = statSync(realpathSync(options.from));
  mkdirSync(options.to, { mode: 0o700 });
  execFileSync('tar', ['-C', options.to, '-xpf', options.tarFile]);
  writeFileSync(join(options.to, 'backup_label'), options.label);
  writeFileSync(join(options.to, 'recovery.signal'), '');
  appendFileSync(
    join(options.to, 'postgresql.auto.conf'),
    lines(restoreSettings(options.archive, options.until)),
  );
  for (const name of ['', 'backup_label', 'recovery.signal', 'postgresql.auto.conf'])
    chownSync(join(options.to, name), uid, gid);
  copyFileSync(`${options.from}.password`, `${options.to}.password`);
}
