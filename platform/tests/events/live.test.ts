import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineSignal } from '../../src/contracts/signal.ts';
import { createInProcessBroker } from '../../src/events/in-process-broker.ts';
import { createLive, ephemeralStream, type Live, StreamOverflow } from '../../src/events/live.ts';
import { until } from '../../src/testing/until.ts';

const log = pino({ level: 'silent' });
const typing = defineSignal('typing', z.union([z.string(), z.int()]));

/** A live side that counts who listens. */
function watchedLive() {
  const broker = createInProcessBroker({ log });
  const live = createLive(broker);
  let listening = 0;
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
  return { broker, live: watched, listening: () => listening };
}

describe('ephemeralStream', () => {
  it('gives payloads in order as they come', async () => {
    const { broker, live, listening } = watchedLive();
    const stream = ephemeralStream({ live, topic: typing });
    const first = stream.next();
    await until(() => listening() === 1);
    await live.signal(typing, 'Ada');
    await broker.signal('typing');
    await broker.signal('typing', { not: 'understood' });
    await live.signal(typing, 'Bo');
    expect([await first, await stream.next()].map(({ value }) => value)).toEqual(['Ada', 'Bo']);
    await stream.return();
    expect(listening()).toBe(0);
  });

  it('ends with an error when its taker is too slow', async () => {
    const { live, listening } = watchedLive();
    const stream = ephemeralStream({ live, topic: typing, limit: 2 });
    const first = stream.next();
    await until(() => listening() === 1);
    for (let n = 0; n < 5; n += 1) await live.signal(typing, n);
    expect(await first).toEqual({ done: false, value: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    await expect(stream.next()).rejects.toThrow(StreamOverflow);
    expect(listening()).toBe(0);
  });
});
