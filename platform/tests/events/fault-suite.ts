import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MediaReady } from '../../src/contracts/media.ts';
import type { Tx } from '../../src/database/database.ts';
import type { Broker } from '../../src/events/broker.ts';
import { consumer, eventHandler } from '../../src/events/consumer.ts';
import { publish } from '../../src/events/outbox.ts';
import { startRelay } from '../../src/events/relay.ts';
import { uuidv7 } from '../../src/ids.ts';
import { pause } from '../../src/retry.ts';
import { type FaultProxy, faultProxy } from '../../src/testing/fault-proxy.ts';
import { until } from '../../src/testing/until.ts';
import { publishSurely } from './media-ready.ts';
import { type RawClient, type ScratchDatabase, scratchDatabase } from './scratch-database.ts';

const log = pino({ level: 'silent' });
const seeds = [1, 2];
const perAggregate = 12;
const aggregates = 6;

/**
 * Facts on their way from an outbox by a relay to RabbitMQ and from there to a consumer, each behind a network of its own. What
 * happens to them is drawn by a seed, which a failure names.
 */
export function faultSuite(at: {
  url: () => string;
  newNamespace: () => string;
  open: (namespace: string, url: string) => Promise<Broker>;
}): void {
  let db: ScratchDatabase;
  beforeAll(async () => {
    db = await scratchDatabase();
  });
  afterAll(() => db?.drop());

  it.each(seeds)(
    'has every fact in effect once and in order, whatever breaks on the way (seed %i)',
    async (seed) => {
      const random = randomOf(seed);
      const [before, behind] = [await faultProxy(at.url()), await faultProxy(at.url())];
      const namespace = at.newNamespace();
      const [sending, receiving] = [
        await at.open(namespace, `${before.url}?heartbeat=1`),
        await at.open(namespace, `${behind.url}?heartbeat=1`),
      ];
      const order = new Map<string, number[]>();
      // Each takes from the consumer all that it has in hand, which RabbitMQ hands out 100 times again at most (topology.ts).
      let mayBreak = 8;
      const breakOff = (chance: number, fault: () => void) => {
        if (mayBreak === 0 || random() >= chance) return;
        mayBreak -= 1;
        fault();
      };
      const apply = consumer(MediaReady, async (tx: Tx<RawClient>, event) => {
        // Dies before its commit.
        breakOff(0.05, behind.reset);
        await tx.$executeRaw`INSERT INTO counter (id, count) VALUES (${event.data.ownerId}::uuid, 1)
        ON CONFLICT (id) DO UPDATE SET count = counter.count + 1`;
        const sequence = Number(event.sequence);
        const known = order.get(event.data.mediaId) ?? [];
        if (!known.includes(sequence)) order.set(event.data.mediaId, [...known, sequence]);
      });
      const handle = eventHandler({ service: 'post', db, consumers: [apply], log });
      await receiving.consume('post', async (event) => {
        await handle(event);
        // Has committed, and dies before its ack.
        breakOff(0.1, behind.cut);
      });
      await Promise.all(
        (['user', 'chat'] as const).map((service) => receiving.consume(service, async () => {})),
      );
      const relay = startRelay({
        service: 'media',
        db,
        log,
        broker: {
          signal: sending.signal,
          async publish(event) {
            await sending.publish(event);
            // Is confirmed, and comes again all the same.
            for (let times = Math.floor(random() * 3); times > 0; times -= 1)
              await publishSurely(sending, event);
          },
        },
      });

      const ownerIds: string[] = [];
      const ids = Array.from({ length: aggregates }, () => uuidv7());
      const faults = breakingsOf(before, behind, db);
      for (let n = 0; n < perAggregate; n += 1) {
        for (const mediaId of ids) {
          const ownerId = uuidv7();
          ownerIds.push(ownerId);
          await db.transaction((tx) => publish(tx, MediaReady, { mediaId, ownerId, kind: 'IMAGE' }));
        }
        if (n % 3 === 1) await faults[Math.floor(random() * faults.length)]?.();
      }

      const counts = async () => {
        const { rows } = await db.pool.query('SELECT count FROM counter WHERE id = ANY($1)', [ownerIds]);
        return rows.map(({ count }) => Number(count));
      };
      await until(async () => (await counts()).length === ownerIds.length, {
        what: `every fact, seed ${seed}`,
        timeoutMs: 60_000,
      });
      await until(async () => (await db.count('SELECT count(*) FROM outbox')) === 0, { timeoutMs: 30_000 });
      expect(new Set(await counts())).toEqual(new Set([1]));
      for (const id of ids) expect(order.get(id)).toEqual([...(order.get(id) ?? [])].sort((a, b) => a - b));
      await relay.stop();
      await Promise.all([sending.close(), receiving.close()]);
      await Promise.all([before.close(), behind.close()]);
    },
    120_000,
  );
}

/** What may break, each of which mends itself. */
function breakingsOf(
  before: FaultProxy,
  behind: FaultProxy,
  db: ScratchDatabase,
): (() => Promise<unknown>)[] {
  const forAWhile = async (proxy: FaultProxy, fault: () => void) => {
    fault();
    await pause(150);
    proxy.heal();
    proxy.cut();
  };
  return [
    // The relay's connection dies before a fact is sent, and before its confirm comes.
    () => forAWhile(before, before.hang),
    () => forAWhile(before, before.loseAnswers),
    () => forAWhile(before, before.refuse),
    // Its session dies between the confirm and the deletion.
    () =>
      db.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      ),
    () => forAWhile(behind, behind.hang),
    () => forAWhile(behind, () => behind.throttle(20_000)),
    () => forAWhile(behind, () => behind.delay(30)),
    async () => behind.reset(),
  ];
}

/** Numbers from 0 to 1, the same ones for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
