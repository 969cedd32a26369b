import { expect } from 'vitest';

type Truthy<T> = Exclude<T, null | undefined | false | 0 | ''>;

/** Asks `check` again and again until it gives something truthy, which is returned; fails with the last answer after `timeoutMs`. */
export async function until<T>(
  check: () => T | Promise<T>,
  options: { timeoutMs?: number; what?: string } = {},
): Promise<Truthy<T>> {
  const { timeoutMs = 10_000, what = 'the condition' } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await check();
    if (answer) return answer as Truthy<T>;
    if (Date.now() > deadline) throw new Error(`${what} did not come true within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The result of a GraphQL operation, as a client reads it. */
export interface OperationResult {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads into whatever it asked for
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** Asserts that the result's first error has this code and, when given, this `extensions.field`. */
export function expectError(result: OperationResult, code: string, field?: string): void {
  expect(result.errors, `expected ${code}, got ${JSON.stringify(result)}`).toBeDefined();
  const extensions = result.errors?.[0]?.extensions;
  expect(extensions?.code, JSON.stringify(result.errors)).toBe(code);
  if (field !== undefined) expect(extensions?.field).toBe(field);
}

/** Asserts that there is no error and gives the data. */
export function dataOf(result: OperationResult): NonNullable<OperationResult['data']> {
  expect(result.errors, JSON.stringify(result.errors)).toBeUndefined();
  expect(result.data).toBeTruthy();
  return result.data;
}
