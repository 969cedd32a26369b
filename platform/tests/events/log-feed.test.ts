import { setImmediate as turn } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { defineSignal, defineWakeUps, type Topic } from '../../src/contracts/signal.ts';
import { createInProcessBroker } from '../../src/events/in-process-broker.ts';
import { createLive, type Live } from '../../src/events/live.ts';
import { createLogFeed } from '../../src/events/log-feed.ts';
import { CutPage, type Following } from '../../src/events/log-reader.ts';
import { until } from '../../src/testing/until.ts';

const log = pino({ level: 'silent' });
const logOf = defineWakeUps('log');
const everybody = defineSignal('all', z.union([z.string(), z.int()]));

/** A feed of numbers, each listener's log in an array of its own. */
function feedOf(
  logs: Record<string, number[]>,
  options: {
    pollMs?: number;
    // biome-ignore lint/suspicious/noExplicitAny: with a payload or without
    topicOf?: (listener: string) => Topic<any>;
    concerns?: (payload: unknown, listener: string) => Promise<boolean>;
    read?: (followings: readonly Following<number>[]) => unknown;
  } = {},
) {
  const live = createLive(createInProcessBroker({ log }));
  let listening = 0;
  const reads: string[][] = [];
  const watched: Live = {
    ...live,
    async listen(topic, handler) {
      const stop = await live.listen(topic, handler);
      listening += 1;
      return async () => {
        listening -= 1;
        await stop();
      };
    },
  };
  const { read, topicOf = logOf, ...others } = options;
  const feed = createLogFeed({
    live: watched,
    topicOf,
    pageSize: 3,
    readAfter: async (followings: readonly Following<number>[], limit) => {
      reads.push(followings.map(({ listener }) => listener));
      await read?.(followings);
      return followings.map(
        ({ listener, after }) =>
          logs[listener]?.filter((entry) => entry > after).slice(0, limit) ??
          new Error('there is no such log'),
      );
    },
    placeOf: (entry: number) => entry,
    ...others,
  });
  return { feed, live, reads, listening: () => listening };
}

it('replays behind the place in pages and then follows, without a gap or a repeat', async () => {
  const entries = [1, 2, 3, 4, 5, 6, 7, 8];
  const { feed, live } = feedOf({ ada: entries });
  const seen: number[] = [];
  const reading = (async () => {
    for await (const entry of feed.follow({ listener: 'ada', after: 2 })) {
      seen.push(entry);
      if (entry === 60) return;
    }
  })();
  for (let entry = 9; entry <= 60; entry += 1) {
    entries.push(entry);
    // Some signals come twice, some not at all.
    for (let times = entry % 3; times > 0; times -= 1) await live.signal(logOf('ada'));
    if (entry === 60) await live.signal(logOf('ada'));
    await turn();
  }
  await reading;
  expect(seen).toEqual(Array.from({ length: 58 }, (_, index) => index + 3));
});

it('reads once for all who are woken in the same moment', async () => {
  const names = Array.from({ length: 40 }, (_, n) => `p${n}`);
  const logs: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const { feed, live, reads } = feedOf(logs);
  const streams = names.map((listener) => feed.follow({ listener, after: 0 }));
  const nexts = streams.map((stream) => stream.next());
  await until(() => reads.flat().length === 40);
  reads.splice(0);
  for (const name of names) logs[name]?.push(1);
  await Promise.all(names.map((name) => live.signal(logOf(name))));
  expect((await Promise.all(nexts)).map(({ value }) => value)).toEqual(names.map(() => 1));
  expect(reads).toHaveLength(1);
  await Promise.all(streams.map((stream) => stream.return()));
});

it('merges signals that come while it reads, and loses none of them', async () => {
  const entries: number[] = [];
  let reading = Promise.withResolvers<void>();
  reading.resolve();
  const { feed, live, reads } = feedOf({ ada: entries }, { read: () => reading.promise });
  const stream = feed.follow({ listener: 'ada', after: 0 });
  const first = stream.next();
  await until(() => reads.length === 1);
  reading = Promise.withResolvers();
  await live.signal(logOf('ada'));
  await until(() => reads.length === 2);
  for (let n = 1; n <= 1000; n += 1) await live.signal(logOf('ada'));
  await turn();
  entries.push(1, 2);
  reading.resolve();
  expect((await first).value).toBe(1);
  expect((await stream.next()).value).toBe(2);
  // One that the signals were merged into, and one more for what came while that went.
  expect(reads.length).toBeLessThanOrEqual(4);
  await stream.return();
});

it('reads on for nobody who does not take what was read', async () => {
  const { feed, live, reads } = feedOf({ ada: [1, 2, 3, 4, 5, 6, 7] });
  const stream = feed.follow({ listener: 'ada', after: 0 });
  await stream.next();
  for (let n = 0; n < 5; n += 1) await live.signal(logOf('ada'));
  await turn();
  await turn();
  expect(reads).toHaveLength(1);
  await stream.return();
});

it('finds by itself what no signal told of', async () => {
  const entries: number[] = [];
  const { feed, reads } = feedOf({ ada: entries }, { pollMs: 30 });
  const stream = feed.follow({ listener: 'ada', after: 0 });
  const next = stream.next();
  await until(() => reads.length > 0);
  entries.push(1);
  expect(await next).toEqual({ done: false, value: 1 });
  await stream.return();
});

it('wakes of those who share a topic only whom the signal concerns', async () => {
  const logs = { ada: [] as number[], bo: [] as number[] };
  const { feed, live, reads } = feedOf(logs, {
    topicOf: () => everybody,
    concerns: async (payload, listener) => payload === listener,
  });
  const [ada, bo] = (['ada', 'bo'] as const).map((listener) => feed.follow({ listener, after: 0 }));
  const [adaNext, boNext] = [ada?.next(), bo?.next()];
  await until(() => reads.flat().length === 2);
  reads.splice(0);
  logs.bo.push(1);
  await live.signal(everybody, 'bo');
  expect((await boNext)?.value).toBe(1);
  expect(reads).toEqual([['bo']]);
  await Promise.all([ada?.return(), bo?.return()]);
  expect((await adaNext)?.done).toBe(true);
});

it('asks of few signals at once whom they concern, and reads once for all the others', async () => {
  const logs = { ada: [] as number[] };
  let asked = 0;
  const answer = Promise.withResolvers<boolean>();
  const { feed, live, reads } = feedOf(logs, {
    topicOf: () => everybody,
    concerns: () => {
      asked += 1;
      return answer.promise;
    },
  });
  const ada = feed.follow({ listener: 'ada', after: 0 });
  const next = ada.next();
  await until(() => reads.length === 1);
  await turn();
  logs.ada.push(1);
  for (let n = 0; n < 1000; n += 1) await live.signal(everybody, n);
  expect((await next).value).toBe(1);
  expect(asked).toBe(4);
  expect(reads).toHaveLength(2);
  answer.resolve(false);
  await ada.return();
});

it.each(['abort', 'return'])('ends at once on %s while it waits, and listens no more', async (how) => {
  const { feed, listening } = feedOf({ ada: [1] });
  const aborting = new AbortController();
  const stream = feed.follow({ listener: 'ada', after: 0, signal: aborting.signal });
  expect(await stream.next()).toEqual({ done: false, value: 1 });
  const next = stream.next();
  await until(() => listening() === 1);
  if (how === 'abort') aborting.abort();
  else await stream.return();
  expect(await next).toEqual({ done: true, value: undefined });
  await until(() => listening() === 0);
});

it('listens once for two who follow the same, until both have left', async () => {
  const entries: number[] = [];
  const { feed, live, listening } = feedOf({ ada: entries });
  const [one, other] = [
    feed.follow({ listener: 'ada', after: 0 }),
    feed.follow({ listener: 'ada', after: 0 }),
  ];
  const [left, right] = [one.next(), other.next()];
  await until(() => listening() === 1);
  await one.return();
  expect((await left).done).toBe(true);
  entries.push(1);
  await live.signal(logOf('ada'));
  expect((await right).value).toBe(1);
  expect(listening()).toBe(1);
  await other.return();
  expect(listening()).toBe(0);
});

it('ends with what reading throws, and listens no more', async () => {
  const { feed, listening } = feedOf(
    { ada: [] },
    {
      read: () => {
        throw new Error('the statement is wrong');
      },
    },
  );
  await expect(feed.follow({ listener: 'ada', after: 0 }).next()).rejects.toThrow('the statement is wrong');
  expect(listening()).toBe(0);
});

it('lets nobody lose by whom they were read with', async () => {
  const { feed, reads } = feedOf(
    { ada: [1], bo: [1] },
    {
      read: (followings) => {
        if (followings.some(({ after }) => after === -1)) throw new Error('no such place');
      },
    },
  );
  const [ada, bo, gone] = [
    feed.follow({ listener: 'ada', after: 0 }),
    feed.follow({ listener: 'bo', after: -1 }),
    feed.follow({ listener: 'nobody', after: 0 }),
  ];
  const [adaNext, boNext, goneNext] = await Promise.allSettled([ada.next(), bo.next(), gone.next()]);
  expect(adaNext).toMatchObject({ value: { value: 1 } });
  expect(boNext).toMatchObject({ reason: { message: 'no such place' } });
  expect(goneNext).toMatchObject({ reason: { message: 'there is no such log' } });
  expect(reads[0]).toEqual(['ada', 'bo', 'nobody']);
  await ada.return();
});

afterEach(() => {
  vi.useRealTimers();
});

it('reads on behind a cut page by one timer, however many signals come meanwhile, and more seldom each time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const live = createLive(createInProcessBroker({ log }));
  let reads = 0;
  let pages: () => number[] | CutPage<number> = () => new CutPage([]);
  const feed = createLogFeed({
    live,
    topicOf: () => logOf('all'),
    readAfter: async (followings) => {
      reads += 1;
      return followings.map(pages);
    },
    placeOf: (entry: number) => entry,
  });
  const stream = feed.follow({ listener: 'ada', after: 0 });
  const next = stream.next();
  for (let n = 0; n < 20; n += 1) {
    await live.signal(logOf('all'));
    for (let round = 0; round < 4; round += 1) await turn();
  }
  const readsOver = async (ms: number) => {
    reads = 0;
    await vi.advanceTimersByTimeAsync(ms);
    for (let round = 0; round < 4; round += 1) await turn();
    return reads;
  };
  expect([await readsOver(250), await readsOver(499), await readsOver(1), await readsOver(999)]).toEqual([
    1, 0, 1, 0,
  ]);
  pages = () => [1];
  await readsOver(1);
  expect((await next).value).toBe(1);
  await stream.return();
  expect(vi.getTimerCount()).toBe(0);
});
