import type { ServiceName } from '../contracts/services.ts';
import { type ArchiveTables, archiveTables } from './archive-columns.ts';
import type { TestService } from './test-service.ts';

type Files = Readonly<Record<string, readonly object[]>>;
/** The columns of each table, as the database has them. */
type Columns = ReadonlyMap<string, ReadonlySet<string>>;

/** Columns of a service's database that the files of somebody who has a row of each do not show, though no list says why. */
export async function archiveFaults(
  { db }: Pick<TestService, 'db'>,
  service: ServiceName,
  files: Files,
): Promise<string[]> {
  const { rows } = await db.query<{ table: string; columns: string[] }>(`
    SELECT table_name AS "table", array_agg(column_name::text) AS columns
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_prisma%'
    GROUP BY table_name`);
  return columnFaults(
    new Map(rows.map(({ table, columns }) => [table, new Set(columns)])),
    archiveTables[service],
    files,
  );
}

/** One sentence for each column that is neither shown nor left out for a reason, and for each entry of the list that is wrong. */
export function columnFaults(columns: Columns, tables: ArchiveTables, files: Files): string[] {
  const faults: string[] = [];
  for (const table of columns.keys()) {
    if (!(table in tables)) faults.push(`${table} is neither exported nor named as left out`);
  }
  for (const [table, rule] of Object.entries(tables)) {
    const present = columns.get(table);
    if (!present) faults.push(`${table} is listed, and is no table`);
    if (!present || typeof rule === 'string') continue;
    for (const column of [...Object.keys(rule.leftOut), ...Object.keys(rule.as ?? {})]) {
      if (!present.has(column)) faults.push(`${table}.${column} is listed, and is no column`);
    }
    for (const [file, named] of Object.entries(rule.leftOutOf ?? {})) {
      if (!rule.files.includes(file)) faults.push(`${table} is listed with ${file}, which is no file of it`);
      for (const column of Object.keys(named)) {
        if (!present.has(column)) faults.push(`${table}.${column} is listed, and is no column`);
      }
    }
    for (const file of rule.files) {
      const [row] = files[file] ?? [];
      if (!row) {
        faults.push(`${file} has no row to look at`);
        continue;
      }
      const shown = new Set(Object.keys(row).map(snakeCase));
      for (const column of present) {
        const isShown = shown.has(rule.as?.[column] ?? column);
        const isLeftOut = column in rule.leftOut || column in (rule.leftOutOf?.[file] ?? {});
        if (isShown && isLeftOut)
          faults.push(`${table}.${column} is shown in ${file}, and named as left out`);
        if (!isShown && !isLeftOut)
          faults.push(`${table}.${column} is neither shown in ${file} nor named as left out`);
      }
    }
  }
  return faults;
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
