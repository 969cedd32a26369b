import type pg from 'pg';
import type { RawSql } from '../database/database.ts';
import { sqlText } from '../database/sql-text.ts';

/** A reader of raw SQL that notes how many pages of the database its statements touch, and in which way they go. */
export interface Explained {
  reader: RawSql;
  /** Of the statements since the last call. */
  take(): { buffers: number; plan: string };
}

interface Plan {
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
}

/** Runs what it is asked by EXPLAIN (ANALYZE, BUFFERS) first. Give it a client in a transaction where effects are not to stay. */
export function explained(client: Pick<pg.Pool, 'query'>): Explained {
  let buffers = 0;
  let plan = '';
  const run = async (strings: readonly string[], values: readonly unknown[]) => {
    const { text, values: flat } = sqlText(strings, values);
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
      flat,
    );
    const found = rows[0]?.['QUERY PLAN'][0]?.Plan;
    buffers += (found?.['Shared Hit Blocks'] ?? 0) + (found?.['Shared Read Blocks'] ?? 0);
    plan += `${JSON.stringify(found)}\n`;
    return client.query(text, flat);
  };
  return {
    reader: {
      $queryRaw: async <T>(strings: TemplateStringsArray, ...values: unknown[]) =>
        (await run(strings, values)).rows as T,
      $executeRaw: async (strings: TemplateStringsArray, ...values: unknown[]) =>
        (await run(strings, values)).rowCount ?? 0,
    },
    take() {
      const taken = { buffers, plan };
      buffers = 0;
      plan = '';
      return taken;
    },
  };
}
