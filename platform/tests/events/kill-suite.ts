import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { MediaReady } from '../../src/contracts/media.ts';
import type { Tx } from '../../src/database/database.ts';
import type { Broker } from '../../src/events/broker.ts';
import { consumer, eventHandler } from '../../src/events/consumer.ts';
import { publish } from '../../src/events/outbox.ts';
import { startRelay } from '../../src/events/relay.ts';
import { uuidv7 } from '../../src/ids.ts';
import { faultProxy } from '../../src/testing/fault-proxy.ts';
import { addOne } from './counted-facts.ts';
import type { Mortal, Step } from './mortal.ts';
import { type RawClient, type ScratchDatabase, scratchDatabase } from './scratch-database.ts';

const log = pino({ level: 'silent' });
const perAggregate = 3;
const aggregates = 2;
const all = perAggregate * aggregates;

interface Killing {
  role: Mortal['role'];
  step: Step;
  /** How many facts are in effect when it is killed, how many rows are left to send, and how many facts come again for certain. */
  inEffect: number;
  unsent: number;
  again: number;
}

const killings: Killing[] = [
  { role: 'relay', step: 'before it publishes', inEffect: 0, unsent: all, again: 0 },
  {
    role: 'relay',
    step: 'before a confirm reaches it',
    inEffect: aggregates,
    unsent: all,
    again: aggregates,
  },
  { role: 'relay', step: 'before it deletes what was sent', inEffect: all, unsent: all, again: all },
  { role: 'consumer', step: 'before its commit', inEffect: 0, unsent: 0, again: 0 },
  { role: 'consumer', step: 'before its ack', inEffect: aggregates, unsent: 0, again: aggregates },
];

/** Facts on their way from an outbox to their effect, while a process that carries them is killed with -9 and another comes after it. */
export function killSuite(at: {
  url: () => string;
  newNamespace: () => string;
  open: (namespace: string, url: string) => Promise<Broker>;
  partitions: number;
}): void {
  let db: ScratchDatabase;
  const children: ChildProcess[] = [];
  const underWay: { stop(): Promise<void> }[] = [];
  beforeAll(async () => {
    db = await scratchDatabase();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(underWay.splice(0).map((one) => one.stop()));
    await db.pool.query('TRUNCATE outbox');
  });
  afterAll(() => db?.drop());

  it.each(killings)(
    'has every fact in effect once and in order when a $role is killed $step',
    async ({ role, step, inEffect, unsent, again }) => {
      // Reads its sources meanwhile.
      const mortal = fork(join(import.meta.dirname, 'mortal.ts'), { execArgv: [] });
      children.push(mortal);
      const namespace = at.newNamespace();
      const broker = await at.open(namespace, at.url());
      const network = await faultProxy(at.url());
      underWay.push({ stop: network.close });
      const arrived: string[] = [];
      const order = new Map<string, number[]>();
      const apply = consumer(MediaReady, async (tx: Tx<RawClient>, event) => {
        await addOne(tx, event.data.ownerId);
        order.set(event.data.mediaId, [...(order.get(event.data.mediaId) ?? []), Number(event.sequence)]);
      });
      const handle = eventHandler({ service: 'post', db, consumers: [apply], log });
      const consume = async () =>
        broker.consume('post', async (event) => {
          await handle(event);
          arrived.push(event.id);
        });
      await Promise.all(
        (['user', 'chat'] as const).map((service) => broker.consume(service, async () => {})),
      );
      const relay = () => startRelay({ service: 'media', db, broker, log });

      const ids = Array.from({ length: aggregates }, () => uuidv7());
      const ownerIds: string[] = [];
      for (let n = 0; n < all; n += 1) {
        const ownerId = uuidv7();
        ownerIds.push(ownerId);
        const mediaId = ids[n % aggregates] ?? '';
        await db.transaction((tx) => publish(tx, MediaReady, { mediaId, ownerId, kind: 'IMAGE' }));
      }
      const counts = async () => {
        const { rows } = await db.pool.query('SELECT count FROM counter WHERE id = ANY($1)', [ownerIds]);
        return rows.map(({ count }) => Number(count));
      };
      const state = async () => ({
        inEffect: (await counts()).length,
        unsent: await db.count('SELECT count(*) FROM outbox'),
      });

      // Whoever is not killed is at work from the beginning.
      underWay.push(role === 'relay' ? await consume() : relay());
      const { partitions } = at;
      mortal.send({ role, step, rabbitMqUrl: network.url, databaseUrl: db.url, namespace, partitions });
      await once(mortal, 'message');
      // What it sends arrives from now on, and it hears of nothing.
      if (step === 'before a confirm reaches it') network.loseAnswers();
      const reached = step === 'before a confirm reaches it' || once(mortal, 'message');
      mortal.send('go on');
      await reached;
      await expect.poll(state).toEqual({ inEffect, unsent });

      const ended = once(mortal, 'exit');
      mortal.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
      underWay.push(role === 'relay' ? relay() : await consume());

      await expect.poll(state).toEqual({ inEffect: all, unsent: 0 });
      await expect.poll(() => arrived.length).toBeGreaterThanOrEqual(role === 'relay' ? all + again : all);
      expect(await counts()).toEqual(Array.from({ length: all }, () => 1));
      for (const seen of order.values()) expect(seen).toEqual([...seen].sort((a, b) => a - b));
    },
    90_000,
  );
}
