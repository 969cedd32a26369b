import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type ErrorRegistry,
} from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { withDatabase } from './urls.ts';

type SchemaEngine = bindings.SchemaEngine;

/** As PostgreSQL knows the connections on which the engine works. */
export const applicationName = 'socialhub-migrate';

/** Prisma's engine wants filters everywhere; nothing is excluded here. */
export const everything = { externalTables: [], externalEnums: [] };

/**
 * Runs `work` with Prisma's schema engine on the given database; for comparing with migrations it makes and drops a
 * scratch database beside it. Leaves no connection behind. Throws the engine's message in plain words.
 */
export async function withEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load();
  await loaded;
  await using connections = connectionsTo(url);
  const adapter = bindMigrationAwareSqlAdapterFactory(connections.factory);
  let engine: SchemaEngine | undefined;
  try {
    engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
    return await work(engine);
  } catch (error) {
    throw new Error(wordsOf(error, adapter.errorRegistry), { cause: error });
  } finally {
    engine?.free();
  }
}

// The standard library's types know WebAssembly only together with the browser's document.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

let loaded: Promise<void> | undefined;

/** The package's own entry imports the .wasm as a module, with bindings that Node does not give it. */
async function load(): Promise<void> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(script.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  // A defect of the engine traps where no promise hears of it: its last words have to be said here.
  const registry = {
    set_message: (words: string) => process.stderr.write(`Prisma's schema engine: ${words}\n`),
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  instance.exports.__wbindgen_start();
}

/**
 * The engine never closes what it opens, and the scratch database that PrismaPg makes cannot be dropped while its own
 * connection is open: so the pools and the scratch databases are ours.
 */
function connectionsTo(url: string) {
  const pools = new Map<string, pg.Pool>();
  const open = (database: string) => {
    const pool = new pg.Pool({
      connectionString: withDatabase(url, database),
      max: 2,
      application_name: applicationName,
      connectionTimeoutMillis: 10_000,
    });
    pool.on('error', () => {}); // whoever uses the connection next reports it
    pools.set(database, pool);
    return connectRepaired(pool);
  };
  const own = decodeURIComponent(new URL(url).pathname.slice(1));
  return {
    factory: {
      provider: 'postgres' as const,
      adapterName: '@prisma/adapter-pg',
      connect: () => open(own),
      connectToShadowDb: async () => {
        const scratch = `scratch_${randomUUID()}`;
        await execute(url, `CREATE DATABASE "${scratch}" TEMPLATE template0`);
        return open(scratch);
      },
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      for (const name of pools.keys()) {
        if (name.startsWith('scratch_')) await execute(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      }
    },
  };
}

/**
 * PrismaPg, with two repairs that migrations need. The engine reads catalog columns of PostgreSQL's type "char" (what a
 * foreign key does on delete), which PrismaPg refuses: the pool announces them as text, the adapter hands them on as
 * characters. And PrismaPg cuts a script at every semicolon, also inside a function's body: a script goes to the server
 * whole, which runs it in one transaction.
 */
async function connectRepaired(pool: pg.Pool) {
  const query = pool.query.bind(pool) as (config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;
  const translated = async (config: pg.QueryArrayConfig) => {
    const result = await query(config);
    for (const field of result.fields) if (field.dataTypeID === charType) field.dataTypeID = textType;
    return result;
  };
  pool.query = translated as typeof pool.query; // the adapter calls it in this one way
  const adapter = await new PrismaPg(pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (sql) => {
    const result = await queryRaw(sql);
    const columnTypes = result.columnTypes.map((type, column) =>
      charColumns.has(result.columnNames[column] ?? '') ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  adapter.executeScript = async (script) => {
    await pool.connect().then((client) => client.query(script).finally(() => client.release()));
  };
  return adapter;
}

const charType = 18;
const textType = 25;
const charColumns = new Set(['confdeltype', 'confupdtype', 'constraint_type']);

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The engine names an error of the driver by its number, and adds its own stack ("   0: schema_core::..."). */
function wordsOf(error: unknown, registry: ErrorRegistry): string {
  const words = error instanceof Error ? error.message : String(error);
  return words
    .replace(/\n\s+\d+: [\s\S]*$/, '')
    .replace('external connector error\n', '')
    .replace(/External error id#(\d+)/, (number, id) => {
      const record = registry.consumeError(Number(id));
      return record?.error instanceof Error ? record.error.message : number;
    })
    .trim();
}
