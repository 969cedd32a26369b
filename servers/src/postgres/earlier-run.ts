import { spawnSync } from 'node:child_process';
import { readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const graces = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const;

/**
 * Ends the server that an earlier, uncleanly ended run has left on this data folder, if there is one, and takes away
 * a `postmaster.pid` whose number belongs to another program by now: PostgreSQL would take that for a running server.
 * Throws when the server does not end. Gives whether one was stopped.
 */
export async function endEarlierRun(dataDir: string): Promise<boolean> {
  const file = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid || !isAlive(pid)) return false;
  if (!(await isServerOn(pid, dataDir))) {
    await rm(file, { force: true });
    return false;
  }
  await endProcess(pid);
  return true;
}

/** Asks for a fast shutdown, then insists. Throws when the process outlives even SIGKILL by seconds. */
export async function endProcess(pid: number): Promise<void> {
  for (const [signal, graceMs] of graces) {
    send(pid, signal);
    if (await isGone(pid, graceMs)) return;
  }
  throw new Error(`The PostgreSQL server with process id ${pid} does not end.`);
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(20)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const isAlive = (pid: number): boolean => send(pid, 0);

async function isServerOn(pid: number, dataDir: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null); // the server works in its data folder
    return command.includes('postgres') && (folder === dataDir || command.includes(`\0${dataDir}\0`));
  }
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.includes('postgres') && stdout.includes(dataDir);
}
