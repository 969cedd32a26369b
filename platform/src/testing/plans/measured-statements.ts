import pg from 'pg';
// @ts-expect-error: it has no types
import utils from 'pg/lib/utils.js';
import { type PlanNode, pagesOf, planText } from './plan-text.ts';

/** What a statement touched, with what it set off: foreign keys look into other tables. */
export interface Measured {
  text: string;
  /** Planned for its very values, and for any. */
  custom: Plan;
  generic: Plan;
  /** How many rows it gave or changed. */
  rows: number;
}

export interface Plan {
  pages: number;
  text: string;
}

/** Measures the statements that read or write rows on the connections of a pool, in transactions, while somebody `measures`. */
export interface Measurements {
  /** The connection that began a transaction last. */
  readonly connection: pg.PoolClient;
  measure(work: () => Promise<unknown>): Promise<Measured[]>;
}

type Run = (statement: unknown, values?: unknown[]) => Promise<pg.QueryResult>;
type Answer = (error: unknown, result?: pg.QueryResult) => void;

const touchesRows = /^\s*(select|with|insert|update|delete)\b/i;
let named = 0;

export function measureStatements(pool: pg.Pool): Measurements {
  let measured: Measured[] | undefined;
  let connection: pg.PoolClient | undefined;
  pool.on('connect', (client) => {
    const run = client.query.bind(client) as unknown as Run;
    const query = (statement: string | pg.QueryConfig, ...others: unknown[]) => {
      const text = typeof statement === 'string' ? statement : statement.text;
      const values = others.find((one) => Array.isArray(one)) as unknown[] | undefined;
      const answer = others.find((one) => typeof one === 'function') as Answer | undefined;
      if (text === 'BEGIN') connection = client;
      const into = touchesRows.test(text) ? measured : undefined;
      const given = typeof statement === 'string' ? values : (statement.values ?? values);
      const running = (async () => {
        if (!into) return run(statement, values);
        const one: Measured = { text, ...(await explain(run, text, given ?? [])), rows: 0 };
        into.push(one);
        const result = await run(statement, values);
        one.rows = result.rowCount ?? 0;
        return result;
      })();
      if (!answer) return running;
      running.then((result) => answer(undefined, result), answer);
    };
    client.query = query as unknown as typeof client.query;
  });
  return {
    get connection() {
      if (!connection) throw new Error('no transaction has begun');
      return connection;
    },
    async measure(work) {
      const mine: Measured[] = [];
      measured = mine;
      try {
        await work();
      } finally {
        measured = undefined;
      }
      return mine;
    },
  };
}

/** All pages of tables and indexes of ours that this transaction has touched, in whatever way. */
const pagesSoFar = `SELECT coalesce(sum(pg_stat_get_xact_blocks_fetched(oid)), 0) AS pages FROM pg_class
  WHERE oid >= 16384 AND relkind IN ('r', 'i', 't', 'm')`;

/** Runs the statement twice and takes its effects back. It is prepared, as those of services are. */
async function explain(
  run: Run,
  text: string,
  values: readonly unknown[],
): Promise<Pick<Measured, 'custom' | 'generic'>> {
  named += 1;
  const name = `measured_${named}`;
  const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : '';
  const explained = (mode: string) => `SAVEPOINT measured;
    SET LOCAL plan_cache_mode = force_${mode}_plan;
    ${pagesSoFar};
    EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) EXECUTE ${name} ${given};
    ${pagesSoFar};
    ROLLBACK TO measured`;
  const all = `PREPARE ${name} AS ${text}; ${explained('custom')}; ${explained('generic')}; DEALLOCATE ${name}`;
  const results = (await run(all)) as unknown as pg.QueryResult[];
  const plans = [3, 9].map((at) => planOf(results.slice(at, at + 3).map(({ rows }) => rows[0])));
  return { custom: plans[0] as Plan, generic: plans[1] as Plan };
}

function planOf([before, explained, after]: Record<string, unknown>[]): Plan {
  if (!explained) throw new Error('EXPLAIN gave nothing');
  const [{ Plan: node }] = explained['QUERY PLAN'] as [{ Plan: PlanNode }];
  // Triggers run behind the plan: what they touch is in no node of it.
  const pages = Math.max(Number(after?.pages) - Number(before?.pages), pagesOf(node));
  return { pages, text: planText(node) };
}

function literal(value: unknown): string {
  const prepared = utils.prepareValue(value) as string | Buffer | null;
  if (prepared === null) return 'NULL';
  return pg.escapeLiteral(Buffer.isBuffer(prepared) ? `\\x${prepared.toString('hex')}` : prepared);
}
