import type pg from 'pg';
import type { RawSql } from '../database/database.ts';

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

interface SqlPart {
  strings: readonly string[];
  values: readonly unknown[];
}

/** Runs what it is asked by EXPLAIN (ANALYZE, BUFFERS) first. Give it a client in a transaction where effects are not to stay. */
export function explained(client: Pick<pg.Pool, 'query'>): Explained {
  let buffers = 0;
  let plan = '';
  const run = async (strings: readonly string[], values: readonly unknown[]) => {
    const { text, flat } = flatten(strings, values);
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

/** A template as Prisma takes it, with templates among its values, as one text with numbered places. */
function flatten(strings: readonly string[], values: readonly unknown[]): { text: string; flat: unknown[] } {
  const flat: unknown[] = [];
  const join = (parts: readonly string[], given: readonly unknown[]): string =>
    parts.reduce((text, part, at) => {
      const value = given[at - 1];
      if (isPart(value)) return `${text}${join(value.strings, value.values)}${part}`;
      flat.push(value);
      return `${text}$${flat.length}${part}`;
    });
  return { text: join(strings, values), flat };
}

const isPart = (value: unknown): value is SqlPart =>
  typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;
