import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const stopTimeoutMs = 15_000;

/** Sends the signal to the child's group, waits for its end, and kills what does not end in time. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = child.spawnargs[0] === 'epmd' ? child.pid : -child.pid;
  sendSignal(pid, signal);
  const timer = setTimeout(() => sendSignal(pid, 'SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
  // Erlang's helper processes share the group and may outlive a killed server by a moment.
  if (pid < 0) sendSignal(pid, 'SIGKILL');
}

/** False: it has ended already. 0 asks whether it has. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

const pidFile = (dataDir: string) => join(dataDir, 'processes.json');

/** Notes whose they are, so that a later run can end what is left behind. */
export const recordProcesses = (dataDir: string, pids: readonly (number | undefined)[]): Promise<void> =>
  writeFile(pidFile(dataDir), JSON.stringify({ owner: process.pid, pids }));

export const forgetProcesses = (dataDir: string): Promise<void> => rm(pidFile(dataDir), { force: true });

/** Ends a server of this folder whose starter was killed; refuses when its starter is alive. */
export async function endOrphans(
  dataDir: string,
  log: { warn(fields: object, message: string): void } | undefined,
): Promise<void> {
  if (!existsSync(pidFile(dataDir))) return;
  const recorded = JSON.parse(await readFile(pidFile(dataDir), 'utf8')) as { owner: number; pids: number[] };
  const alive = recorded.pids.filter((pid) => belongsToRabbitMq(pid));
  if (alive.length > 0 && recorded.owner !== process.pid && sendSignal(recorded.owner, 0)) {
    throw new Error(`RabbitMQ is already running in ${dataDir} (started by process ${recorded.owner}).`);
  }
  for (const pid of alive) {
    log?.warn({ pid }, 'ending a RabbitMQ process that an earlier run left behind');
    if (!sendSignal(-pid, 'SIGKILL')) sendSignal(pid, 'SIGKILL');
  }
  await rm(pidFile(dataDir), { force: true });
}

/** Process ids are given again: only one that still looks like Erlang is ours to end. */
function belongsToRabbitMq(pid: number): boolean {
  try {
    return /rabbit|epmd|beam/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}
