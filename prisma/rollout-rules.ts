import { columnsOf, type SchemaTables } from './schema-tables.ts';
import { type Statement, splitStatements } from './sql-statements.ts';
import { actionsOf, name, table } from './statement-actions.ts';

/** What the version that runs while a migration is applied knows of the database. */
export interface RunningVersion {
  /** Of its schema.prisma: what its client names in its statements. */
  tables: SchemaTables;
  /** Words of its sources: what its hand-written SQL may name. */
  words: ReadonlySet<string>;
  /** Names of the unique indexes and constraints that its migrations made. */
  uniques: ReadonlySet<string>;
}

/** A migration, by its folder's name. */
export interface Migration {
  name: string;
  sql: string;
}

/** Above a statement that a rule would refuse: why it does no harm here (`-- rollout: the table has ten rows`). */
const excuse = /^\s*--\s*rollout:\s*\S.{7,}$/m;

const created = new RegExp(`^CREATE\\s+(?:UNLOGGED\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?${table}`, 'i');

/** Defaults that PostgreSQL computes once: those of other functions it computes for each row, which is written anew. */
const constantDefault =
  /\bDEFAULT\s+\(?\s*(?:'(?:[^']|'')*'|-?[\d.]+|true|false|null|now\(\)|CURRENT_(?:TIMESTAMP|DATE)|ARRAY\s*\[)/i;

interface Rule {
  /** Groups: the table, and for `reads` the column. */
  when: RegExp;
  unless?: RegExp;
  /** A sentence's end: what it does, and what to do instead. */
  says: string;
}

const onTable = (rest: string) =>
  new RegExp(`^ALTER\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?${table}\\s+${rest}`, 'i');
const column = '(?:COLUMN\\s+)?(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?';

/** What writes a whole table anew, or keeps others from it for as long as it is read. */
const lockingRules: readonly Rule[] = [
  {
    when: new RegExp(`^CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+(?!CONCURRENTLY)[\\s\\S]*?\\bON\\s+${table}`, 'i'),
    says: 'keeps everybody from writing until the index is made: CREATE INDEX CONCURRENTLY, alone in its migration',
  },
  {
    when: onTable(
      `ADD\\s+${column}[\\s\\S]*\\b(?:SERIAL|BIGSERIAL|SMALLSERIAL|GENERATED\\s+(?:ALWAYS|BY\\s+DEFAULT))\\b`,
    ),
    says: 'writes every row anew: add the column without a value and fill it in steps by a task',
  },
  {
    when: onTable(`ADD\\s+(?!CONSTRAINT)${column}[\\s\\S]*\\bDEFAULT\\b`),
    unless: constantDefault,
    says: 'computes a value for every row and writes it anew: add the column without a default and fill it in steps by a task',
  },
  {
    when: onTable(
      `ADD\\s+(?!CONSTRAINT|CHECK|FOREIGN|UNIQUE|PRIMARY|EXCLUDE)${column}[\\s\\S]*\\bNOT\\s+NULL\\b`,
    ),
    unless: /\bDEFAULT\b|\bGENERATED\b|\bSERIAL\b/i,
    says: 'fails where there are rows, and refuses what the running version inserts: give it a DEFAULT, or let it be NULL at first',
  },
  {
    when: onTable(`ALTER\\s+(?:COLUMN\\s+)?${name}\\s+SET\\s+NOT\\s+NULL`),
    says: 'reads the whole table while nobody else may: first ADD CHECK (… IS NOT NULL) NOT VALID, VALIDATE it in the next migration, then say so above this',
  },
  {
    when: onTable(`ALTER\\s+(?:COLUMN\\s+)?${name}\\s+(?:SET\\s+DATA\\s+)?TYPE\\b`),
    says: 'may write every row anew, and the running version reads the old type: add a column of the new type, fill it in steps, drop the old one a version later',
  },
  {
    when: onTable('ADD\\s+(?:CONSTRAINT\\s+"?\\w+"?\\s+)?(?:CHECK|FOREIGN\\s+KEY)\\b'),
    unless: /\bNOT\s+VALID\b/i,
    says: 'reads the whole table while nobody may write: add it NOT VALID, and VALIDATE CONSTRAINT in the next migration',
  },
  {
    when: onTable('ADD\\s+(?:CONSTRAINT\\s+"?\\w+"?\\s+)?(?:UNIQUE|PRIMARY\\s+KEY|EXCLUDE)\\b'),
    unless: /\bUSING\s+INDEX\b/i,
    says: 'makes an index while nobody may read: make it CONCURRENTLY first, then ADD CONSTRAINT … USING INDEX',
  },
  {
    when: onTable('SET\\s+(?:LOGGED|UNLOGGED|TABLESPACE|ACCESS\\s+METHOD)\\b'),
    says: 'writes the whole table anew',
  },
  {
    when: new RegExp(
      `^(?:CLUSTER|VACUUM\\s+\\(?FULL\\)?|REINDEX\\s+(?!.*CONCURRENTLY)TABLE|LOCK(?:\\s+TABLE)?)\\s+${table}`,
      'i',
    ),
    says: 'keeps everybody else from the table',
  },
  {
    when: new RegExp(`^UPDATE\\s+${table}`, 'i'),
    says: 'writes rows of a table in use in one transaction, and whoever changes them waits: fill them in steps by a task',
  },
  {
    when: new RegExp(`^DELETE\\s+FROM\\s+${table}`, 'i'),
    says: 'deletes rows of a table in use in one transaction: do it in steps by a task',
  },
  {
    when: new RegExp(`^TRUNCATE\\s+(?:TABLE\\s+)?${table}`, 'i'),
    says: 'takes from the running version what it reads',
  },
];

/** What the running version's inserts count on. */
const countedOnRules: readonly Rule[] = [
  {
    when: onTable(`ALTER\\s+(?:COLUMN\\s+)?${name}\\s+DROP\\s+DEFAULT\\b`),
    says: 'leaves empty, or refuses, what the running version inserts without it: let a version run that gives the value itself, then drop it',
  },
];

/** What takes from the running version what it reads; each gives the table and, if it is about one, the column. */
const droppingRules: readonly Rule[] = [
  {
    when: new RegExp(`^DROP\\s+(?:TABLE|VIEW|MATERIALIZED\\s+VIEW)\\s+(?:IF\\s+EXISTS\\s+)?${table}`, 'i'),
    says: 'drops',
  },
  { when: onTable(`DROP\\s+(?!CONSTRAINT)${column}${name}`), says: 'drops' },
  { when: onTable(`RENAME\\s+TO\\b`), says: 'renames' },
  { when: onTable(`RENAME\\s+(?!TO\\b|CONSTRAINT\\b)(?:COLUMN\\s+)?${name}`), says: 'renames' },
];

/** What one index or constraint is dropped by; groups: the table, or nothing, and its name. */
const indexRules: readonly RegExp[] = [
  new RegExp(`^DROP\\s+INDEX\\s+(?:CONCURRENTLY\\s+)?(?:IF\\s+EXISTS\\s+)?()${table}`, 'i'),
  onTable(`DROP\\s+CONSTRAINT\\s+(?:IF\\s+EXISTS\\s+)?${name}`),
];

/** Statements of which nobody sees what they do. */
const unseen = /^(?:DO|CALL|EXECUTE)\b/i;

/** Dropped or renamed whoever reads them: types, functions and values of enums that the running version's statements name. */
const typeRule = /^(?:DROP\s+(?:TYPE|FUNCTION)|ALTER\s+TYPE\s+"?\w+"?\s+RENAME)\b/i;

/**
 * What a migration may not do while the version before it still runs, as a sentence for each statement that does. Tables that it
 * makes itself are empty and nobody's; of all others it is taken that they are big.
 */
export function rolloutFaults(migration: Migration, running: RunningVersion | null): string[] {
  const statements = splitStatements(migration.sql);
  const own = new Set(statements.flatMap(({ text }) => created.exec(text)?.[1] ?? []));
  const ownUniques = new Set(statements.flatMap(({ text }) => uniquesMadeBy(text)));
  const faults: string[] = [];
  const isFree = (statement: Statement, tableName: string | undefined) =>
    (tableName !== undefined && own.has(tableName)) || excuse.test(statement.comment);
  for (const statement of statements) {
    const say = (what: string) => faults.push(`${migration.name}: ${firstLine(statement.text)} — ${what}`);
    if (
      /^(?:CREATE|DROP)\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i.test(statement.text) &&
      statements.length > 1
    )
      say('runs in no transaction: leave it alone in its migration');
    for (const action of actionsOf(statement.text)) {
      for (const { when, unless, says } of [...lockingRules, ...countedOnRules]) {
        const found = when.exec(action);
        if (found && !unless?.test(action) && !isFree(statement, found[1])) say(says);
      }
      for (const { when, says } of droppingRules) {
        const found = when.exec(action);
        if (!found || isFree(statement, found[1])) continue;
        const reader = readerOf(running, found[1] ?? '', found[2]);
        if (reader)
          say(
            `${says} what ${reader}: let a version run that does not read it (\`@ignore\` in its schema), then drop it`,
          );
      }
      for (const when of indexRules) {
        const found = when.exec(action);
        if (!found || isFree(statement, found[1]) || ownUniques.has(found[2] ?? '')) continue;
        if (!running || running.uniques.has(found[2] ?? ''))
          say(
            'lets in twice what the running version takes to be there once, and fails its ON CONFLICT: drop it a version later, and say so above it',
          );
      }
    }
    if (unseen.test(statement.text) && !excuse.test(statement.comment))
      say('does what no rule sees: write its statements out, or say above it what it does');
    if (typeRule.test(statement.text) && !excuse.test(statement.comment))
      say(
        'takes a type or a function from the running version: drop it a version later, and say so above it',
      );
  }
  return [...new Set(faults)];
}

/** How the running version would miss a table, or a column of it; null: it reads no such thing. */
function readerOf(
  running: RunningVersion | null,
  tableName: string,
  columnName: string | undefined,
): string | null {
  if (!running) return 'the running version may read, of which nothing is known';
  const columns = columnsOf(running.tables, tableName);
  if (columns && (columnName === undefined || columns.has(columnName)))
    return 'the running version’s client reads';
  if (running.words.has(columnName ?? tableName)) return 'the running version’s sources name';
  return null;
}

/** The names of the unique indexes and constraints that a script makes. */
export function uniquesMadeBy(sql: string): string[] {
  const made = new RegExp(
    `\\bCREATE\\s+UNIQUE\\s+INDEX\\s+(?:CONCURRENTLY\\s+)?(?:IF\\s+NOT\\s+EXISTS\\s+)?${name}|\\bCONSTRAINT\\s+${name}\\s+(?:UNIQUE|PRIMARY\\s+KEY|EXCLUDE)\\b`,
    'gi',
  );
  return [...sql.matchAll(made)].map(([, index, constraint]) => index ?? constraint ?? '');
}

const firstLine = (text: string) => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};
