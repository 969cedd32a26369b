import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { endProcess } from './earlier-run.ts';
import type { RunAs } from './run-as.ts';

const startTimeoutMs = 120_000; // recovery after a power cut may take its time

/** A running postmaster. `stop` is bounded (25 s at worst) and may be called twice. */
export interface Server {
  pid: number;
  stop(): Promise<void>;
}

/**
 * Starts `postgres` in a session of its own, so that Ctrl-C reaches it only through us, once its users have closed.
 * Throws with the server's last words when it ends instead of answering.
 */
export async function startServer(o: {
  postgres: string;
  dataDir: string;
  port: number;
  settings: Record<string, string | number>;
  runAs: RunAs;
  onLine: (line: string) => void;
  /** Folders that nobody needs once we are gone. */
  temporary?: readonly string[];
}): Promise<Server> {
  const settings = Object.entries(o.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(o.postgres, ['-D', o.dataDir, '-p', String(o.port), ...settings], {
    ...o.runAs,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  const exited = once(child, 'exit');
  exited.catch(() => {}); // a failed spawn is reported by `answering`
  const endAtExit = () => child.kill('SIGINT');
  process.once('exit', endAtExit);
  let watchdog: ChildProcess | undefined;
  const stop = async () => {
    process.off('exit', endAtExit);
    watchdog?.kill('SIGKILL');
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await Promise.race([exited, endProcess(child.pid)]);
  };
  try {
    await answering(child, o.onLine);
  } catch (error) {
    await stop();
    throw error;
  }
  const pid = child.pid as number; // it has answered
  watchdog = endWithUs(pid, o.temporary ?? []);
  return { pid, stop };
}

/**
 * Ends the server when we are killed without a chance to do it (the shell's standard input ends with us), and then
 * removes the folders that were to go with it.
 */
function endWithUs(pid: number, folders: readonly string[]): ChildProcess {
  const script =
    'read -r _; kill -INT "$1"; pid=$1; shift; [ $# = 0 ] && exit; while kill -0 "$pid"; do sleep 0.1; done; rm -rf -- "$@"';
  const shell = spawn('/bin/sh', ['-c', script, 'sh', String(pid), ...folders], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => {}); // no shell, no watchdog: the next start ends a server that was left
  shell.unref();
  return shell;
}

function answering(child: ChildProcess, onLine: (line: string) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const words: string[] = [];
  const fail = (what: string) =>
    reject(new Error(`PostgreSQL ${what}${words.length ? `: ${words.join(' | ')}` : '.'}`));
  const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
  child.once('error', (error) => fail(`could not be run (${error.message})`));
  child.once('close', () => fail('ended while starting'));
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      onLine(line);
      if (/ready to accept connections/.test(line)) resolve();
      words.push(line);
      if (words.length > 5) words.shift();
    });
  }
  return promise.finally(() => clearTimeout(timer));
}
