import { randomBytes } from 'node:crypto';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { templateName } from '@socialhub/platform/testing/database';
import { generate } from '@socialhub/prisma/generate';
import { migrate } from '@socialhub/prisma/migrate';
import { withDatabase } from '@socialhub/prisma/urls';
import { startTemporaryPostgres } from '@socialhub/servers/embedded-postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

/**
 * Runs once before all test files: one PostgreSQL server (our own and forgetful, or that of DATABASE_URL) with one
 * migrated template database per service, which `cloneDatabase` copies. Gives what takes it down again.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await generate();
  const given = process.env.DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await startTemporaryPostgres();
  // On a server that is not ours, other runs may be under way.
  const prefix = given ? `test_${randomBytes(4).toString('hex')}_` : '';
  const tearDown = async () => {
    if (given) await dropDatabases(given, prefix);
    await server.stop();
  };
  try {
    for (const service of serviceNames) {
      const name = templateName(prefix, service);
      await execute(server.url, `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8'`);
      await migrate({ service, url: withDatabase(server.url, name) });
    }
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('databaseUrl', server.url);
  project.provide('templatePrefix', prefix);
  return tearDown;
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const { rows } = await execute(url, 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
    prefix,
  ]);
  for (const { datname } of rows) await execute(url, `DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
}

async function execute(url: string, sql: string, values: string[] = []) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  return client.query<{ datname: string }>(sql, values).finally(() => client.end());
}
