import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PostgresServer, startPostgres, startTemporaryPostgres } from '../src/embedded-postgres.ts';
import { removeData } from '../src/postgres/data-folder.ts';

const isRoot = process.getuid?.() === 0;
let home: string;
let dataDir: string;
let server: PostgresServer | undefined;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'socialhub-home-'));
  await chmod(home, 0o755);
  dataDir = join(home, 'postgres');
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  await removeData(dataDir);
  await rm(home, { recursive: true, force: true });
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const postmasterPid = async () =>
  Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('keeps data and password over a restart, with the password readable for its owner alone', async () => {
  server = await startPostgres({ dataDir });
  await query(server.url, 'CREATE TABLE kept (text text)');
  const password = new URL(server.url).password;
  await server.stop();
  await expect(query(server.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  expect((await stat(`${dataDir}.password`)).mode & 0o777).toBe(0o600);

  server = await startPostgres({ dataDir });
  expect(new URL(server.url).password).toBe(password);
  expect(await query(server.url, 'SELECT * FROM kept')).toEqual([]);
});

test('listens on 127.0.0.1 alone, wants a password and sorts text the same everywhere', async () => {
  server = await startPostgres({ dataDir });
  const [row] = await query(
    server.url,
    "SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets, current_setting('max_connections') AS connections, lower('ÄÖ') AS lower, current_setting('fsync') AS fsync",
  );
  expect(row).toEqual({ addresses: '127.0.0.1', sockets: '', connections: '300', lower: 'äö', fsync: 'on' });
  const wrong = new URL(server.url);
  wrong.password = 'wrong';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
});

test('ends a server that an earlier run has left on the same data', async () => {
  const left = await startPostgres({ dataDir });
  const pid = await postmasterPid();
  server = await startPostgres({ dataDir });
  expect(isAlive(pid)).toBe(false);
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await left.stop();
});

test('starts after kill -9, and where the number in a stale postmaster.pid is another program', async () => {
  const killed = await startPostgres({ dataDir });
  await query(killed.url, 'CREATE TABLE kept (text text)');
  const pid = await postmasterPid();
  const stale = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).replace(
    /^\d+/,
    String(process.pid),
  );
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  await killed.stop();
  await writeFile(join(dataDir, 'postmaster.pid'), stale);

  server = await startPostgres({ dataDir });
  expect(await query(server.url, 'SELECT * FROM kept')).toEqual([]);
});

test('a session that is still open does not hold up the stop', async () => {
  server = await startPostgres({ dataDir });
  const client = new pg.Client(server.url);
  client.on('error', () => {});
  await client.connect();
  const pid = await postmasterPid();
  await server.stop();
  expect(isAlive(pid)).toBe(false);
  await client.end().catch(() => {});
});

test('says which port is taken, and leaves nothing running', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  try {
    await expect(startPostgres({ dataDir, port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
  } finally {
    other.close();
  }
});

test('says what to do when the password of existing data is gone', async () => {
  await (await startPostgres({ dataDir })).stop();
  await rm(`${dataDir}.password`);
  await expect(startPostgres({ dataDir })).rejects.toThrow(/is gone.*Put it back, or delete/);
});

test('an interrupted first start leaves nothing that the next one trips on', async () => {
  await writeFile(`${dataDir}.secret`, 'half');
  server = await startPostgres({ dataDir });
  expect((await readdir(home)).sort()).toEqual(['postgres', 'postgres.password']);
});

test('a process that is killed takes its server with it, and the folder of a temporary one', async () => {
  const program = `
    import { startTemporaryPostgres } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../src/embedded-postgres.ts')))};
    import pg from ${JSON.stringify(pathToFileURL(createRequire(import.meta.url).resolve('pg')))};
    const client = new pg.Client((await startTemporaryPostgres()).url);
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('data_directory') AS folder");
    console.log(rows[0].folder);`;
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('no standard output');
  const [folder] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const pid = Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  await expect.poll(() => existsSync(join(folder, '..')), { timeout: 10_000 }).toBe(false);
});

test('a temporary server removes its folder', async () => {
  const temporary = await startTemporaryPostgres();
  const [row] = await query(
    temporary.url,
    "SELECT current_setting('data_directory') AS folder, current_setting('fsync') AS fsync",
  );
  expect(row?.fsync).toBe('off');
  await temporary.stop();
  await expect(stat(String(row?.folder))).rejects.toThrow(/ENOENT/);
});

test.runIf(isRoot)(
  'for root in a closed folder, the data lies where the system user can reach it',
  async () => {
    await chmod(home, 0o700);
    server = await startPostgres({ dataDir });
    await query(server.url, 'CREATE TABLE kept (text text)');
    const [row] = await query(server.url, "SELECT current_setting('data_directory') AS folder");
    expect(row?.folder).toMatch(/^\/var\/lib\/socialhub\/data\/postgres-/);
    await server.stop();
    server = await startPostgres({ dataDir });
    expect(await query(server.url, 'SELECT * FROM kept')).toEqual([]);
  },
);

test.runIf(isRoot)('what was placed there for a temporary folder goes when that folder is gone', async () => {
  const gone = await mkdtemp(join(tmpdir(), 'socialhub-gone-')); // closed to others, as mkdtemp makes it
  const link = join(gone, 'postgres');
  await (await startPostgres({ dataDir: link })).stop();
  const placed = await realpath(link);
  await rm(gone, { recursive: true });
  expect(existsSync(placed)).toBe(true);
  await chmod(home, 0o700);
  server = await startPostgres({ dataDir });
  expect(existsSync(placed)).toBe(false);
});
