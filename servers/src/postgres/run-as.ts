import { execFileSync, spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** The system user that PostgreSQL runs as. Empty: as we run ourselves. */
export type RunAs = { uid: number; gid: number } | Record<string, never>;

/**
 * PostgreSQL refuses to run as root, so root runs it as the owner of the existing data, or else as the system user
 * `postgres`, who is created where missing. Throws a sentence when that is impossible.
 */
export async function postgresUser(dataDir: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(dataDir).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findUser('postgres') ?? createUser('postgres');
}

function findUser(name: string): RunAs | null {
  const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const [uid, gid] = [id('-u'), id('-g')];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/** Exported for its test. */
export function createUser(name: string): RunAs {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]],
    ['adduser', ['-S', '-D', '-H', name]], // Alpine
  ];
  for (const [command, args] of attempts) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) {
      const user = findUser(name);
      if (user) return user;
    }
  }
  throw new Error(
    `PostgreSQL does not run as root, and the system user ${name} could not be created. Create it (useradd --system ${name}), run as another user, or set DATABASE_URL to a running server.`,
  );
}

/** Whether that user can enter the folder. */
export function canEnter(runAs: RunAs, folder: string): boolean {
  if (!('uid' in runAs)) return true;
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...runAs, cwd: '/', stdio: 'ignore' }).status ===
    0
  );
}

/** Whether that user can run the program. */
export function canRun(runAs: RunAs, program: string): boolean {
  return spawnSync(program, ['--version'], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Makes everything under the folder readable for everyone; the superuser may have a umask that hides it. */
export function makeReadable(folder: string): void {
  execFileSync('chmod', ['-R', 'a+rX', folder]);
}
