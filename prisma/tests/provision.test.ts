import { randomBytes } from 'node:crypto';
import { serviceNames } from '@socialhub/platform/contracts/services';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { provision } from '../provision.ts';
import { databaseName, roleName, withDatabase } from '../urls.ts';

const server = inject('databaseUrl');
const passwords = { auth: 'a', user: 'b/@?', post: 'c', media: 'd', notification: "e'e", chat: 'f' };
let prefix: string;
let owner: string | undefined;

beforeEach(() => {
  prefix = `test_${randomBytes(4).toString('hex')}_`;
  owner = undefined;
});

afterEach(async () => {
  for (const service of serviceNames) {
    await query(server, `DROP DATABASE IF EXISTS "${databaseName(service, prefix)}" WITH (FORCE)`);
    await query(server, `DROP ROLE IF EXISTS "${roleName(service, prefix)}"`);
  }
  if (owner)
    await query(server, `DROP DATABASE "${owner}"`).then(() => query(server, `DROP ROLE "${owner}"`));
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  return client.query(sql).then(
    ({ rows }) => client.end().then(() => rows),
    (error) => client.end().then(() => Promise.reject(error)),
  );
}

test('gives every service a database where it can create, write and read', async () => {
  const urls = await provision({ ownerUrl: server, passwords, prefix });
  for (const service of serviceNames) {
    await query(urls[service], 'CREATE TABLE t (n int); INSERT INTO t VALUES (1)');
    expect(await query(urls[service], 'SELECT current_user AS role, n FROM t')).toEqual([
      { role: `${prefix}${service}_service`, n: 1 },
    ]);
  }
});

test('a role reaches no database but its own', async () => {
  const urls = await provision({ ownerUrl: server, passwords, prefix });
  for (const service of serviceNames) {
    for (const other of serviceNames.filter((name) => name !== service)) {
      const url = withDatabase(urls[service], databaseName(other, prefix));
      await expect(query(url, 'SELECT 1'), `${service} in ${other}`).rejects.toThrow(/permission denied/);
    }
  }
});

test.skipIf(process.env.DATABASE_URL)('nor those that the embedded server has by itself', async () => {
  const { post } = await provision({ ownerUrl: server, passwords, prefix });
  for (const name of ['postgres', 'template1']) {
    await expect(query(withDatabase(post, name), 'SELECT 1')).rejects.toThrow(/permission denied/);
  }
});

test('a role can neither create roles and databases nor take over its database', async () => {
  const { post } = await provision({ ownerUrl: server, passwords, prefix });
  await expect(query(post, `CREATE ROLE ${prefix}mine`)).rejects.toThrow(/permission denied/);
  await expect(query(post, `CREATE DATABASE ${prefix}mine`)).rejects.toThrow(/permission denied/);
  await expect(query(post, `DROP DATABASE "${databaseName('chat', prefix)}"`)).rejects.toThrow(
    /must be owner/,
  );
});

test('a second time keeps the data and sets the passwords that are given then', async () => {
  const first = await provision({ ownerUrl: server, passwords, prefix });
  await query(first.chat, 'CREATE TABLE kept (n int)');
  const second = await provision({ ownerUrl: server, passwords: { ...passwords, chat: 'new' }, prefix });
  expect(await query(second.chat, 'SELECT * FROM kept')).toEqual([]);
  await expect(query(first.chat, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  expect(second.auth).toBe(first.auth);
});

test('several processes may do it at once', async () => {
  const all = await Promise.all(
    Array.from({ length: 3 }, () => provision({ ownerUrl: server, passwords, prefix })),
  );
  expect(all[1]).toEqual(all[0]);
  expect(await query(all[2]?.media ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('an owner who may create databases and roles, and is no superuser, is enough', async () => {
  owner = `${prefix}owner`;
  await query(server, `CREATE ROLE "${owner}" LOGIN CREATEDB CREATEROLE PASSWORD 'x'`);
  await query(server, `CREATE DATABASE "${owner}" OWNER "${owner}"`);
  const url = new URL(withDatabase(server, owner));
  url.username = owner;
  url.password = 'x';
  await provision({ ownerUrl: url.href, passwords, prefix });
  const urls = await provision({ ownerUrl: url.href, passwords, prefix });
  await query(urls.user, 'CREATE TABLE t (n int)');
  await expect(query(withDatabase(urls.user, databaseName('auth', prefix)), 'SELECT 1')).rejects.toThrow(
    /permission/,
  );
});
