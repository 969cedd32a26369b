import type { ChannelModel } from 'amqplib';
import type { ServiceName } from '../../contracts/services.ts';
import { settledWithin } from '../../deadline.ts';
import type { Logger } from '../../log.ts';
import { type Broker, BrokerUnavailable, subscribersOf, Unroutable } from '../broker.ts';
import { listDeadLetters, replayDeadLetters } from './dead-letters.ts';
import { createFanOut } from './fan-out.ts';
import { createLink } from './link.ts';
import { createPublisher } from './publisher.ts';
import { createQueueConsumer, type QueueConsumer, type RetryPolicy } from './queue-consumer.ts';
import { countMessages, watchQueues } from './queue-depths.ts';
import { declareTopology, namesIn } from './topology.ts';

const defaultRetry: RetryPolicy = { attempts: 5, baseMs: 50, maxMs: 1_000, delayMs: 10_000, rounds: 3 };

/**
 * The broker on RabbitMQ (3.10 and later). Whenever the connection is lost it is made anew, with topology,
 * consumers and live listeners; what was unconfirmed is rejected, what was not acked is delivered again.
 * `namespace` (socialhub) begins every name on the broker.
 */
export function createRabbitMqBroker(options: {
  url: string;
  log: Logger;
  namespace?: string;
  retry?: RetryPolicy;
  confirmTimeoutMs?: number;
  connectTimeoutMs?: number;
}): Broker {
  const { log, retry = defaultRetry, connectTimeoutMs = 15_000 } = options;
  const names = namesIn(options.namespace ?? 'socialhub');
  const onLost = (reason: string) => link.reset(reason);
  const publisher = createPublisher(options.confirmTimeoutMs ?? 10_000);
  const fanOut = createFanOut({ names, log, onLost });
  const consumers = new Map<ServiceName, QueueConsumer>();
  let connection: ChannelModel | undefined;
  let isRedeclaring = false;

  const link = createLink({
    url: options.url,
    log,
    async setUp(opened) {
      await declareTopology(opened, names);
      const confirming = await opened.createConfirmChannel();
      confirming.on('error', (error) => log.warn({ err: error }, 'the publishing channel failed'));
      confirming.on('close', () => {
        if (connection === opened) link.reset('the publishing channel closed');
      });
      publisher.attach(confirming);
      await fanOut.attach(opened);
      // From here a new consumer attaches itself, so that none is missed.
      connection = opened;
      await Promise.all([...consumers.values()].map((consumer) => consumer.attach(opened)));
    },
    // Those who listened before may have missed signals, also where it is up for the first time.
    onUp: () => fanOut.notifyAll(),
    onDown() {
      connection = undefined;
      publisher.detach();
      fanOut.detach();
      for (const consumer of consumers.values()) consumer.detach();
    },
  });

  function connected(): ChannelModel {
    if (!connection) throw new BrokerUnavailable('not connected to RabbitMQ');
    return connection;
  }

  /** Somebody deleted a queue or a binding: put it back, once for all who find out at the same time. */
  function redeclare(): void {
    if (!connection || isRedeclaring) return;
    isRedeclaring = true;
    declareTopology(connection, names)
      .catch((error: unknown) => log.warn({ err: error }, 'the topology could not be declared anew'))
      .finally(() => {
        isRedeclaring = false;
      });
  }

  return {
    connect: () => link.open(connectTimeoutMs),
    async publish(event) {
      const hasSubscribers = subscribersOf(event.type).length > 0;
      try {
        await publisher.send(names.events, event.type, Buffer.from(JSON.stringify(event)), {
          mandatory: hasSubscribers,
          contentType: 'application/cloudevents+json',
          messageId: event.id,
          type: event.type,
        });
      } catch (error) {
        if (error instanceof Unroutable) redeclare();
        throw error;
      }
    },
    async consume(service, handle) {
      if (consumers.has(service)) throw new Error(`${service} consumes already`);
      const consumer = createQueueConsumer({ service, handle, names, publisher, retry, log, onLost });
      consumers.set(service, consumer);
      if (connection) {
        await consumer.attach(connection).catch((error: unknown) => link.reset(String(error)));
      }
      const stopWatching = watchQueues(service, async () => countMessages(connected(), names, service));
      return {
        async stop() {
          stopWatching();
          if (consumers.get(service) === consumer) consumers.delete(service);
          await consumer.stop();
        },
      };
    },
    async signal(topics, payload) {
      fanOut.signal(topics, payload);
    },
    listen: (topic, handler) => fanOut.listen(topic, handler),
    isReady: () => link.isUp(),
    deadLetters: async (service) => listDeadLetters(connected(), names, service),
    replay: async (service, ids) => replayDeadLetters(connected(), publisher, names, service, ids),
    async close() {
      await Promise.all([...consumers.values()].map((consumer) => consumer.stop()));
      consumers.clear();
      await publisher.flush(3_000);
      await settledWithin(link.close(), 5_000);
    },
  };
}
