import { cloneDatabase } from '@socialhub/platform/testing/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { checkMigrations } from '../check-migrations.ts';
import { servicesWithSchema } from '../services.ts';

const clones: Awaited<ReturnType<typeof cloneDatabase>>[] = [];

beforeAll(async () => {
  for (const service of servicesWithSchema()) clones.push(await cloneDatabase(service));
});

afterAll(async () => {
  await Promise.all(clones.map((clone) => clone.drop()));
});

test('every schema says what its migrations say', async () => {
  expect(await checkMigrations(servicesWithSchema(), inject('databaseUrl'))).toEqual([]);
}, 60_000);

test('every service has the tables that the platform stands on', async () => {
  for (const { url } of clones) {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client
      .query(
        "SELECT tablename FROM pg_tables WHERE tablename IN ('outbox', 'inbox', 'idempotency') ORDER BY 1",
      )
      .finally(() => client.end());
    expect(
      rows.map(({ tablename }) => tablename),
      url,
    ).toEqual(['idempotency', 'inbox', 'outbox']);
  }
});
