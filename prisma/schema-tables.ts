/** The columns of each table, by their names in the database. */
export type SchemaTables = ReadonlyMap<string, ReadonlySet<string>>;

const model = /^model\s+(\w+)\s*\{([\s\S]*?)^\}/gm;
const scalar = /^(?:String|Int|BigInt|Boolean|DateTime|Decimal|Float|Json|Bytes|Unsupported)\b/;

/**
 * The tables and columns that the client made of a Prisma schema names in its statements: what is marked `@ignore` (or
 * `@@ignore`) is in the database, and not in the client.
 */
export function readSchemaTables(schema: string): SchemaTables {
  const enums = new Set([...schema.matchAll(/^enum\s+(\w+)/gm)].map(([, name = '']) => name));
  const tables = new Map<string, ReadonlySet<string>>();
  for (const [, name = '', body = ''] of schema.matchAll(model)) {
    if (/^\s*@@ignore\b/m.test(body)) continue;
    const columns = new Set<string>();
    for (const line of body.split('\n')) {
      const [, field, type = ''] = /^\s*(\w+)\s+(\w+)/.exec(line) ?? [];
      if (!field || /@ignore\b/.test(line) || !(scalar.test(type) || enums.has(type))) continue;
      columns.add(/@map\("([^"]+)"\)/.exec(line)?.[1] ?? field);
    }
    tables.set(/@@map\("([^"]+)"\)/.exec(body)?.[1] ?? name, columns);
  }
  return tables;
}

/** Undefined: there is no such table. */
export const columnsOf = (tables: SchemaTables, table: string): ReadonlySet<string> | undefined =>
  tables.get(table);
