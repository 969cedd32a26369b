/** What the platform itself needs of Prisma's client, in or out of a transaction. */
export interface RawSql {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
}

/** A piece of SQL with places for values, as Prisma's `Prisma.sql` makes one. */
interface SqlPart {
  strings: readonly string[];
  values: readonly unknown[];
}

/** A template as Prisma takes it, with pieces among its values, as one text with numbered places. */
export function sqlText(
  strings: readonly string[],
  values: readonly unknown[],
): { text: string; values: unknown[] } {
  const flat: unknown[] = [];
  const join = (parts: readonly string[], given: readonly unknown[]): string =>
    parts.reduce((text, part, at) => {
      const value = given[at - 1];
      if (isPart(value)) return `${text}${join(value.strings, value.values)}${part}`;
      flat.push(value);
      return `${text}$${flat.length}${part}`;
    });
  return { text: join(strings, values), values: flat };
}

const isPart = (value: unknown): value is SqlPart =>
  typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;
