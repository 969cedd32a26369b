import { afterEach, expect, test, vi } from 'vitest';
import { createLanes, type LaneOptions, type Lanes } from './lanes.ts';
import type { Outcome, Task } from './messages.ts';
import type { PlanningThread } from './thread.ts';

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const options: LaneOptions = {
  budgetMs: 60_000,
  lightMs: 5,
  heavyAskerMs: 500,
  waitMs: 60_000,
  waiting: 500,
  waitingOfEach: 50,
};
const open: Lanes[] = [];

afterEach(() => {
  for (const lanes of open.splice(0)) lanes.stop();
});

interface FakeThread extends PlanningThread {
  task: string | undefined;
  isStopped: boolean;
  answer(lastMs: number): void;
}

/** Threads that can work at once, and answer when the test says so. A task has taken all the time there is at once. */
function byHand(given: Partial<LaneOptions> = {}) {
  const threads: FakeThread[] = [];
  const startThread = (): PlanningThread => {
    let settle: (outcome: Outcome | null) => void = () => undefined;
    const thread: FakeThread = {
      ready: Promise.resolve(),
      task: undefined,
      isStopped: false,
      lastMs: 0,
      perform: ({ text }) =>
        new Promise((resolve) => {
          thread.task = text;
          settle = resolve;
        }),
      spentMs: async () => options.budgetMs - 1,
      stop() {
        thread.isStopped = true;
        settle(null);
      },
      answer(lastMs) {
        Object.assign(thread, { lastMs, task: undefined });
        settle({ kind: 'valid' });
      },
    };
    threads.push(thread);
    return thread;
  };
  const lanes = createLanes({ ...options, ...given }, startThread, log);
  open.push(lanes);
  const ends: string[] = [];
  const ask = async (text: string, asker = text) => {
    const task: Task = { kind: 'validate', text };
    const performed = await lanes.perform(task, asker);
    ends.push(`${text} ${performed.outcome ? performed.outcome.kind : performed.why}`);
  };
  const performing = () =>
    threads.flatMap(({ task, isStopped }) => (task !== undefined && !isStopped ? [task] : []));
  const onThread = async (text: string) => {
    await vi.waitFor(() => expect(performing()).toContain(text), { interval: 1 });
    return threads.find(({ task, isStopped }) => task === text && !isStopped) as FakeThread;
  };
  return { lanes, threads, ends, ask, performing, onThread };
}

test('of those who wait, whoever used least lately goes first, and of two the shorter', async () => {
  const { ask, onThread, ends } = byHand({ lightMs: 50_000 });
  const all = [ask('1', 'a')];
  (await onThread('1')).answer(100);
  await Promise.all(all);
  all.push(
    ask('2', 'b'),
    ask('3', 'a'),
    ask('a long one', 'c'),
    ask('short', 'd'),
    ask('{a @skip(if: $a)}', 'e'),
  );
  for (const text of ['2', 'short', 'a long one', '{a @skip(if: $a)}', '3']) (await onThread(text)).answer(1);
  await Promise.all(all);
  expect(ends).toHaveLength(6);
});

test('what takes long goes on beside those who are light, and they do not wait for it', async () => {
  const { ask, onThread, threads, ends } = byHand();
  void ask('long');
  const thread = await onThread('long');
  void ask('light');
  (await onThread('light')).answer(1);
  await vi.waitFor(() => expect(ends).toEqual(['light valid']));
  thread.answer(300);
  await vi.waitFor(() => expect(ends).toEqual(['light valid', 'long valid']));
  expect(threads.filter(({ isStopped }) => isStopped)).toEqual([]);
});

test('where nobody waits it stays, and nothing is stopped', async () => {
  const { ask, onThread, threads, ends } = byHand();
  void ask('long');
  const thread = await onThread('long');
  await vi.waitFor(() => expect(threads).toHaveLength(2));
  thread.answer(300);
  await vi.waitFor(() => expect(ends).toEqual(['long valid']));
});

test('a second one that takes long is stopped once, and performed whole when its turn comes', async () => {
  const { ask, onThread, threads, ends, performing } = byHand();
  void ask('first');
  await onThread('first');
  void ask('second');
  const stopped = await onThread('second');
  void ask('light');
  (await onThread('light')).answer(1);
  await vi.waitFor(() => expect(ends).toEqual(['light valid']));
  expect(stopped.isStopped).toBe(true);
  expect(performing()).toEqual(['first']);
  (await onThread('first')).answer(1000);
  const again = await onThread('second');
  void ask('another light');
  (await onThread('another light')).answer(1);
  again.answer(1000);
  await vi.waitFor(() =>
    expect(ends.slice(1)).toEqual(['first valid', 'another light valid', 'second valid']),
  );
  expect(threads.filter(({ isStopped }) => isStopped)).toEqual([stopped]);
});

test('whoever had such lately begins among the heavy ones', async () => {
  const { ask, onThread, performing } = byHand({ lightMs: 50_000 });
  const all = [ask('1', 'a')];
  (await onThread('1')).answer(600);
  await Promise.all(all);
  void ask('2', 'a');
  await onThread('2');
  void ask('3', 'a');
  void ask('light');
  await onThread('light');
  expect(performing().sort()).toEqual(['2', 'light']);
});

test('twenty who ask for nothing but long ones keep nobody waiting for the end of one', async () => {
  const { ask, onThread, ends } = byHand();
  for (let of = 0; of < 20; of += 1) for (const nth of [1, 2]) void ask(`long one, ${nth} of ${of}`, `${of}`);
  for (const text of ['a', 'b', 'c']) {
    void ask(text);
    (await onThread(text)).answer(1);
  }
  await vi.waitFor(() => expect(ends).toEqual(['a valid', 'b valid', 'c valid']));
});

test('one that was stopped waits no longer than others do', async () => {
  const { ask, onThread, ends } = byHand({ waitMs: 100 });
  void ask('first');
  await onThread('first');
  void ask('second');
  await onThread('second');
  void ask('light');
  (await onThread('light')).answer(1);
  await vi.waitFor(() => expect(ends).toEqual(['light valid', 'second late']));
});

test('a place is free again however its task has ended', async () => {
  const { ask, lanes, onThread, ends } = byHand({ waiting: 1, waitingOfEach: 1, lightMs: 50_000 });
  const all = [ask('1', 'a')];
  const thread = await onThread('1');
  all.push(ask('2', 'a'), ask('3', 'a'), ask('4', 'b'));
  await vi.waitFor(() => expect(ends).toEqual(['3 own crowd', '4 crowd']));
  thread.stop();
  (await onThread('2')).answer(1);
  await Promise.all(all);
  expect(ends.slice(2)).toEqual(['1 too complex', '2 valid']);
  expect([lanes.size, lanes.waiting]).toEqual([0, 0]);
});
