import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readSupergraph } from '../supergraph/supergraph.ts';
import type { Outcome, Task } from './messages.ts';
import { createPlanning, type Planning, type PlanningOptions } from './planning.ts';
import type { PlanningThread } from './thread.ts';

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const open: Planning[] = [];

afterEach(() => {
  for (const planning of open.splice(0)) planning.stop();
});

/** Threads that answer when the test says so. */
function byHand(options: Partial<PlanningOptions> = {}, spentMs = Number.POSITIVE_INFINITY) {
  const threads: {
    tasks: Task[];
    isStopped: boolean;
    answer(outcome: Outcome | null): void;
    start(): void;
  }[] = [];
  const startThread = (): PlanningThread => {
    let answer: ((outcome: Outcome | null) => void) | undefined;
    let start: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => {
      start = resolve;
    });
    const state = {
      tasks: [] as Task[],
      isStopped: false,
      answer: (outcome: Outcome | null) => answer?.(outcome),
      start,
    };
    threads.push(state);
    return {
      ready,
      perform(task) {
        state.tasks.push(task);
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
      spentMs: async () => spentMs,
      lastMs: 0,
      stop() {
        state.isStopped = true;
        answer?.(null);
      },
    };
  };
  const planning = createPlanning('', { startThread, ...options }, log);
  open.push(planning);
  const performed = () => threads.flatMap(({ tasks }) => tasks.map(({ text }) => text));
  return { planning, threads, performed };
}

const codeOf = (error: { extensions?: { code?: unknown } }) => error.extensions?.code;
const caught = (promise: Promise<unknown>) => promise.then(() => 'answered', codeOf);
/** Lets all that waits for nothing go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the line before the planning thread', () => {
  test('lets askers take turns, however much each of them asks for', async () => {
    const { planning, threads, performed } = byHand();
    threads[0]?.start();
    const asked = ['a1', 'a2', 'a3', 'a4'].map((text) => planning.validate(text, 'a'));
    asked.push(planning.validate('b1', 'b'), planning.validate('c1', 'c'));
    for (let at = 0; at < asked.length; at += 1) {
      await vi.waitFor(() => expect(performed()).toHaveLength(at + 1));
      threads[0]?.answer({ kind: 'valid' });
    }
    await Promise.all(asked);
    expect(performed()).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
  });

  test('is short for each asker: RATE_LIMITED says so at once', async () => {
    const { planning } = byHand({ waitingOfEach: 2 });
    const first = ['1', '2', '3'].map((text) => planning.validate(text, 'a'));
    for (const one of first) one.catch(() => undefined);
    expect(await caught(planning.validate('4', 'a'))).toBe('RATE_LIMITED');
    const other = planning.validate('5', 'b');
    other.catch(() => undefined);
    expect(planning.waiting).toBe(3);
  });

  test('has a place for a newcomer when it is full of one asker', async () => {
    const { planning } = byHand({ waiting: 3 });
    const ends = ['1', '2', '3', '4'].map((text) => caught(planning.validate(text, 'a')));
    const other = planning.validate('5', 'b');
    other.catch(() => undefined);
    expect(await Promise.race(ends)).toBe('RATE_LIMITED');
    expect(planning.waiting).toBe(3);
  });

  test('is UNAVAILABLE when it is full of everybody', async () => {
    const { planning } = byHand({ waiting: 2 });
    for (const asker of ['a', 'b', 'c']) planning.validate(asker, asker).catch(() => undefined);
    expect(await caught(planning.validate('4', 'd'))).toBe('UNAVAILABLE');
  });

  test('is waited in for a while, and no longer: UNAVAILABLE', async () => {
    const { planning, threads, performed } = byHand({ waitMs: 20 });
    expect(await caught(planning.validate('no thread starts', 'a'))).toBe('UNAVAILABLE');
    threads[0]?.start();
    const next = planning.validate('next', 'a');
    await vi.waitFor(() => expect(performed()).toEqual(['next']));
    const late = caught(planning.validate('late', 'a'));
    expect(await late).toBe('UNAVAILABLE');
    expect(planning.waiting).toBe(0);
    threads[0]?.answer({ kind: 'valid' });
    expect(await next).toBe(null);
    await settled();
    expect(performed()).toEqual(['next']);
  });

  test('holds the same operation once, however many wait for it', async () => {
    const { planning, threads, performed } = byHand();
    threads[0]?.start();
    const task = { text: 'query A { a }', operationName: 'A', refused: null };
    const asked = ['a', 'b', 'c'].map((asker) => planning.plan(task, asker));
    const another = planning.plan({ ...task, operationName: 'B' }, 'a');
    await vi.waitFor(() => expect(performed()).toHaveLength(1));
    threads[0]?.answer({ kind: 'planned', plan: '{"kind":"QueryPlan"}' });
    for (const one of asked) expect(await one).toEqual({ plan: { kind: 'QueryPlan' }, chars: 20 });
    await vi.waitFor(() => expect(performed()).toHaveLength(2));
    threads[0]?.answer({
      kind: 'faulty',
      faults: [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }],
    });
    await expect(another).rejects.toThrow('no');
  });
});

describe('an operation that takes more than its budget', () => {
  test('is refused and remembered, and a thread that stands by goes on at once', async () => {
    const { planning, threads, performed } = byHand({ budgetMs: 200 });
    threads[0]?.start();
    const endless = caught(planning.validate('endless', 'a'));
    const next = planning.validate('next', 'b');
    next.catch(() => undefined);
    await vi.waitFor(() => expect(threads).toHaveLength(2));
    threads[1]?.start();
    expect(await endless).toBe('BAD_USER_INPUT');
    expect(threads[0]?.isStopped).toBe(true);
    await vi.waitFor(() => expect(threads[1]?.tasks).toHaveLength(1));
    threads[1]?.answer({ kind: 'valid' });
    expect(await next).toBe(null);
    expect(await caught(planning.validate('endless', 'c'))).toBe('BAD_USER_INPUT');
    expect(performed()).toEqual(['endless', 'next']);
  });

  test('has it on a core: what others keep from one is waited for', async () => {
    const { planning, threads } = byHand({ budgetMs: 40, lightMs: 1 }, 1);
    threads[0]?.start();
    const asked = planning.validate('slow', 'a');
    // Another one is started for those who are light; the first is asked how it is doing when all of its time is over.
    await vi.waitFor(() => expect(threads).toHaveLength(2));
    threads[0]?.answer({ kind: 'valid' });
    expect(await asked).toBe(null);
    expect(threads[0]?.isStopped).toBe(false);
  });

  test('is tried again when it is forgotten', async () => {
    const { planning, threads, performed } = byHand({ rememberMs: 0 });
    threads[0]?.start();
    for (let at = 1; at <= 2; at += 1) {
      const asked = caught(planning.validate('large', 'a'));
      await vi.waitFor(() => expect(performed()).toHaveLength(at));
      threads[0]?.answer({ kind: 'too complex' });
      expect(await asked).toBe('BAD_USER_INPUT');
    }
  });

  test('costs nothing more when its thread ends of itself', async () => {
    const { planning, threads } = byHand();
    threads[0]?.start();
    const greedy = caught(planning.validate('greedy', 'a'));
    await vi.waitFor(() => expect(threads[0]?.tasks).toHaveLength(1));
    threads[0]?.answer(null);
    expect(await greedy).toBe('BAD_USER_INPUT');
    const next = planning.validate('next', 'a');
    await vi.waitFor(() => expect(threads).toHaveLength(2), 5000);
    threads[1]?.start();
    await vi.waitFor(() => expect(threads[1]?.tasks).toHaveLength(1));
    threads[1]?.answer({ kind: 'valid' });
    expect(await next).toBe(null);
  });
});

test('one that retires does what it was asked for, and then ends its thread', async () => {
  const { planning, threads } = byHand();
  threads[0]?.start();
  const asked = planning.validate('1', 'a');
  planning.retire();
  await vi.waitFor(() => expect(threads[0]?.tasks).toHaveLength(1));
  expect(threads[0]?.isStopped).toBe(false);
  threads[0]?.answer({ kind: 'valid' });
  await asked;
  await settled();
  expect(threads[0]?.isStopped).toBe(true);
});

test('the real thread validates and plans, and refuses what is too complex without ending', async () => {
  const file = new URL('../../../supergraph.graphql', import.meta.url);
  const { sdl } = readSupergraph(await readFile(file, 'utf8'));
  const planning = createPlanning(sdl, { budgetMs: 20_000 }, log);
  open.push(planning);
  const fine = 'query A { publicTimeline(first: 1) { edges { node { text author { displayName } } } } }';
  expect(await planning.validate(fine, 'a')).toBe(null);
  const faults = await planning.validate('{ unheardOf }', 'a');
  expect(faults).toMatchObject([
    { message: 'Cannot query field "unheardOf" on type "Query".', locations: [{ line: 1 }] },
  ]);
  const { plan, chars } = await planning.plan({ text: fine, operationName: 'A', refused: null }, 'a');
  expect(plan.node).toMatchObject({ kind: 'Sequence' });
  expect(chars).toBe(JSON.stringify(plan).length);

  // Conditions within conditions: 1.8 kB, and the planner looks at each combination.
  const variables = Array.from({ length: 50 }, (_, at) => `$v${at}: Boolean!`).join(' ');
  const spreads = (name: string, from: number) =>
    Array.from({ length: 25 }, (_, at) => `...${name} @include(if: $v${from + at})`).join(' ');
  const complex = `query (${variables}) { publicTimeline(first: 1) { edges { node { ${spreads('P', 0)} } } } }
    fragment P on Post { ${spreads('Q', 25)} text } fragment Q on Post { author { username postCount } }`;
  expect(await planning.validate(complex, 'a')).toBe(null);
  const refused = planning.plan({ text: complex, operationName: undefined, refused: null }, 'a');
  expect(await caught(refused)).toBe('BAD_USER_INPUT');
  expect(await planning.validate('{ mediaLimits { __typename } }', 'a')).toBe(null);
});
