import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { canListen, freePort } from './ports.ts';

/** Where packages put the script that starts the server in the foreground (Debian, Homebrew, the generic archive). */
const serverScripts = [
  '/usr/lib/rabbitmq/bin/rabbitmq-server',
  '/usr/local/sbin/rabbitmq-server',
  '/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server',
  '/opt/rabbitmq/sbin/rabbitmq-server',
];
const startTimeoutMs = 60_000;
const stopTimeoutMs = 15_000;

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
    await rm(pidFile(dataDir), { force: true });
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
    await writeFile(pidFile(dataDir), JSON.stringify({ owner: process.pid, pids: [server.pid, epmd.pid] }));
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

/** The account's password, made once for a data folder: the server keeps its accounts there. */
async function readPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'password');
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return (await readFile(file, 'utf8')).trim();
}

async function writeConfiguration(
  dataDir: string,
  ports: { amqp: number; distribution: number; epmd: number },
  password: string,
): Promise<NodeJS.ProcessEnv> {
  const config = [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    'default_user = socialhub',
    `default_pass = ${password}`,
    'default_user_tags.administrator = true',
    'log.file.level = warning',
    'log.console = true',
    'log.console.level = error',
  ];
  await writeFile(join(dataDir, 'rabbitmq.conf'), `${config.join('\n')}\n`, { mode: 0o600 });
  await writeFile(join(dataDir, 'enabled_plugins'), '[].\n');
  await writeFile(join(dataDir, 'rabbitmq-env.conf'), '');
  const { PATH, LANG = 'C.UTF-8' } = process.env;
  return {
    PATH: `${PATH}:/usr/sbin:/usr/local/sbin`,
    LANG,
    HOME: dataDir,
    // The same name in every copy: a node's data carries it, and each copy has its own name server.
    RABBITMQ_NODENAME: 'socialhub@localhost',
    RABBITMQ_MNESIA_BASE: join(dataDir, 'mnesia'),
    RABBITMQ_LOG_BASE: join(dataDir, 'log'),
    RABBITMQ_CONFIG_FILE: join(dataDir, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: join(dataDir, 'rabbitmq-env.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(dataDir, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dataDir, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(dataDir, 'node.pid'),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}',
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // Makes the script become the server instead of watching over it, so that signals reach the server itself.
    RUNNING_UNDER_SYSTEMD: 'true',
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

/** Sends the signal to the child's group, waits for its end, and kills what does not end in time. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
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

function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // it has ended already
  }
}

const pidFile = (dataDir: string) => join(dataDir, 'processes.json');

/** Ends a server of this folder whose starter was killed; refuses when its starter is alive. */
async function endOrphans(dataDir: string, log: Log | undefined): Promise<void> {
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
