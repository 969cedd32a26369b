import { randomBytes } from 'node:crypto';
import { setImmediate as nextTick } from 'node:timers/promises';
import { type ChannelModel, connect } from 'amqplib';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../src/events/broker.ts';
import type { CloudEvent } from '../../src/events/envelope.ts';
import { createRabbitMqBroker } from '../../src/events/rabbitmq/broker.ts';
import { findOpen } from '../../src/events/rabbitmq/layout.ts';
import {
  partitionOf,
  patternOfPartition,
  patternOfType,
  routingKey,
} from '../../src/events/rabbitmq/partitions.ts';
import { fenceType } from '../../src/events/rabbitmq/queue-consumer.ts';
import { listDepths } from '../../src/events/rabbitmq/queue-depths.ts';
import { doublePartitions } from '../../src/events/rabbitmq/raise-partitions.ts';
import { consumingServices, namesIn } from '../../src/events/rabbitmq/topology.ts';
import { uuidv7 } from '../../src/ids.ts';
import { pause } from '../../src/retry.ts';
import { until } from '../../src/testing/until.ts';
import { mediaReady, publishSurely } from './media-ready.ts';
import { hasRabbitMq, rabbitMqForTests } from './rabbitmq-for-tests.ts';

const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });

describe('an event’s partition', () => {
  it('stays, or becomes the new one beside it, when there are twice as many', () => {
    for (let n = 0; n < 200; n += 1) {
      const event = mediaReady();
      for (const count of [1, 2, 4, 32]) {
        const before = partitionOf(event, count);
        expect([before, before + count]).toContain(partitionOf(event, 2 * count));
      }
    }
  });

  it('is told by the beginning of its routing key, its type by the end', () => {
    for (let n = 0; n < 50; n += 1) {
      const event = mediaReady();
      const key = routingKey(event);
      const matching = [0, 1, 2, 3].filter((partition) =>
        key.startsWith(patternOfPartition(partition, 4).replace('#', '')),
      );
      expect(matching).toEqual([partitionOf(event, 4)]);
      expect(key.split('.')).toHaveLength(patternOfType('media_ready').split('.').length);
    }
  });
});

describe.skipIf(!hasRabbitMq)('partitions on RabbitMQ', () => {
  let rabbitMq: Awaited<ReturnType<typeof rabbitMqForTests>>;
  let operator: ChannelModel;
  let namespace: string;
  const brokers: Broker[] = [];

  beforeAll(async () => {
    rabbitMq = await rabbitMqForTests();
    operator = await connect(rabbitMq.url);
    operator.on('error', () => {});
  }, 90_000);
  afterAll(async () => {
    if (!rabbitMq) return;
    await operator.close();
    await rabbitMq.stop();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(brokers.splice(0).map((broker) => broker.close()));
    await removeTopology();
  }, 30_000);

  async function removeTopology(): Promise<void> {
    const names = namesIn(namespace);
    const channel = await operator.createChannel();
    for (const service of consumingServices) {
      for (const partition of [0, 1, 2, 3]) await channel.deleteQueue(names.queue(service, partition));
      for (const queue of [names.deadQueue(service), names.instances(service)])
        await channel.deleteQueue(queue);
      await channel.deleteExchange(names.service(service));
    }
    for (const exchange of [names.events, names.dead, names.live]) await channel.deleteExchange(exchange);
    for (const count of [1, 2, 4])
      for (const marked of [names.parted(count), names.open(count)]) await channel.deleteExchange(marked);
    await channel.close();
  }

  function newNamespace(): void {
    namespace = `test-${randomBytes(6).toString('hex')}`;
  }

  async function open(): Promise<Broker> {
    const broker = createRabbitMqBroker({
      url: rabbitMq.url,
      log,
      namespace,
      partitions: 2,
      shareEveryMs: 50,
    });
    brokers.push(broker);
    await broker.connect();
    return broker;
  }

  function mediaIn(partition: number): string {
    const mediaId = uuidv7();
    return partitionOf(mediaReady(mediaId), 4) === partition ? mediaId : mediaIn(partition);
  }

  /** Applies as a service does: what comes twice counts once. */
  function recordOrder() {
    const applied = new Map<string, number[]>();
    const underWay = new Set<string>();
    const overlaps: string[] = [];
    const by: Record<string, number> = {};
    let gate: Promise<void> = Promise.resolve();
    const instance =
      (name: string) =>
      async ({ subject, sequence }: CloudEvent): Promise<void> => {
        if (underWay.has(subject)) overlaps.push(`${subject} ${sequence}`);
        underWay.add(subject);
        await gate;
        await nextTick();
        const seen = applied.get(subject) ?? [];
        applied.set(subject, seen);
        if (!seen.includes(Number(sequence))) {
          seen.push(Number(sequence));
          by[name] = (by[name] ?? 0) + 1;
        }
        underWay.delete(subject);
      };
    /** Nothing is applied until the given function is called. */
    const hold = (): (() => void) => {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return held.resolve;
    };
    return { applied, overlaps, by, instance, hold };
  }

  it('are shared by instances that come and go and by twice as many, each aggregate in order', async () => {
    newNamespace();
    const { applied, overlaps, by, instance, hold } = recordOrder();
    const publishing = await open();
    // What every service has of the old partitions is waited for.
    for (const service of consumingServices)
      if (service !== 'user') await publishing.consume(service, async () => {});
    const media = [0, 1, 2, 3].flatMap((partition) => Array.from({ length: 4 }, () => mediaIn(partition)));
    let sent = 0;
    let isEnding = false;
    const publishAll = async () => {
      while (!isEnding) {
        sent += 1;
        await Promise.all(media.map((mediaId) => publishSurely(publishing, mediaReady(mediaId, sent))));
        await pause(5);
      }
    };

    const first = await open();
    await first.consume('user', instance('first'));
    const published = publishAll();
    await until(() => (by.first ?? 0) > 50, { what: 'the first at work' });
    await (await open()).consume('user', instance('second'));
    await until(() => (by.second ?? 0) > 50, { what: 'the second having its share', timeoutMs: 20_000 });
    const ofFirst = by.first ?? 0;
    await until(() => (by.first ?? 0) > ofFirst + 50, { what: 'the first going on', timeoutMs: 20_000 });

    const release = hold();
    const doubled = doublePartitions(operator, namesIn(namespace));
    const depths = () => listDepths(operator, namesIn(namespace), 'user', 4).catch(() => undefined);
    await until(async () => (await depths())?.partitions.slice(2).every((waiting) => waiting > 100), {
      what: 'events in the new partitions',
      timeoutMs: 20_000,
    });
    // More than would be in hand: what the old ones have of those aggregates comes first.
    expect(await findOpen(operator, namesIn(namespace))).toBe(2);
    release();
    expect(await doubled).toBe(4);
    const channel = await operator.createChannel();
    await until(
      async () => (await channel.checkQueue(namesIn(namespace).queue('user', 3))).consumerCount === 1,
      { what: 'the new partitions being consumed', timeoutMs: 20_000 },
    );
    await (await open()).consume('user', instance('third'));
    await first.close();
    await until(() => (by.third ?? 0) > 50, { what: 'the third taking over', timeoutMs: 20_000 });
    const ofSecond = by.second ?? 0;
    await until(() => (by.second ?? 0) > ofSecond + 50, { what: 'the second going on', timeoutMs: 20_000 });

    isEnding = true;
    await published;
    await until(() => media.every((mediaId) => applied.get(mediaId)?.length === sent), {
      what: 'all events',
      timeoutMs: 30_000,
    });
    const inOrder = Array.from({ length: sent }, (_, at) => at + 1);
    for (const mediaId of media) expect(applied.get(mediaId)).toEqual(inOrder);
    expect(overlaps).toEqual([]);
    await expect
      .poll(() => listDepths(operator, namesIn(namespace), 'user', 4), { timeout: 10_000 })
      .toEqual({ partitions: [0, 0, 0, 0], instances: 2, dead: 0 });
  }, 120_000);

  it('are left as they are by whoever doubles them and loses the connection, and no dead letter stays of it', async () => {
    newNamespace();
    const names = namesIn(namespace);
    const broker = await open();
    const doubling = await connect(rabbitMq.url);
    doubling.on('error', () => {});
    const doubled = doublePartitions(doubling, names).catch(String);
    const channel = await operator.createChannel();
    const waiting = async (partition: number) =>
      (await channel.checkQueue(names.queue('user', partition))).messageCount;
    await expect.poll(() => waiting(1)).toBe(1);
    await doubling.close();
    expect(await doubled).toMatch(/^Error: /);
    expect(await findOpen(operator, names)).toBe(2);

    await broker.consume('user', async () => {});
    // A fence behind the one whose answer nobody waits for.
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
    const answered: string[] = [];
    await channel.consume(queue, (message) => message && void answered.push(message.content.toString()), {
      noAck: true,
    });
    for (const partition of [0, 1])
      channel.sendToQueue(names.queue('user', partition), Buffer.from(String(partition)), {
        type: fenceType,
        replyTo: queue,
      });
    await expect.poll(() => answered.sort()).toEqual(['0', '1']);
    await broker.close();
    const depths = { partitions: [0, 0], instances: 0, dead: 0 };
    await expect.poll(() => listDepths(operator, names, 'user', 2)).toEqual(depths);
  }, 60_000);

  it('are filled from the one queue of the time before them, in order and before what comes then', async () => {
    newNamespace();
    const names = namesIn(namespace);
    const channel = await operator.createConfirmChannel();
    const former = names.service('user');
    await channel.assertQueue(former, {
      arguments: { 'x-queue-type': 'quorum', 'x-single-active-consumer': true },
    });
    await channel.assertQueue(`${former}.retry`, {
      arguments: {
        'x-queue-type': 'quorum',
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': former,
      },
    });
    const mediaId = uuidv7();
    const put = (queue: string, event: CloudEvent, expiration?: number) =>
      channel.sendToQueue(queue, Buffer.from(JSON.stringify(event)), { persistent: true, expiration });
    for (let sequence = 1; sequence <= 300; sequence += 1) put(former, mediaReady(mediaId, sequence));
    const putOff = mediaReady();
    put(`${former}.retry`, putOff, 500);
    await channel.waitForConfirms();

    const { applied, instance } = recordOrder();
    const [one, another] = await Promise.all([open(), open()]);
    await one.publish(mediaReady(mediaId, 301));
    await another.consume('user', instance('another'));
    await until(() => applied.get(mediaId)?.length === 301 && applied.has(putOff.subject), {
      what: 'all events',
      timeoutMs: 20_000,
    });
    expect(applied.get(mediaId)).toEqual(Array.from({ length: 301 }, (_, at) => at + 1));
    for (const queue of [former, `${former}.retry`]) {
      const looking = await operator.createChannel();
      looking.on('error', () => {});
      await expect(looking.checkQueue(queue)).rejects.toThrow('NOT_FOUND');
    }
  }, 60_000);
});
