import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { canListen, freePort } from './ports.ts';
import { findBinaries } from './postgres/binaries.ts';
import { openCluster, placeData, removeData } from './postgres/data-folder.ts';
import { endEarlierRun } from './postgres/earlier-run.ts';
import { postgresUser } from './postgres/run-as.ts';
import { startServer } from './postgres/server.ts';

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface PostgresServer {
  /** As the owner, on the database `postgres`. */
  url: string;
  /** Ends every session and the server within 25 seconds; safe to call twice. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  dataDir: string;
  port?: number;
  durable?: boolean;
  log?: Log;
}

/**
 * Starts a PostgreSQL server of our own on 127.0.0.1 alone, with its data in `dataDir` and its password in
 * `<dataDir>.password`; a server that an earlier run has left there is ended first. `port` defaults to a free one.
 * With `durable: false` nothing survives a power cut, which tests do not mind. Throws a sentence for people when the
 * port is taken or the server does not start; nothing is left running then.
 */
export function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  return startIn(options);
}

async function startIn(options: PostgresOptions, temporary?: string): Promise<PostgresServer> {
  const dataDir = resolve(options.dataDir);
  const runAs = await postgresUser(dataDir);
  const { initdb, postgres } = await findBinaries(runAs);
  const real = await placeData(dataDir, runAs);
  if (await endEarlierRun(real))
    options.log?.warn({ dataDir }, 'ended a PostgreSQL server left by an earlier run');
  let port = options.port ? await checkedPort(options.port) : await freePort();
  const password = await openCluster({ dataDir, real, initdb, runAs });
  const start = (port: number) =>
    startServer({
      postgres,
      dataDir: real,
      port,
      runAs,
      settings: { ...settings, ...(options.durable === false ? forgetful : {}) },
      // An ERROR is an answer to whoever sent the statement, and theirs to log.
      onLine: (line) => /\bPANIC:/.test(line) && options.log?.warn({ line }, 'postgres'),
      temporary: temporary ? [real, temporary] : [],
    });
  const server = await start(port).catch(async (error: Error) => {
    if (options.port || !/in use/.test(error.message)) throw error;
    port = await freePort(); // somebody was quicker between the look and the start
    return start(port);
  });
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  await closeToServices(url).catch(async (error) => {
    await server.stop();
    throw error;
  });
  options.log?.info({ dataDir, port, pid: server.pid }, 'PostgreSQL is up');
  return { url, stop: server.stop };
}

/** Starts a forgetful server in a temporary folder, which `stop` removes. For tests and for drafting migrations. */
export async function startTemporaryPostgres(options: { log?: Log } = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'socialhub-postgres-'));
  await chmod(folder, 0o711); // the server's user has to pass through it
  const dataDir = join(folder, 'data');
  const remove = async () => {
    await removeData(dataDir);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const server = await startIn({ ...options, dataDir, durable: false }, folder);
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 300,
  // Nothing here replicates: no process that waits for it.
  max_logical_replication_workers: 0,
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

const forgetful = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Tests count the statements that a request costs.
  shared_preload_libraries: 'pg_stat_statements',
};

/** By default every role may connect to these two; a service's role has no business there. */
async function closeToServices(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await owner.connect();
  await owner.query('REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC').finally(() => owner.end());
}

async function checkedPort(port: number): Promise<number> {
  if (await canListen(port)) return port;
  throw new Error(`Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another for PostgreSQL.`);
}
