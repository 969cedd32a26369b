import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { passableMode } from '../private-files.ts';
import { sharedFolder } from './binaries.ts';
import { endEarlierRun } from './earlier-run.ts';
import { canEnter, type RunAs } from './run-as.ts';

const run = promisify(execFile);

/** The file beside the data folder that holds the owner's password. */
const passwordFile = (dataDir: string): string => `${dataDir}.password`;

/**
 * The real path of the data folder, in a place that the given user can reach. When the parent is closed to that user
 * the data lives below /var/lib/socialhub and `dataDir` is a link to it. Throws a sentence when existing data is out
 * of reach or belongs to somebody else.
 */
export async function placeData(dataDir: string, runAs: RunAs): Promise<string> {
  await mkdir(dirname(dataDir), { recursive: true, mode: passableMode });
  if (existsSync(dataDir)) return existingData(dataDir, runAs);
  await rm(dataDir, { force: true }); // a link whose target is gone
  if (canEnter(runAs, dirname(dataDir))) return join(await realpath(dirname(dataDir)), basenameOf(dataDir));
  const shared = join(sharedFolder, 'data');
  await mkdir(shared, { recursive: true, mode: 0o755 });
  await chmod(sharedFolder, 0o755);
  await chmod(shared, 0o755);
  await sweepTemporary(shared);
  const folder = await mkdtemp(join(shared, 'postgres-'));
  await writeFile(homeFile(folder), dataDir);
  await own(folder, runAs);
  await symlink(folder, dataDir);
  return folder;
}

/** Beside a folder that was placed elsewhere: the path of the link to it. */
const homeFile = (folder: string): string => `${folder}.home`;

/**
 * Removes what was placed for homes in the folder for temporary files that are gone. Others stay: a working copy that
 * was moved has taken its link along and must find its data.
 */
async function sweepTemporary(shared: string): Promise<void> {
  const homes = (await readdir(shared)).filter((name) => name.endsWith('.home'));
  for (const name of homes) {
    const link = await readFile(join(shared, name), 'utf8').catch(() => '');
    if (!link.startsWith(`${tmpdir()}/`) || existsSync(dirname(link))) continue;
    const folder = join(shared, name.slice(0, -'.home'.length));
    await endEarlierRun(folder);
    await rm(folder, { recursive: true, force: true });
    await rm(join(shared, name), { force: true });
  }
}

const basenameOf = (path: string): string => path.slice(dirname(path).length).replace(/^\/+/, '');

async function existingData(dataDir: string, runAs: RunAs): Promise<string> {
  const real = await realpath(dataDir);
  const owner = (await stat(real)).uid;
  const self = 'uid' in runAs ? runAs.uid : process.getuid?.();
  const isEmpty = !existsSync(join(real, 'PG_VERSION'));
  if (isEmpty) await own(real, runAs).catch(() => {});
  else if (owner !== self) {
    throw new Error(
      `The database folder ${dataDir} belongs to user ${owner}. Start as that user or choose another SOCIALHUB_HOME.`,
    );
  }
  if (!canEnter(runAs, dirname(real))) {
    throw new Error(
      `PostgreSQL runs as user ${self}, who cannot enter ${dirname(real)}. Open that folder (chmod o+x on it and those above) or choose another SOCIALHUB_HOME.`,
    );
  }
  return real;
}

const own = async (folder: string, runAs: RunAs): Promise<void> => {
  if ('uid' in runAs) await chown(folder, runAs.uid as number, runAs.gid as number);
};

/**
 * Gives the owner's password, making the cluster on first use. It is made beside its place and renamed into it, so
 * that an interrupted start leaves nothing half made. Throws a sentence when the data is there and the password not.
 */
export async function openCluster(o: {
  dataDir: string;
  real: string;
  initdb: string;
  runAs: RunAs;
}): Promise<string> {
  const kept = await readFile(passwordFile(o.dataDir), 'utf8').catch(() => null);
  if (existsSync(join(o.real, 'PG_VERSION'))) {
    if (kept) return kept.trim();
    throw new Error(
      `${passwordFile(o.dataDir)} is gone, and with it the password of the data in ${o.dataDir}. Put it back, or delete ${o.dataDir} to start anew.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  const draft = `${o.real}.new`;
  const secret = `${o.real}.secret`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await own(draft, o.runAs);
  try {
    // initdb reads the password from a file only, which the other user must be able to open.
    await rm(secret, { force: true });
    await writeFile(secret, password, { mode: 0o600 });
    await own(secret, o.runAs);
    await runInitdb(o.initdb, draft, secret, o.runAs);
    await replacePasswordFile(passwordFile(o.dataDir), password);
    if (existsSync(o.real)) await rmdir(o.real);
    await rename(draft, o.real);
  } finally {
    await rm(secret, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
  return password;
}

/** The C.UTF-8 of PostgreSQL itself: text sorts and folds the same on every machine, whatever locales it has. */
async function runInitdb(initdb: string, folder: string, secret: string, runAs: RunAs): Promise<void> {
  const locale = ['--encoding=UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${secret}`];
  try {
    await run(initdb, [`--pgdata=${folder}`, ...access, ...locale, '--no-sync', '--no-instructions'], {
      ...runAs,
      cwd: '/',
      timeout: 120_000,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(
      `PostgreSQL could not make its data folder ${folder}: ${stderr.trim() || String(error)}`,
      { cause: error },
    );
  }
}

async function replacePasswordFile(path: string, password: string): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, `${password}\n`, { mode: 0o600, flag: 'wx' });
}

/** Removes the data, its password and, where it was placed elsewhere, the place. */
export async function removeData(dataDir: string): Promise<void> {
  const found = await lstat(dataDir).catch(() => null);
  if (found?.isSymbolicLink()) {
    const folder = await realpath(dataDir);
    await rm(folder, { recursive: true, force: true });
    await rm(homeFile(folder), { force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
  await rm(passwordFile(dataDir), { force: true });
}
