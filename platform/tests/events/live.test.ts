import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createInProcessBroker } from '../../src/events/in-process-broker.ts';
import {
  createLive,
  durableStream,
  ephemeralStream,
  type Live,
  StreamOverflow,
} from '../../src/events/live.ts';
import { until } from '../../src/testing/until.ts';

const log = pino({ level: 'silent' });

/** A live side that counts who listens. */
function watchedLive(): { live: Live; listening: () => number } {
  const live = createLive(createInProcessBroker({ log }));
  let listening = 0;
  return {
    listening: () => listening,
    live: {
      ...live,
      async listen(topic, handler) {
        const stop = await live.listen(topic, handler);
        listening += 1;
        return async () => {
          listening -= 1;
          await stop();
        };
      },
    },
  };
}

describe('durableStream', () => {
  const follow = (live: Live, entries: number[], after = 0, signal?: AbortSignal, pollMs?: number) =>
    durableStream({
      live,
      topic: 'log',
      after,
      pageSize: 3,
      readAfter: async (cursor, limit) => entries.filter((entry) => entry > cursor).slice(0, limit),
      cursorOf: (entry: number) => entry,
      ...(signal && { signal }),
      ...(pollMs && { pollMs }),
    });

  it('replays after the cursor in pages and then follows, without a gap or a repeat', async () => {
    const { live } = watchedLive();
    const entries = [1, 2, 3, 4, 5, 6, 7, 8];
    const seen: number[] = [];
    const reading = (async () => {
      for await (const entry of follow(live, entries, 2)) {
        seen.push(entry);
        if (entry === 60) return;
      }
    })();
    for (let entry = 9; entry <= 60; entry += 1) {
      entries.push(entry);
      // Some wake-ups come twice, some not at all.
      for (let times = entry % 3; times > 0 || entry === 60; times -= 1) {
        await live.signal('log');
        if (times <= 0) break;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await reading;
    expect(seen).toEqual(Array.from({ length: 58 }, (_, index) => index + 3));
  });

  it('finds by itself what no wake-up told of', async () => {
    const { live } = watchedLive();
    const entries: number[] = [];
    const stream = follow(live, entries, 0, undefined, 30);
    const next = stream.next();
    entries.push(1);
    expect(await next).toEqual({ done: false, value: 1 });
    await stream.return();
  });

  it.each(['abort', 'return'])('ends at once on %s while it waits, and listens no more', async (how) => {
    const { live, listening } = watchedLive();
    const aborting = new AbortController();
    const stream = follow(live, [1], 0, aborting.signal);
    expect(await stream.next()).toEqual({ done: false, value: 1 });
    const next = stream.next();
    await until(() => listening() === 1);
    if (how === 'abort') aborting.abort();
    else await stream.return();
    expect(await next).toEqual({ done: true, value: undefined });
    await until(() => listening() === 0);
  });

  it('listens no more when reading fails', async () => {
    const { live, listening } = watchedLive();
    const stream = durableStream({
      live,
      topic: 'log',
      after: 0,
      readAfter: async () => {
        throw new Error('the database is away');
      },
      cursorOf: () => 0,
    });
    await expect(stream.next()).rejects.toThrow('the database is away');
    expect(listening()).toBe(0);
  });
});

describe('ephemeralStream', () => {
  it('gives payloads in order as they come', async () => {
    const { live, listening } = watchedLive();
    const stream = ephemeralStream<string>({ live, topic: 'typing' });
    const first = stream.next();
    await until(() => listening() === 1);
    await live.signal('typing', 'Ada');
    await live.signal('typing');
    await live.signal('typing', 'Bo');
    expect([await first, await stream.next()].map(({ value }) => value)).toEqual(['Ada', 'Bo']);
    await stream.return();
    expect(listening()).toBe(0);
  });

  it('ends with an error when its taker is too slow', async () => {
    const { live, listening } = watchedLive();
    const stream = ephemeralStream<number>({ live, topic: 'typing', limit: 2 });
    const first = stream.next();
    await until(() => listening() === 1);
    for (let n = 0; n < 5; n += 1) await live.signal('typing', n);
    expect(await first).toEqual({ done: false, value: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    await expect(stream.next()).rejects.toThrow(StreamOverflow);
    expect(listening()).toBe(0);
  });
});
