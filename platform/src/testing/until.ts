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

/** What a GraphQL operation answered. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads into whatever it asked for
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** Asserts that the answer's first error has this code and, when given, this `extensions.field`. */
export function expectError(answer: Answer, code: string, field?: string): void {
  expect(answer.errors, `expected ${code}, got ${JSON.stringify(answer)}`).toBeDefined();
  const extensions = answer.errors?.[0]?.extensions;
  expect(extensions?.code, JSON.stringify(answer.errors)).toBe(code);
  if (field !== undefined) expect(extensions?.field).toBe(field);
}

/** Asserts that there is no error and gives the data. */
export function dataOf(answer: Answer): NonNullable<Answer['data']> {
  expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined();
  expect(answer.data).toBeTruthy();
  return answer.data;
}
