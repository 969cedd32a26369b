import { createHash } from 'node:crypto';
import pg from 'pg';
import { type RawSql, sqlText } from './sql-text.ts';

/** So many texts of a process are kept prepared, on each connection that has run them; others are parsed each time. */
const maxPrepared = 500;

/** Names for texts of statements: one that has a name is parsed and planned once on each connection. */
export interface StatementNames {
  nameOf(text: string): string | undefined;
  /** Grows with each renewal. */
  readonly generation: number;
  /**
   * Gives all texts other names than they had in `generation`: under those, connections keep plans whose results a migration has
   * changed since, which PostgreSQL refuses as long as the connection lasts.
   */
  renew(generation: number): void;
}

export function createStatementNames(): StatementNames {
  const names = new Map<string, string>();
  let generation = 0;
  return {
    get generation() {
      return generation;
    },
    nameOf(text) {
      let name = names.get(text);
      if (name === undefined && names.size < maxPrepared) {
        name = createHash('sha256').update(`${generation} ${text}`).digest('base64url').slice(0, 32);
        names.set(text, name);
      }
      return name;
    },
    renew(from) {
      if (from !== generation) return;
      generation += 1;
      names.clear();
    },
  };
}

const { builtins, getTypeParser } = pg.types;
const bigintArray = 1016;
const parseTexts = getTypeParser(1009 as never) as (text: string) => (string | null)[];

/** What Prisma reads as well: whole numbers of eight bytes are `bigint`. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === builtins.INT8) return BigInt;
    if (oid === bigintArray)
      return (text: string) => parseTexts(text).map((one) => (one === null ? null : BigInt(one)));
    return getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/**
 * Runs templates of SQL as prepared statements on what `connection` gives, without a way through Prisma's client, which would
 * cost several times what the driver does. Values and rows are as Prisma has them.
 */
export function createRawSql(connection: () => Pick<pg.Pool, 'query'>, { nameOf }: StatementNames): RawSql {
  const run = (strings: readonly string[], values: readonly unknown[]) => {
    const statement = sqlText(strings, values);
    const name = nameOf(statement.text);
    return connection().query({ ...statement, ...(name !== undefined && { name }), types });
  };
  return {
    $queryRaw: async <T>(strings: TemplateStringsArray, ...values: unknown[]) =>
      (await run(strings, values)).rows as T,
    $executeRaw: async (strings: TemplateStringsArray, ...values: unknown[]) =>
      (await run(strings, values)).rowCount ?? 0,
  };
}

/** Prisma's client, or a transaction of it, with `raw` in the place of its own way for SQL. */
export const withRawSql = <Client extends object>(client: Client, raw: RawSql): Client =>
  new Proxy(client, {
    get: (target, key) => (key in raw ? raw[key as keyof RawSql] : Reflect.get(target, key, target)),
  });
