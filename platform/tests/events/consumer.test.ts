import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserRegistered } from '../../src/contracts/auth.ts';
import { MediaDeleted, MediaReady } from '../../src/contracts/media.ts';
import { PostCreated } from '../../src/contracts/post.ts';
import { subscriptions } from '../../src/contracts/subscriptions.ts';
import type { Tx } from '../../src/database/database.ts';
import { UnprocessableEvent } from '../../src/events/broker.ts';
import { consumer, eventHandler, startConsumers } from '../../src/events/consumer.ts';
import { createEvent, parseEnvelope } from '../../src/events/envelope.ts';
import { createInProcessBroker } from '../../src/events/in-process-broker.ts';
import { publish } from '../../src/events/outbox.ts';
import { purge } from '../../src/events/purge.ts';
import { uuidv7 } from '../../src/ids.ts';
import { currentRequestId } from '../../src/log.ts';
import { metricsText } from '../../src/metrics/process-metrics.ts';
import { valueIn } from '../../src/testing/counted.ts';
import { type RawClient, type ScratchDatabase, scratchDatabase } from './scratch-database.ts';

const log = pino({ level: 'silent' });

describe('consumers', () => {
  let db: ScratchDatabase;
  beforeAll(async () => {
    db = await scratchDatabase();
  });
  afterAll(() => db.drop());

  const countMedia = consumer(MediaReady, async (tx: Tx<RawClient>, { data }) => {
    await tx.$executeRaw`
        INSERT INTO counter (id, count) VALUES (${data.ownerId}::uuid, 1)
        ON CONFLICT (id) DO UPDATE SET count = counter.count + 1`;
  });
  const ignoreUsers = consumer(UserRegistered, async (_tx: Tx<RawClient>) => {});

  it('applies each event once when all arrive 2 to 5 times, shuffled, at two instances', async () => {
    const ownerId = uuidv7();
    const events = Array.from({ length: 40 }, (_, sequence) =>
      createEvent(MediaReady, { mediaId: uuidv7(), ownerId, kind: 'IMAGE' }, { sequence }),
    );
    const deliveries = events
      .flatMap((event) => Array.from({ length: 2 + Math.floor(Math.random() * 4) }, () => event))
      .map((event) => ({ event, place: Math.random() }))
      .sort((a, b) => a.place - b.place);
    const instances = [0, 1].map(() => eventHandler({ service: 'post', db, consumers: [countMedia], log }));
    await Promise.all(deliveries.map(({ event }, index) => instances[index % 2]?.(event)));
    expect(await db.count(`SELECT count FROM counter WHERE id = '${ownerId}'`)).toBe(40);
  });

  it('applies nothing and forgets the event when the consumer fails', async () => {
    const ownerId = uuidv7();
    let fails = true;
    const failing = consumer(MediaReady, async (tx: Tx<RawClient>, event) => {
      await tx.$executeRaw`INSERT INTO counter (id, count) VALUES (${event.data.ownerId}::uuid, 1)`;
      if (fails) throw new Error('half way');
    });
    const handle = eventHandler({ service: 'post', db, consumers: [failing], log });
    const event = createEvent(MediaReady, { mediaId: uuidv7(), ownerId, kind: 'VIDEO' });
    await expect(handle(event)).rejects.toThrow('half way');
    expect(await db.count(`SELECT count(*) FROM counter WHERE id = '${ownerId}'`)).toBe(0);
    fails = false;
    await handle(event);
    expect(await db.count(`SELECT count(*) FROM counter WHERE id = '${ownerId}'`)).toBe(1);
  });

  it('counts what came of each attempt, and how long a fact took to arrive', async () => {
    const figures = async () => {
      const text = await metricsText();
      const ends = ['applied', 'failed'].map((end) =>
        valueIn(text, 'socialhub_events_total', { service: 'media', end }),
      );
      const arrived = ['count', 'sum'].map((figure) =>
        valueIn(text, `socialhub_event_arrival_seconds_${figure}`, { service: 'media' }),
      );
      return [...ends, ...arrived] as [number, number, number, number];
    };
    let fails = true;
    const failing = consumer(MediaReady, async () => {
      if (fails) throw new Error('not now');
    });
    const handle = eventHandler({ service: 'media', db, consumers: [failing], log });
    const data = { mediaId: uuidv7(), ownerId: uuidv7(), kind: 'IMAGE' as const };
    const event = createEvent(MediaReady, data, { time: new Date(Date.now() - 20_000) });
    const before = await figures();
    await expect(handle(event)).rejects.toThrow('not now');
    fails = false;
    await handle(event);
    // One that comes again counts once.
    await handle(event);
    const [applied, failed, count, seconds] = (await figures()).map((now, at) => now - (before[at] ?? 0));
    expect([applied, failed, count]).toEqual([1, 1, 1]);
    expect(seconds).toBeGreaterThanOrEqual(20);
  });

  it('gives the parsed event, within the request that caused it', async () => {
    const seen: unknown[] = [];
    const looking = consumer(
      MediaReady,
      async (_tx: Tx<RawClient>, event) => void seen.push({ ...event, requestId: currentRequestId() }),
    );
    const data = { mediaId: uuidv7(), ownerId: uuidv7(), kind: 'IMAGE' as const };
    const time = new Date('2026-01-02T03:04:05.678Z');
    const event = createEvent(MediaReady, data, { sequence: 9n, time, requestId: 'request-9' });
    await eventHandler({ service: 'post', db, consumers: [looking], log })(event);
    expect(seen).toEqual([
      { id: event.id, name: 'media_ready', time, sequence: 9n, data, requestId: 'request-9' },
    ]);
  });

  it('goes on within the trace of the event, and takes one that is written otherwise for none', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answering = consumer(MediaReady, async (tx: Tx<RawClient>, { data }) =>
      publish(tx, MediaDeleted, { mediaId: data.mediaId, ownerId: data.ownerId }),
    );
    const handle = eventHandler({ service: 'post', db, consumers: [answering], log });
    const seen = async (sent: string) => {
      const data = { mediaId: uuidv7(), ownerId: uuidv7(), kind: 'IMAGE' as const };
      await handle(parseEnvelope({ ...createEvent(MediaReady, data), traceparent: sent }));
      const { rows } = await db.pool.query('SELECT traceparent FROM outbox WHERE aggregate = $1', [
        data.mediaId,
      ]);
      return rows;
    };
    expect(await seen(traceparent)).toEqual([{ traceparent }]);
    expect(await seen(`${traceparent}x`)).toEqual([{ traceparent: null }]);
  });

  it('calls data that breaks the contract unprocessable', async () => {
    const event = createEvent(MediaReady, { mediaId: uuidv7(), ownerId: uuidv7(), kind: 'IMAGE' });
    const handle = eventHandler({ service: 'post', db, consumers: [countMedia], log });
    await expect(handle({ ...event, data: { mediaId: 'x' } })).rejects.toThrow(UnprocessableEvent);
  });

  it('refuses to start with other consumers than the subscriptions name', async () => {
    const broker = createInProcessBroker({ log });
    const ignore = (contract: (typeof subscriptions)['user'][number]) =>
      consumer(contract, async (_tx: Tx<RawClient>) => {});
    const all = subscriptions.user.map(ignore);
    const start = (consumers: readonly (typeof all)[number][]) =>
      startConsumers({ service: 'user', db, broker, consumers, log });
    const withoutUsers = all.filter(({ types }) => types[0] !== ignoreUsers.types[0]);
    await expect(start(withoutUsers)).rejects.toThrow('no consumer for user_registered');
    await expect(start([...all, ignoreUsers])).rejects.toThrow('two consumers for user_registered');
    await expect(start([...all, ignore(PostCreated)])).rejects.toThrow('no subscription to post_created');
    const started = await start(all);
    await started.stop();
  });

  it('purges what is too old from the inbox and the idempotency keys, and nothing else', async () => {
    await db.pool.query('TRUNCATE inbox, idempotency');
    await db.pool.query(
      `INSERT INTO inbox (consumer, event_id, received_at)
       SELECT 'media_ready', gen_random_uuid(), now() - CASE WHEN n <= 2500 THEN interval '9 days' ELSE interval '7 days' END
       FROM generate_series(1, 2510) n`,
    );
    await db.pool.query(
      `INSERT INTO idempotency (viewer_id, operation, key, created_at)
       VALUES (gen_random_uuid(), 'createPost', 'old', now() - interval '25 hours'),
              (gen_random_uuid(), 'createPost', 'new', now() - interval '23 hours')`,
    );
    expect(await purge(db.pool)).toBe(2501);
    expect(await db.count('SELECT count(*) FROM inbox')).toBe(10);
    expect(await db.count("SELECT count(*) FROM idempotency WHERE key = 'new'")).toBe(1);
  });
});
