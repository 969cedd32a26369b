import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect as connectTcp, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChannelModel, connect } from 'amqplib';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readEnv } from '../../src/config.ts';
import { serviceNames } from '../../src/contracts/services.ts';
import {
  type Broker,
  BrokerRefused,
  BrokerUnavailable,
  type Json,
  Unroutable,
} from '../../src/events/broker.ts';
import type { CloudEvent } from '../../src/events/envelope.ts';
import { createRabbitMqBroker } from '../../src/events/rabbitmq/broker.ts';
import { partitionOf, patternOfType, routingKey } from '../../src/events/rabbitmq/partitions.ts';
import { namesIn } from '../../src/events/rabbitmq/topology.ts';
import { uuidv7 } from '../../src/ids.ts';
import { metricsText } from '../../src/metrics/process-metrics.ts';
import { pause } from '../../src/retry.ts';
import { valueIn } from '../../src/testing/counted.ts';
import { faultProxy } from '../../src/testing/fault-proxy.ts';
import { until } from '../../src/testing/until.ts';
import { brokerSuite } from './broker-suite.ts';
import { faultSuite } from './fault-suite.ts';
import { killSuite } from './kill-suite.ts';
import { mediaReady, publishSurely, recordAll } from './media-ready.ts';
import { hasOwnRabbitMq, hasRabbitMq, rabbitMqForTests } from './rabbitmq-for-tests.ts';

const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });
/** What /metrics says of a service's queues. */
const depthsOf = (service: string) => async () => {
  const text = await metricsText();
  const figures = ['waiting', 'longest', 'dead', 'readable'];
  return Object.fromEntries(
    figures.map((figure) => [figure, valueIn(text, `socialhub_queue_${figure}`, { service })]),
  );
};
const attempts = {
  attempts: 6,
  baseMs: 20,
  maxMs: 100,
  deadlineMs: 30_000,
  crowd: { attempts: 5, leastMs: 100 },
};
const partitions = 2;

describe.skipIf(!hasRabbitMq)('on RabbitMQ', () => {
  let rabbitMq: Awaited<ReturnType<typeof rabbitMqForTests>>;
  let bystander: ChannelModel;
  const namespaces: string[] = [];
  const brokers: Broker[] = [];

  beforeAll(async () => {
    rabbitMq = await rabbitMqForTests();
    await connectBystander();
  }, 90_000);
  afterAll(async () => {
    if (!rabbitMq) return;
    await bystander.close();
    await rabbitMq.stop();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(brokers.splice(0).map((broker) => broker.close()));
    await removeTopologies();
  });

  async function connectBystander(): Promise<void> {
    bystander = await connect(rabbitMq.url);
    bystander.on('error', () => {});
  }

  /** Names of its own for every test: nothing is left in the queues, and a shared server is not disturbed. */
  function newNamespace(): string {
    const namespace = `test-${randomBytes(6).toString('hex')}`;
    namespaces.push(namespace);
    return namespace;
  }

  async function removeTopologies(): Promise<void> {
    const channel = await bystander.createChannel();
    for (const namespace of namespaces.splice(0)) {
      const names = namesIn(namespace);
      for (const service of serviceNames) {
        for (let partition = 0; partition < 2 * partitions; partition += 1)
          await channel.deleteQueue(names.queue(service, partition));
        for (const queue of [names.deadQueue(service), names.instances(service)])
          await channel.deleteQueue(queue);
        await channel.deleteExchange(names.service(service));
      }
      for (const exchange of [names.events, names.dead, names.live]) await channel.deleteExchange(exchange);
      for (const count of [1, 2, 4])
        for (const marked of [names.parted(count), names.open(count)]) await channel.deleteExchange(marked);
    }
    await channel.close();
  }

  async function open(namespace = newNamespace(), url = rabbitMq.url): Promise<Broker> {
    const broker = createRabbitMqBroker({
      url,
      log,
      namespace,
      attempts,
      partitions,
      shareEveryMs: 100,
      confirmTimeoutMs: 5_000,
    });
    brokers.push(broker);
    await broker.connect();
    return broker;
  }

  brokerSuite('the RabbitMQ broker', () => open());

  describe('with a network that breaks', () => {
    faultSuite({ url: () => rabbitMq.url, newNamespace, open });
  });

  describe('with processes that are killed', () => {
    killSuite({ url: () => rabbitMq.url, newNamespace, open, partitions });
  });

  it('reaches consumers and listeners in other processes', async () => {
    const namespace = newNamespace();
    const [here, there] = [await open(namespace), await open(namespace)];
    const { received } = await recordAll(there);
    const heard: (Json | undefined)[] = [];
    await there.listen('chat.1', (payload) => heard.push(payload));
    await here.publish(mediaReady());
    await here.signal('chat.1', 'hello');
    await until(() => received.chat.length === 1 && heard.length === 1, { what: 'event and signal' });
  });

  it('keeps an event for a service that has not started yet', async () => {
    const namespace = newNamespace();
    const event = mediaReady();
    const publishing = await open(namespace);
    await publishing.publish(event);
    await publishing.close();
    const { received } = await recordAll(await open(namespace));
    await until(() => received.user.length === 1, { what: 'the event' });
    expect(received.user).toEqual([event]);
  });

  it('keeps the order of an aggregate over two instances of a service, one of which goes away', async () => {
    const namespace = newNamespace();
    const [publishing, first, second] = [await open(namespace), await open(namespace), await open(namespace)];
    const mediaId = uuidv7();
    const applied: number[] = [];
    let firstApplied = 0;
    await first.consume('user', async (event) => {
      firstApplied += 1;
      applied.push(Number(event.sequence));
    });
    await second.consume('user', async (event) => void applied.push(Number(event.sequence)));
    for (let sequence = 1; sequence <= 60; sequence += 1) {
      await publishing.publish(mediaReady(mediaId, sequence));
      if (sequence === 30) await first.close();
    }
    await until(() => new Set(applied).size === 60, { what: 'all events' });
    expect(firstApplied).toBeGreaterThan(0);
    expect(firstApplied).toBeLessThan(60);
    expect(applied).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it('refuses an event for which a subscribed queue is missing, and puts the topology back', async () => {
    const namespace = newNamespace();
    const broker = await open(namespace);
    const names = namesIn(namespace);
    const channel = await bystander.createChannel();
    for (const service of serviceNames) {
      if (['user', 'post', 'chat'].includes(service)) {
        await channel.unbindExchange(names.service(service), names.events, patternOfType('media_ready'));
      }
    }
    await expect(broker.publish(mediaReady())).rejects.toThrow(Unroutable);
    await until(
      () =>
        broker.publish(mediaReady()).then(
          () => true,
          () => false,
        ),
      { what: 'a binding' },
    );
  });

  it('comes back when its queue was deleted under it', async () => {
    const namespace = newNamespace();
    const broker = await open(namespace);
    const { received } = await recordAll(broker);
    const channel = await bystander.createChannel();
    await channel.deleteQueue(namesIn(namespace).queue('user', 0));
    await channel.deleteQueue(namesIn(namespace).queue('user', 1));
    await until(
      async () => {
        await publishSurely(broker, mediaReady());
        return received.user.length > 0;
      },
      { what: 'an event in the new queue', timeoutMs: 20_000 },
    );
  }, 30_000);

  it('sets aside what is no event of ours', async () => {
    const namespace = newNamespace();
    const broker = await open(namespace);
    const { received } = await recordAll(broker);
    const channel = await bystander.createConfirmChannel();
    const key = routingKey(mediaReady());
    channel.publish(namesIn(namespace).events, key, Buffer.from('{"specversion":"1.0"}'));
    channel.publish(namesIn(namespace).events, key, Buffer.from('no JSON'));
    await until(async () => (await broker.deadLetters('chat')).length === 2, { what: 'two dead letters' });
    expect(received.chat).toEqual([]);
    expect((await broker.deadLetters('chat')).map(({ type }) => type)).toEqual(['unknown', 'unknown']);
    await expect.poll(depthsOf('chat')).toEqual({ waiting: 0, longest: 0, dead: 2, readable: 1 });
  });

  it('has the dead letter of a message that is handed out too often without an answer', async () => {
    const namespace = newNamespace();
    const broker = await open(namespace);
    const event = mediaReady();
    await broker.publish(event);
    const queue = namesIn(namespace).queue('user', partitionOf(event, partitions));
    const channel = await bystander.createChannel();
    await channel.consume(queue, (message) => message && channel.nack(message, false, true));
    await until(async () => (await broker.deadLetters('user')).length === 1, { what: 'the dead letter' });
    await channel.close();
    expect(await broker.deadLetters('user')).toMatchObject([{ type: 'media_ready' }]);
  }, 30_000);

  it('says where no RabbitMQ answers, without the password', async () => {
    const broker = createRabbitMqBroker({
      url: 'amqp://somebody:secret@127.0.0.1:9',
      log,
      connectTimeoutMs: 500,
    });
    brokers.push(broker);
    const failure = await broker.connect().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BrokerUnavailable);
    expect(String(failure)).toContain('127.0.0.1:9');
    expect(String(failure)).not.toContain('secret');
    await expect(broker.publish(mediaReady())).rejects.toThrow(BrokerUnavailable);
  });

  it('comes up when RabbitMQ comes, and tells those who listened before to look for themselves', async () => {
    const late = createServer((client) => {
      const upstream = connectTcp(Number(new URL(rabbitMq.url).port), '127.0.0.1');
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    });
    const listen = (port: number) =>
      new Promise<number>((resolve) =>
        late.listen(port, '127.0.0.1', () => resolve((late.address() as AddressInfo).port)),
      );
    const port = await listen(0);
    await new Promise((resolve) => late.close(resolve));
    const url = new URL(rabbitMq.url);
    url.port = String(port);
    const broker = createRabbitMqBroker({
      url: url.href,
      log,
      namespace: newNamespace(),
      connectTimeoutMs: 300,
    });
    brokers.push(broker);
    await expect(broker.connect()).rejects.toThrow(BrokerUnavailable);
    const heard: (Json | undefined)[] = [];
    await broker.listen('chat.1', (payload) => heard.push(payload));
    const { received } = await recordAll(broker);
    expect(broker.isReady()).toBe(false);
    await listen(port);
    const event = mediaReady();
    await publishSurely(broker, event);
    await until(() => received.user.some(({ id }) => id === event.id), { what: 'the event' });
    await until(() => heard.length === 1, { what: 'the listener being notified' });
    expect(heard).toEqual([undefined]);
    await broker.signal('chat.1', 'now');
    await until(() => heard.length === 2, { what: 'the signal' });
    await broker.close();
    await new Promise((resolve) => late.close(resolve));
  }, 30_000);

  it('says at once that an account is refused', async () => {
    const url = new URL(rabbitMq.url);
    url.password = 'wrong';
    const refused = await open(newNamespace(), url.href).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BrokerRefused);
    expect(String(refused)).toMatch(/refuses: .*ACCESS-REFUSED/);
    namespaces.length = 0;
  });

  it('takes the password that its file says by then when it connects anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'socialhub-rotation-'));
    const file = join(folder, 'rabbitmq_url');
    const wrong = new URL(rabbitMq.url);
    wrong.password = 'yesterday';
    try {
      writeFileSync(file, wrong.href);
      const { RABBITMQ_URL } = readEnv(z.object({ RABBITMQ_URL: z.string() }), { RABBITMQ_URL_FILE: file });
      await expect(open(newNamespace(), RABBITMQ_URL)).rejects.toThrow(BrokerRefused);
      writeFileSync(file, rabbitMq.url);
      await until(() => brokers.at(-1)?.isReady() === true, { what: 'a connection', timeoutMs: 30_000 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('notices a connection that hangs, and makes a new one', async () => {
    const proxy = await faultProxy(rabbitMq.url);
    const broker = await open(newNamespace(), `${proxy.url}?heartbeat=1`);
    const { received } = await recordAll(broker);
    const heard: (Json | undefined)[] = [];
    await broker.listen('chat.1', (payload) => heard.push(payload));
    proxy.hang();
    await until(() => !broker.isReady(), { what: 'the loss being noticed', timeoutMs: 8_000 });
    proxy.heal();
    const event = mediaReady();
    await publishSurely(broker, event);
    await until(() => received.user.some(({ id }) => id === event.id), {
      what: 'the event',
      timeoutMs: 20_000,
    });
    await until(() => heard.length === 1, { what: 'the listener being notified' });
    expect(heard).toEqual([undefined]);
    await broker.close();
    await proxy.close();
  }, 40_000);

  it.skipIf(!hasOwnRabbitMq)(
    'loses none of 500 events when RabbitMQ is killed in the middle',
    async () => {
      const namespace = newNamespace();
      const [publishing, consuming] = [await open(namespace), await open(namespace)];
      const { received } = await recordAll(consuming);
      const heard: (Json | undefined)[] = [];
      await consuming.listen('chat.1', (payload) => heard.push(payload));
      // RabbitMQ can lose a quorum queue for good when it is killed within a second of declaring it, and tells
      // nobody when that second is over. Other faults are awaited; this one has to be waited out.
      await pause(2_500);

      const events = Array.from({ length: 500 }, () => mediaReady());
      const unsent = [...events];
      let confirmed = 0;
      let restarted: Promise<void> | undefined;
      const publishOneAfterAnother = async () => {
        for (let event = unsent.shift(); event; event = unsent.shift()) {
          await publishSurely(publishing, event);
          confirmed += 1;
          if (confirmed >= 200) restarted ??= killAndRestart();
        }
      };
      await Promise.all(Array.from({ length: 20 }, publishOneAfterAnother));
      await restarted;
      expect(confirmed).toBe(500);

      const missing = (arrived: CloudEvent[]) => {
        const ids = new Set(arrived.map(({ id }) => id));
        return events.filter(({ id }) => !ids.has(id)).length;
      };
      await until(() => Object.values(received).every((arrived) => missing(arrived) === 0), {
        what: 'all 500 at each service',
        timeoutMs: 60_000,
      });
      expect(heard).toEqual([undefined]);
      await publishing.signal('chat.1', 'again');
      await until(() => heard.length === 2, { what: 'a signal after the restart' });
    },
    180_000,
  );

  it.skipIf(!hasOwnRabbitMq)(
    'is up again after an orderly restart of RabbitMQ',
    async () => {
      const broker = await open();
      const { received } = await recordAll(broker);
      await rabbitMq.server?.restart();
      const event = mediaReady();
      await publishSurely(broker, event);
      await until(() => received.user.some(({ id }) => id === event.id), {
        what: 'the event',
        timeoutMs: 30_000,
      });
      await connectBystander();
    },
    180_000,
  );

  async function killAndRestart(): Promise<void> {
    await rabbitMq.server?.kill();
    await rabbitMq.server?.restart();
    await connectBystander();
  }
});
