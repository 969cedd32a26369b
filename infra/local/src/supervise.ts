import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { killedAfterMs } from '@socialhub/platform/end-deadlines';
import type { Logger } from '@socialhub/platform/log';
import { backoff } from '@socialhub/platform/retry';
import { appendPrivately, makePrivateFolder } from '@socialhub/servers/private-files';
import { StartFault } from '@socialhub/servers/start-fault';
import { projectRoot } from './options.ts';

const startTimeoutMs = 30_000;

/** A service in a process of its own, which is started again when it ends by itself. */
export interface Supervised {
  url: string;
  /** Ends it as a crash would, for good. */
  kill(): Promise<void>;
  /** Has it drain and stop, for good. */
  stop(): Promise<void>;
}

interface Program {
  /** As people read it, and as its log is named. */
  name: string;
  /** The module that runs it, from the project's folder on. */
  main: string;
  /** What configures it, beside what Node and the system need. */
  environment: Record<string, string>;
  logDir: string;
  log: Logger;
}

/** Starts a process and keeps it running: it is started again, later each time. Throws StartFault when the first one fails. */
export async function supervise(program: Program): Promise<Supervised> {
  const { name, log } = program;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  const start = async (crashes: number): Promise<string> => {
    const started = launch(program);
    child = started;
    const url = await readiness(program, started);
    started.once('exit', (code, signal) => {
      if (isOver) return;
      log.warn({ name, code, signal }, 'a service ended by itself; starting it again');
      restartLater(crashes);
    });
    return url;
  };

  const restartLater = (crashes: number) => {
    timer = setTimeout(
      () => {
        start(crashes + 1).catch((error: unknown) => {
          log.error({ err: error, name }, 'a service did not come back');
          if (!isOver) restartLater(crashes);
        });
      },
      500 + backoff(crashes, { baseMs: 500, maxMs: 30_000 }),
    );
  };

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    isOver = true;
    clearTimeout(timer);
    if (child) await endProcess(child, signal);
  };

  return { url: await start(0), kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

const logPath = ({ logDir, name }: Program) => join(logDir, `${name}.log`);

function launch(program: Program): ChildProcess {
  makePrivateFolder(program.logDir);
  const child = spawn(process.execPath, [join(projectRoot, program.main)], {
    cwd: projectRoot,
    // Nothing of the parent's environment but what Node and the system need: each service gets its own secrets alone.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: process.env.NODE_ENV,
      NODE_COMPILE_CACHE: join(projectRoot, 'node_modules/.cache/node'),
      ...program.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C reaches the parent alone, which stops the services in their order.
    detached: true,
  });
  const file = appendPrivately(logPath(program));
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });
  child.once('close', () => file.end());
  return child;
}

async function readiness(program: Program, child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new StartFault(`The ${program.name} service ${why}. Its log: ${logPath(program)}`));
    };
    const timer = setTimeout(() => fail(`did not start within ${startTimeoutMs / 1000} s`), startTimeoutMs);
    child.once('message', (message: { ready: string }) => {
      clearTimeout(timer);
      resolve(message.ready);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      fail(`could not start: ${said.trim().split('\n').at(-1) || 'it said nothing'}`);
    });
  });
}

async function endProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const force = setTimeout(() => child.kill('SIGKILL'), killedAfterMs);
  child.kill(signal);
  await exited;
  clearTimeout(force);
}
