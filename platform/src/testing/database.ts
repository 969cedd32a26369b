import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { ServiceName } from '../contracts/services.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's URL of the server that has the template databases; from tests/setup.ts. */
    databaseUrl: string;
    /** How this run's template databases begin. */
    templatePrefix: string;
  }
}

/** The name of a service's migrated template database. */
export const templateName = (prefix: string, service: ServiceName): string => `${prefix}${service}_template`;

/**
 * A fresh, migrated database of the given service, for one test file; `drop` it in `afterAll`.
 * Throws when the service has no migrations, or outside of a test run.
 */
export async function cloneDatabase(service: ServiceName): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('databaseUrl');
  const prefix = inject('templatePrefix');
  const name = `${prefix}${service}_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE "${name}" TEMPLATE "${templateName(prefix, service)}"`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
