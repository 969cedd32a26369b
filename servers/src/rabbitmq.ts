import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { canListen, freePort } from './ports.ts';
import { readPassword, writeConfiguration } from './rabbitmq/configuration.ts';
import { end, endOrphans, forgetProcesses, recordProcesses, sendSignal } from './rabbitmq/processes.ts';

/** Where packages put the script that starts the server in the foreground (Debian, Homebrew, the generic archive). */
const serverScripts = [
  '/usr/lib/rabbitmq/bin/rabbitmq-server',
  '/usr/local/sbin/rabbitmq-server',
  '/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server',
  '/opt/rabbitmq/sbin/rabbitmq-server',
];
const startTimeoutMs = 60_000;

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** A RabbitMQ server of our own. `kill` is kill -9; `restart` comes back on the same port with the same data. */
export interface RabbitMqServer {
  readonly url: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** The path of the installed server's script, or null when RabbitMQ is not installed here. */
export function findRabbitMq(): string | null {
  return serverScripts.find((path) => existsSync(path)) ?? null;
}

/**
 * Starts the installed rabbitmq-server for ourselves alone: on 127.0.0.1, with its data, cookie, name server and
 * password under `dataDir`. Gives its address once it answers. Throws when it is not installed, when the port is
 * taken, or when it does not come up within a minute; nothing is left running then.
 */
export async function startRabbitMq(options: {
  dataDir: string;
  port?: number;
  log?: Log;
}): Promise<RabbitMqServer> {
  const script = findRabbitMq();
  if (!script) {
    throw new Error(
      'RabbitMQ is not installed. Install it (Debian: apt-get install rabbitmq-server), set RABBITMQ_URL to a running one, or leave out --rabbitmq.',
    );
  }
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await endOrphans(dataDir, options.log);
  const password = await readPassword(dataDir);
  const port = options.port ? await checkedPort(options.port) : await freePort();
  const ports = { amqp: port, distribution: await freePort(), epmd: await freePort() };
  const url = `amqp://socialhub:${password}@127.0.0.1:${port}`;
  const env = await writeConfiguration(dataDir, ports, password);

  let epmd: ChildProcess | undefined;
  let server: ChildProcess | undefined;
  const endAll = async (signal: NodeJS.Signals) => {
    if (server) await end(server, signal);
    if (epmd) await end(epmd, 'SIGKILL');
    await forgetProcesses(dataDir);
  };
  const startAll = async () => {
    // Our own name server in the foreground: the one that Erlang would start by itself outlives everything.
    epmd = spawn('epmd', ['-port', String(ports.epmd), '-address', '127.0.0.1'], { stdio: 'ignore', env });
    epmd.on('error', () => {});
    await accepting(ports.epmd, epmd);
    const output = openSync(join(dataDir, 'server.log'), 'a');
    server = spawn(script, [], { env, cwd: dataDir, stdio: ['ignore', output, output], detached: true });
    closeSync(output);
    server.on('error', () => {});
    await recordProcesses(dataDir, [server.pid, epmd.pid]);
    await answering(url, server, dataDir);
  };
  const start = async () => {
    try {
      await startAll();
    } catch (error) {
      await endAll('SIGKILL');
      throw error;
    }
  };

  await start();
  // A process that exits without stop() takes its server along; durable queues survive that.
  const killOnExit = () => {
    if (server?.pid && server.exitCode === null) sendSignal(-server.pid, 'SIGKILL');
    if (epmd?.pid && epmd.exitCode === null) sendSignal(epmd.pid, 'SIGKILL');
  };
  process.once('exit', killOnExit);
  options.log?.info({ port, dataDir }, 'RabbitMQ started');
  return {
    url,
    async stop() {
      await endAll('SIGTERM');
      process.off('exit', killOnExit);
    },
    kill: () => endAll('SIGKILL'),
    async restart() {
      await endAll('SIGTERM');
      await start();
    },
  };
}

async function answering(url: string, server: ChildProcess, dataDir: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) {
      throw new Error(`RabbitMQ ended while starting; see ${join(dataDir, 'server.log')}.`);
    }
    try {
      const connection = await connect(url, { timeout: 5_000 });
      await connection.close();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`RabbitMQ did not answer within a minute; see ${join(dataDir, 'server.log')}.`, {
          cause: error,
        });
      }
    }
    await sleep(150);
  }
}

async function accepting(port: number, owner: ChildProcess): Promise<void> {
  const deadline = Date.now() + 10_000;
  // Asked by connecting: to try whether the port can be had would take it from the name server for that moment.
  while (!(await answers(port))) {
    if (owner.exitCode !== null || owner.pid === undefined || Date.now() > deadline) {
      throw new Error('The Erlang name server (epmd) did not start. Is Erlang installed whole?');
    }
    await sleep(25);
  }
}

async function checkedPort(port: number): Promise<number> {
  if (await canListen(port)) return port;
  throw new Error(`Port ${port}, which RabbitMQ was to use, is taken. Free it or name another.`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connectTcp({ port, host: '127.0.0.1', timeout: 5_000 });
    const done = (answered: boolean) => {
      probe.destroy();
      resolve(answered);
    };
    probe.once('connect', () => done(true));
    probe.once('error', () => done(false));
    probe.once('timeout', () => done(false));
  });
}
