import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** The server that is measured has a core to itself; the load and what stands behind the server share the other. */
export const serverCore = 0;
export const loadCore = 1;

const canPin = availableParallelism() > 1 && hasTaskset();
const ticksPerSecond = 100;

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Ties this process, with all its threads, to the load's core. Gives false where that can't be done. */
export function pinThisProcess(): boolean {
  return pinThreads(process.pid, String(loadCore));
}

/** Lets a process that was started on one core have the load's as well. */
export function letUseBothCores(pid: number): void {
  pinThreads(pid, [serverCore, loadCore].join(','));
}

/**
 * Ties each thread of a process to these cores; gives false where that can't be done. Thread by thread, since `taskset -a`
 * fails when one of them ends meanwhile; until no thread is new, since one that was not tied yet may have begun another.
 */
export function pinThreads(pid: number, cores: string, threads = () => threadsOf(pid)): boolean {
  const seen = new Set<string>();
  for (
    let found = canPin ? threads() : [];
    found.length > 0;
    found = threads().filter((id) => !seen.has(id))
  ) {
    for (const thread of found) {
      seen.add(thread);
      const { status, stderr } = spawnSync('taskset', ['-cp', cores, thread], { encoding: 'utf8' });
      if (status !== 0 && threadsOf(pid).includes(thread)) throw new Error(stderr.trim());
    }
  }
  return canPin;
}

const threadsOf = (pid: number): string[] => readdirSync(`/proc/${pid}/task`);

/** A command, on one core where that can be had. */
export const onCore = (core: number, command: readonly string[]): [program: string, ...args: string[]] => {
  const [program = '', ...args] = canPin ? ['taskset', '-c', String(core), ...command] : command;
  return [program, ...args];
};

export interface Started {
  pid: number;
  /** What it has written, for when it does not come up. */
  output(): string;
  isUp(): boolean;
  stop(): Promise<void>;
}

interface Surroundings {
  env?: NodeJS.ProcessEnv | undefined;
  folder?: string;
}

/** Starts a program on one core; it ends when this process does. */
export const startOn = (core: number, command: readonly string[], surroundings?: Surroundings): Started =>
  startAnywhere(onCore(core, command), surroundings);

/** Starts a program on whatever core is free; it ends when this process does. */
export function startAnywhere(
  [program = '', ...args]: readonly string[],
  { env, folder }: Surroundings = {},
): Started {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const note = (part: Buffer) => {
    output = (output + part).slice(-4000);
  };
  child.stdout?.on('data', note);
  child.stderr?.on('data', note);
  const ended = once(child, 'exit').catch((error: unknown) => note(Buffer.from(String(error))));
  const end = () => endGroup(child);
  process.once('exit', end);
  return {
    pid: child.pid ?? -1,
    output: () => output,
    isUp: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    async stop() {
      process.off('exit', end);
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      end();
      await ended;
    },
  };
}

/** It leads a group of its own, so that what it has started goes with it. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** CPU time so far and memory now. */
export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** Of a process and all that it has started. */
export function usageOf(pid: number): Usage {
  const all = [...usageByProgram(pid).values()];
  const sum = (of: keyof Usage) => all.reduce((total, usage) => total + usage[of], 0);
  return { cpuSeconds: sum('cpuSeconds'), rssBytes: sum('rssBytes') };
}

/** Of a process and all that it has started, by the name of the program. */
export function usageByProgram(pid: number): Map<string, Usage> {
  const stats = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(name) : []));
  const tree = new Set([pid]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const stat of stats) if (tree.has(stat.parent)) tree.add(stat.pid);
  }
  const usage = new Map<string, Usage>();
  for (const stat of stats) {
    if (!tree.has(stat.pid)) continue;
    const { cpuSeconds, rssBytes } = usage.get(stat.program) ?? { cpuSeconds: 0, rssBytes: 0 };
    usage.set(stat.program, {
      cpuSeconds: cpuSeconds + stat.ticks / ticksPerSecond,
      rssBytes: rssBytes + stat.pages * 4096,
    });
  }
  return usage;
}

/** Files and sockets that a process has open. */
export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

function statOf(pid: string) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name may hold spaces; what follows its bracket does not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (index: number) => Number(fields[index]);
    const program = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    // Node calls its first thread so.
    const name = program === 'MainThread' ? 'node' : program;
    return [{ pid: Number(pid), program: name, parent: at(1), ticks: at(11) + at(12), pages: at(21) }];
  } catch {
    return [];
  }
}

/** Seconds that all cores together have worked since the machine was started. */
export function machineBusySeconds(): number {
  const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) / ticksPerSecond;
}
