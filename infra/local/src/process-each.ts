import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@socialhub/platform/log';
import { backoff } from '@socialhub/platform/retry';
import type { Layout, Runnable } from './layout.ts';
import { projectRoot } from './options.ts';
import { StartFault } from './start-fault.ts';

const startTimeoutMs = 30_000;
const stopTimeoutMs = 28_000;

/** A process for each service; one that ends by itself is started again, later each time. Logs go to `logDir`. */
export function processEach(options: { logDir: string; log: Logger }): Layout {
  const { logDir, log } = options;
  mkdirSync(logDir, { recursive: true });
  const running = new Map<Runnable, ChildProcess>();
  const restarts = new Set<NodeJS.Timeout>();
  let stopping = false;

  const start = async (name: Runnable, environment: Record<string, string>, crashes = 0): Promise<string> => {
    const child = launch(name, environment, logDir);
    running.set(name, child);
    const url = await readiness(name, child, logDir);
    child.once('exit', (code, signal) => {
      if (stopping || running.get(name) !== child) return;
      log.warn({ name, code, signal }, 'a service ended by itself; starting it again');
      restartLater(name, environment, crashes);
    });
    return url;
  };

  const restartLater = (name: Runnable, environment: Record<string, string>, crashes: number) => {
    const delayMs = 500 + backoff(crashes, { baseMs: 500, maxMs: 30_000 });
    const timer = setTimeout(() => {
      restarts.delete(timer);
      start(name, environment, crashes + 1).catch((error: unknown) => {
        log.error({ err: error, name }, 'a service did not come back');
        if (!stopping) restartLater(name, environment, crashes + 1);
      });
    }, delayMs);
    restarts.add(timer);
  };

  return {
    description: 'each in a process of its own',
    start,
    async kill(name) {
      const child = running.get(name);
      running.delete(name);
      if (child) await end(child, 'SIGKILL');
    },
    async stop() {
      stopping = true;
      for (const timer of restarts) clearTimeout(timer);
      const gateway = running.get('gateway');
      if (gateway) await end(gateway, 'SIGTERM');
      await Promise.all([...running.values()].map((child) => end(child, 'SIGTERM')));
    },
  };
}

function launch(name: Runnable, environment: Record<string, string>, logDir: string): ChildProcess {
  const main = name === 'gateway' ? 'gateway/src/main.ts' : `subgraphs/${name}/src/main.ts`;
  const child = spawn(process.execPath, [join(projectRoot, main)], {
    cwd: projectRoot,
    // Nothing of the parent's environment but what Node and the system need: each service gets its own secrets alone.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: process.env.NODE_ENV,
      NODE_COMPILE_CACHE: join(projectRoot, 'node_modules/.cache/node'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C reaches the parent alone, which stops the services in their order.
    detached: true,
  });
  const file = createWriteStream(join(logDir, `${name}.log`), { flags: 'a' });
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });
  child.once('close', () => file.end());
  return child;
}

async function readiness(name: Runnable, child: ChildProcess, logDir: string): Promise<string> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new StartFault(`The ${name} service ${why}. Its log: ${join(logDir, `${name}.log`)}`));
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

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const force = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  child.kill(signal);
  await exited;
  clearTimeout(force);
}
