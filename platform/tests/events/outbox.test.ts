import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MediaReady } from '../../src/contracts/media.ts';
import { defineSignal, defineWakeUps } from '../../src/contracts/signal.ts';
import type { Database } from '../../src/database/database.ts';
import { type Broker, BrokerUnavailable, DeliveryFailed, type Json } from '../../src/events/broker.ts';
import { type CloudEvent, createEvent } from '../../src/events/envelope.ts';
import { createInProcessBroker } from '../../src/events/in-process-broker.ts';
import { publish, publishEach, signalAfterCommit } from '../../src/events/outbox.ts';
import { findOutboxBacklog } from '../../src/events/outbox-backlog.ts';
import { startRelay } from '../../src/events/relay.ts';
import { uuidv7 } from '../../src/ids.ts';
import { withRequestId } from '../../src/log.ts';
import { metricsText } from '../../src/metrics/process-metrics.ts';
import { valueIn } from '../../src/testing/counted.ts';
import { until } from '../../src/testing/until.ts';
import { type ScratchDatabase, scratchDatabase } from './scratch-database.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const log = pino({ level: 'silent' });
const media = (mediaId: string = uuidv7()) => ({ mediaId, ownerId: uuidv7(), kind: 'IMAGE' as const });

const chatOf = defineWakeUps('chat');
const told = defineSignal('told', z.object({ seq: z.int() }));

describe('outbox and relay', () => {
  let db: ScratchDatabase;
  const relays: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    db = await scratchDatabase();
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await db.pool.query('TRUNCATE outbox RESTART IDENTITY');
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  });

  function relayTo(broker: Partial<Pick<Broker, 'publish' | 'signal'>>) {
    const whole = { publish: async () => {}, signal: async () => {}, ...broker };
    const relay = startRelay({ service: 'media', db, broker: whole, log });
    relays.push(relay);
    return relay;
  }
  const waiting = () => db.count('SELECT count(*) FROM outbox');
  const drained = () => until(async () => (await waiting()) === 0, { what: 'an empty outbox' });
  const publishOne = (data = media()) => db.transaction((tx) => publish(tx, MediaReady, data));

  it('shows in the metrics what waits, for how long, and what is dead', async () => {
    const read = async () => {
      const text = await metricsText();
      const [waits, oldest, dead, readable] = ['waiting', 'oldest_seconds', 'dead', 'readable'].map(
        (figure) => valueIn(text, `socialhub_outbox_${figure}`, { service: 'media' }),
      );
      return { waits, oldest, dead, readable };
    };
    let isAway = true;
    await publishOne();
    await db.pool.query("UPDATE outbox SET created_at = created_at - interval '100 seconds'");
    await publishOne();
    await publishOne();
    await db.pool.query('UPDATE outbox SET dead_at = now() WHERE id = 3');
    relayTo({
      async publish() {
        if (isAway) throw new BrokerUnavailable('away');
      },
    });
    const stuck = await read();
    expect(stuck).toMatchObject({ waits: 2, dead: 1, readable: 1 });
    expect(stuck.oldest).toBeGreaterThanOrEqual(100);
    expect(stuck.oldest).toBeLessThan(160);
    isAway = false;
    await until(async () => (await waiting()) === 1, { what: 'the dead one alone' });
    expect(await read()).toEqual({ waits: 0, oldest: 0, dead: 1, readable: 1 });
  });

  it('looks at as much of the outbox however much waits', async () => {
    const fill = async (rows: number) => {
      await db.pool.query('TRUNCATE outbox');
      await db.pool.query(
        `INSERT INTO outbox (kind, name, aggregate, event_id, payload)
         SELECT 'event', 'media_ready', n::text, gen_random_uuid(), '{}' FROM generate_series(1, $1) AS n`,
        [rows],
      );
      await db.pool.query('ANALYZE outbox');
      const buffers: number[] = [];
      const explaining = {
        query: async (text: string, values: unknown[]) => {
          const { rows: plans } = await db.pool.query(
            `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
            values,
          );
          const { Plan: plan } = plans[0]['QUERY PLAN'][0];
          buffers.push(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']);
          return db.pool.query(text, values);
        },
      } as unknown as typeof db.pool;
      const { waiting } = await findOutboxBacklog(explaining);
      return { waiting, buffers: buffers[0] ?? 0 };
    };
    const [few, many] = [await fill(2_000), await fill(40_000)];
    expect([few.waiting, many.waiting]).toEqual([1_000, 1_000]);
    expect(few.buffers).toBeGreaterThan(0);
    expect(many.buffers).toBeLessThanOrEqual(few.buffers + 3);
  });

  it('deletes what was sent in the statement that reads on', async () => {
    const statements: string[] = [];
    const connect = async () => {
      const client = await db.pool.connect();
      const query = client.query.bind(client) as (query: { text: string }) => Promise<unknown>;
      return Object.assign(client, {
        query: (asked: { text: string }) => {
          if (/outbox/.test(asked.text)) statements.push(asked.text);
          return query(asked);
        },
      });
    };
    let sent = 0;
    const broker = {
      publish: async () => {
        sent += 1;
      },
      signal: async () => {},
    };
    const counted = { pool: { connect, query: db.pool.query.bind(db.pool) } } as unknown as typeof db;
    relays.push(startRelay({ service: 'media', db: counted, broker, log }));
    const events = 30;
    for (let n = 1; n <= events; n += 1) {
      await publishOne();
      await until(() => sent === n, { what: `event ${n}` });
    }
    await drained();
    expect(statements.length).toBeLessThan(events * 1.6);
  });

  it('sends what was committed, in a CloudEvents envelope, and deletes it', async () => {
    const sent: CloudEvent[] = [];
    relayTo({ publish: async (event) => void sent.push(event) });
    const data = media();
    await withRequestId('request-1', () => publishOne(data), traceparent);
    await drained();
    expect(sent).toEqual([
      {
        specversion: '1.0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        source: '/socialhub/media',
        type: 'media_ready',
        time: expect.stringMatching(/Z$/),
        datacontenttype: 'application/json',
        subject: data.mediaId,
        sequence: '1',
        requestid: 'request-1',
        traceparent,
        dataversion: 1,
        data,
      },
    ]);
  });

  it('publishes nothing of a transaction that rolls back', async () => {
    const sent: CloudEvent[] = [];
    relayTo({ publish: async (event) => void sent.push(event) });
    const failing = db.transaction(async (tx) => {
      await publish(tx, MediaReady, media());
      await signalAfterCommit(tx, chatOf('1'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await publishOne();
    await drained();
    expect(sent).toHaveLength(1);
  });

  it('refuses data that breaks the contract before it is written', async () => {
    const bad = { ...media(), mediaId: 'not an id' };
    await expect(publishOne(bad)).rejects.toThrow();
    expect(await waiting()).toBe(0);
  });

  it('demands a transaction: a plain client does not type-check', () => {
    const plain = {} as Database<{ $executeRaw: unknown; $queryRaw: unknown }>['prisma'];
    // @ts-expect-error events are published within a transaction
    const publishing = () => publish(plain, MediaReady, media());
    // @ts-expect-error ... and so are signals
    const waking = () => signalAfterCommit(plain, chatOf('1'));
    // @ts-expect-error what is told is that of the topic
    const mistold = () => db.transaction((tx) => signalAfterCommit(tx, told, { seq: 'one' }));
    // @ts-expect-error data is that of the contract
    const mistaken = () => db.transaction((tx) => publish(tx, MediaReady, { mediaId: 1 }));
    const right = () =>
      db.transaction<void>((tx: Parameters<typeof publish>[0]) => publish(tx, MediaReady, media()));
    expect([publishing, waking, mistold, mistaken, right]).toHaveLength(5);
  });

  it('wakes within the transaction and drops a signal that the broker keeps refusing', async () => {
    const signals: [string | readonly string[], Json | undefined][] = [];
    relayTo({
      signal: async (topic, payload) => {
        signals.push([topic, payload]);
        if (topic === 'chat.refused') throw new BrokerUnavailable('away');
      },
    });
    await db.transaction(async (tx) => {
      await signalAfterCommit(tx, told, { seq: 5 });
      await signalAfterCommit(tx, chatOf('2'));
      await signalAfterCommit(tx, chatOf('refused'));
    });
    await drained();
    expect(signals.filter(([topic]) => topic !== 'chat.refused')).toEqual([
      ['told', { seq: 5 }],
      ['chat.2', undefined],
    ]);
    expect(signals.filter(([topic]) => topic === 'chat.refused')).toHaveLength(3);
  });

  it('tries for ever while the broker is away, and loses and reorders nothing', async () => {
    const sent: string[] = [];
    let refusals = 0;
    relayTo({
      publish: async (event) => {
        if (refusals < 6) {
          refusals += 1;
          throw new BrokerUnavailable('away');
        }
        sent.push(event.sequence);
      },
    });
    const mediaId = uuidv7();
    await db.transaction(async (tx) => {
      for (let index = 0; index < 20; index += 1) await publish(tx, MediaReady, media(mediaId));
    });
    await until(async () => (await waiting()) === 0, { what: 'an empty outbox', timeoutMs: 25_000 });
    expect(sent).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
  }, 30_000);

  it('marks an event dead that services cannot apply, and sends the later ones', async () => {
    const sent: string[] = [];
    relayTo({
      publish: async (event) => {
        if (event.sequence === '1') throw new DeliveryFailed(['chat'], new Error('poison'));
        sent.push(event.sequence);
      },
    });
    const mediaId = uuidv7();
    for (let index = 0; index < 3; index += 1) await publishOne(media(mediaId));
    await until(async () => (await waiting()) === 1, { what: 'the later events' });
    await until(async () => (await db.count('SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL')) === 1);
    const { rows } = await db.pool.query('SELECT id, attempts, last_error FROM outbox');
    expect(rows).toEqual([{ id: '1', attempts: 1, last_error: expect.stringContaining('chat') }]);
    expect(sent).toEqual(['2', '3']);
  });

  it('does not hold other aggregates up behind one that the broker cannot take', async () => {
    const stuck = uuidv7();
    const mayGo = Promise.withResolvers<void>();
    const sent: string[] = [];
    relayTo({
      publish: async (event) => {
        if (event.subject === stuck) await mayGo.promise;
        sent.push(event.subject);
      },
    });
    await publishOne(media(stuck));
    const others = Array.from({ length: 250 }, () => media());
    await db.transaction(async (tx) => {
      for (const other of others) await publish(tx, MediaReady, other);
    });
    await until(async () => (await waiting()) === 1, { what: 'all but the one' });
    expect(sent).toHaveLength(250);
    mayGo.resolve();
    await drained();
  });

  it('lets signals pass events that are slow, in hand or not read yet, in their order', async () => {
    const mayGo = Promise.withResolvers<void>();
    const signals: (Json | undefined)[] = [];
    let begun = 0;
    relayTo({
      publish: () => {
        begun += 1;
        return mayGo.promise;
      },
      signal: async (_topic, payload) => void signals.push(payload),
    });
    await db.transaction((tx) =>
      publishEach(
        tx,
        MediaReady,
        Array.from({ length: 1_500 }, () => media()),
      ),
    );
    await until(() => begun > 800, { what: 'as many events as it takes' });
    for (const n of [1, 2, 3]) await db.transaction((tx) => signalAfterCommit(tx, told, { seq: n }));
    await until(() => signals.length === 3, { what: 'signals', timeoutMs: 5_000 });
    expect(signals).toEqual([1, 2, 3].map((seq) => ({ seq })));
    expect(begun).toBeLessThan(1_500);
    mayGo.resolve();
    await drained();
    expect([begun, signals.length]).toEqual([1_500, 3]);
  });

  it('leaves a signal out that waited for more than a minute, which a later one may have passed', async () => {
    const signals: (Json | undefined)[] = [];
    for (const n of [1, 2]) await db.transaction((tx) => signalAfterCommit(tx, told, { seq: n }));
    await db.pool.query("UPDATE outbox SET created_at = now() - interval '61 seconds' WHERE id = 1");
    relayTo({ signal: async (_topic, payload) => void signals.push(payload) });
    await drained();
    expect(signals).toEqual([{ seq: 2 }]);
  });

  it('sends again what it had sent but not deleted when its session was cut: once in effect', async () => {
    const wire: CloudEvent[] = [];
    const applied = new Set<string>();
    let cuts = 0;
    relayTo({
      publish: async (event) => {
        wire.push(event);
        applied.add(event.id);
        if (cuts < 2) {
          cuts += 1;
          await db.pool.query(
            `SELECT pg_terminate_backend(pid) FROM pg_locks
             WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          );
        }
      },
    });
    await publishOne();
    await drained();
    expect(wire.length).toBeGreaterThan(1);
    expect(applied.size).toBe(1);
  });

  it('lets one of two relays work, keeps order, and hands over when it stops', async () => {
    const sent: { by: number; sequence: number; subject: string }[] = [];
    const by = (relay: number) =>
      relayTo({
        publish: async ({ sequence, subject }) => {
          await new Promise((resolve) => setImmediate(resolve));
          sent.push({ by: relay, sequence: Number(sequence), subject });
        },
      });
    const both = [by(0), by(1)];
    const ids = [uuidv7(), uuidv7(), uuidv7()];
    const publishSome = async () => {
      for (let index = 0; index < 60; index += 1) await publishOne(media(ids[index % ids.length]));
    };
    await publishSome();
    await until(() => sent.length > 0, { what: 'a first event' });
    const working = sent[0]?.by ?? 0;
    await Promise.all([both[working]?.stop(), publishSome()]);
    await drained();

    expect(new Set(sent.map((one) => one.by)).size).toBe(2);
    for (const id of ids) {
      const sequences = sent.filter(({ subject }) => subject === id).map(({ sequence }) => sequence);
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    }
    expect(sent).toHaveLength(120);
  });

  it('finishes what is on its way before stop resolves', async () => {
    const begun = Promise.withResolvers<void>();
    const mayFinish = Promise.withResolvers<void>();
    const relay = relayTo({
      publish: async () => {
        begun.resolve();
        await mayFinish.promise;
      },
    });
    await publishOne();
    await begun.promise;
    const stopped = relay.stop();
    mayFinish.resolve();
    await stopped;
    expect(await waiting()).toBe(0);
  });

  it('carries an event through the in-process broker to a consumer and is drained then', async () => {
    const broker = createInProcessBroker({ log, services: ['user'] });
    const applied: CloudEvent[] = [];
    relayTo(broker);
    await publishOne();
    await broker.consume('user', async (event) => void applied.push(event));
    await drained();
    expect(applied).toHaveLength(1);
    await broker.close();
  });

  it('makes the same envelope for tests', () => {
    const data = media();
    const event = createEvent(MediaReady, data, { sequence: 7n });
    expect(event).toMatchObject({ source: '/socialhub/media', sequence: '7', subject: data.mediaId, data });
  });
});
