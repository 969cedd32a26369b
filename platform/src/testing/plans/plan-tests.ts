import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServiceName } from '../../contracts/services.ts';
import { createDatabase, type TransactionalClient, type Tx } from '../../database/database.ts';
import { cloneDatabase } from '../database.ts';
import { type LargeTables, largeTables, type Row } from './large-tables.ts';
import { type Measured, measureStatements } from './measured-statements.ts';

/** PLAN_ROWS=1000000 asks the same of five times as many, which takes minutes more. */
const [few, many] = [10_000, Number(process.env.PLAN_ROWS ?? 200_000)];

/**
 * An index over twenty or a hundred times as many rows is a level deeper, so that a look into it, of two pages at least, takes one
 * more. A row that shared its pages with its neighbours may have its own. What is beside that is a page here and there: of a
 * free space map, of a table's end.
 */
const mostPages = (pages: number, rows: number): number => pages * 2 + rows * 2 + 50;

/** A function whose statements are measured, as it is called by those who use it. */
export interface Call {
  of: unknown;
  name: string;
  run(): PromiseLike<unknown>;
  findsNothing: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a function takes
type Any = any;

/** `of` with these arguments, in a transaction of its own whose effects do not stay. It has to give or change rows. */
export const call = <Args extends Any[]>(of: (...args: Args) => PromiseLike<unknown>, ...args: Args): Call =>
  callOf(of, () => of(...args));

/** The same, where there is nothing to be found: no row ends the search for one. */
export const callInVain = <Args extends Any[]>(
  of: (...args: Args) => PromiseLike<unknown>,
  ...args: Args
): Call => ({ ...call(of, ...args), name: `${of.name}, in vain,`, findsNothing: true });

/** `run` calls what is under test, `of`, in a way that a call cannot tell. */
export const callOf = (of: (...args: Any[]) => unknown, run: () => PromiseLike<unknown>): Call => ({
  of,
  name: of.name,
  run,
  findsNothing: false,
});

interface Subject<Client> {
  service: ServiceName;
  createClient: (adapter: PrismaPg) => Client;
  /** Modules, or folders of them, whose functions have to be called. */
  sources: readonly URL[];
  /** Functions of theirs that are not called, each with the reason. */
  uncalled: Record<string, string>;
  tables: Record<string, Row>;
  /** What is given works in the transaction of the call. */
  calls: (within: { tx: Tx<Client>; pool: pg.Pool }) => Call[];
}

type Costs = Map<string, Measured[] | Error>;

/** Has the statements of a service explained with few rows and with many in each table, whatever PostgreSQL knows of those. */
export function testPlans<Client extends TransactionalClient>(subject: Subject<Client>): void {
  const { service, sources, uncalled, tables } = subject;
  const now: { tx?: Tx<Client>; connection?: pg.PoolClient } = {};
  const calls = subject.calls({
    tx: new Proxy({}, { get: (_, key) => now.tx?.[key as keyof Tx<Client>] }) as Tx<Client>,
    pool: poolOf(() => now.connection as pg.PoolClient),
  });
  const costs = new Map<Call, Costs>(calls.map((one) => [one, new Map()]));
  let close = async () => {};
  let unread: string[] = [];

  beforeAll(async () => {
    const database = await cloneDatabase(service);
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    const large = await largeTables(owner, tables);
    const db = createDatabase(database.url, subject.createClient, pino({ level: 'error' }));
    const measurements = measureStatements(db.pool);
    close = async () => {
      await db.close().catch(() => undefined);
      await owner.end();
      await database.drop();
    };

    async function measureAll(variant: string): Promise<void> {
      for (const one of calls)
        costs.get(one)?.set(
          variant,
          await measurements
            .measure(() =>
              rolledBack(db.transaction.bind(db), async (tx) => {
                now.tx = tx as Tx<Client>;
                now.connection = measurements.connection;
                await one.run();
              }),
            )
            .catch((error: Error) => error),
        );
    }
    await measureEach(large, measureAll);
    await db.close();
    unread = await large.unreadIndexes();
  }, 280_000);
  afterAll(() => close(), 60_000);

  describe(`what the statements of ${service} touch`, () => {
    test.each(calls)(`$name costs the same with ${few} and with ${many} rows`, (one) => {
      const found = [...(costs.get(one) ?? [])];
      for (const [, error] of found) if (error instanceof Error) throw error;
      const of = (size: string) =>
        found.filter(([variant]) => variant.startsWith(size)) as [string, Measured[]][];
      const [small, large] = [of('few'), of('many')];
      const [, first] = small[0] ?? ['', []];
      expect(first, 'runs no statement').not.toEqual([]);
      if (!one.findsNothing)
        expect(Math.max(...first.map(({ rows }) => rows)), 'finds nothing').toBeGreaterThan(0);
      for (const [variant, statements] of large)
        for (const [at, statement] of statements.entries()) {
          const before = small.flatMap(([, earlier]) => (earlier[at] ? [earlier[at]] : []));
          for (const planned of ['custom', 'generic'] as const) {
            const least = Math.max(...before.flatMap(({ custom, generic }) => [custom.pages, generic.pages]));
            const { pages, text } = statement[planned];
            expect(
              pages,
              `${variant}, ${planned} plan:\n${statement.text}\n${text}\nwith few rows:\n${before[0]?.[planned].text}`,
            ).toBeLessThanOrEqual(mostPages(least, statement.rows));
          }
        }
    });

    test('every index has a reader among them', () => {
      expect(unread).toEqual([]);
    });

    test('every function of the store is called, or says why not', async () => {
      const functions = (await Promise.all(sources.map(functionsOf))).flat();
      const called = new Set(calls.map(({ of }) => of));
      const missing = functions.filter(([name, one]) => !called.has(one) && !(name in uncalled));
      expect(missing.map(([name]) => name)).toEqual([]);
      const superfluous = Object.keys(uncalled).filter(
        (name) => !functions.some(([given, one]) => given === name && !called.has(one)),
      );
      expect(superfluous).toEqual([]);
    });
  });
}

/** With few rows: unknown and known; with many: as few were known, unknown and known. */
async function measureEach(
  large: LargeTables,
  measureAll: (variant: string) => Promise<void>,
): Promise<void> {
  await large.grow(few);
  await large.forgetStatistics();
  await measureAll('few rows without statistics');
  await large.analyze();
  await measureAll('few rows');
  await large.grow(many);
  await measureAll('many rows with the statistics of few');
  await large.forgetStatistics();
  await measureAll('many rows without statistics');
  await large.analyze();
  await measureAll('many rows');
}

const undone = new Error('undone');

async function rolledBack<T>(
  transaction: (work: (tx: T) => Promise<never>) => Promise<unknown>,
  work: (tx: T) => Promise<void>,
): Promise<void> {
  await transaction(async (tx) => {
    await work(tx);
    throw undone;
  }).catch((error) => {
    if (error !== undone) throw error;
  });
}

/** A pool whose one connection has begun a transaction, in which it stays. */
function poolOf(connection: () => pg.PoolClient): pg.Pool {
  const query = async (statement: string | pg.QueryConfig, values?: unknown[]) =>
    statement === 'BEGIN' || statement === 'COMMIT'
      ? undefined
      : connection().query(statement as string, values);
  return { query, connect: async () => ({ query, release: () => undefined }) } as unknown as pg.Pool;
}

/** The functions that a module, or those of a folder, export. */
async function functionsOf(source: URL): Promise<[string, unknown][]> {
  const files = source.href.endsWith('/')
    ? (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.ts'))
    : [''];
  const modules = await Promise.all(
    files.map((file) => import(fileURLToPath(file === '' ? source : new URL(file, source)))),
  );
  return modules.flatMap((one: object) =>
    Object.entries(one).filter(([, given]) => typeof given === 'function'),
  );
}
