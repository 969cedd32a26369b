import type { ChannelModel } from 'amqplib';
import type { ServiceName } from '../../contracts/services.ts';
import { settledWithin } from '../../deadline.ts';
import type { Logger } from '../../log.ts';
import { type AttemptPolicy, usualAttempts } from '../attempts.ts';
import { type Broker, BrokerUnavailable, subscribersOf, Unroutable } from '../broker.ts';
import { listDeadLetters, replayDeadLetters } from './dead-letters.ts';
import { createFanOut } from './fan-out.ts';
import { declareLayout, findOpen, partitionsTopic } from './layout.ts';
import { createLink } from './link.ts';
import { isPartitionCount, routingKey } from './partitions.ts';
import { createPublisher } from './publisher.ts';
import { countMessages, watchQueues } from './queue-depths.ts';
import { createServiceConsumer, type ServiceConsumer } from './service-consumer.ts';
import { namesIn } from './topology.ts';

/** Of a system that has none yet. */
const usualPartitions = 4;
/** How long an instance that came may wait for its share of the partitions. */
const usualShareEveryMs = 5_000;

/**
 * The broker on RabbitMQ (3.10 and later). Whenever the connection is lost it is made anew, with topology,
 * consumers and live listeners; what was unconfirmed is rejected, what was not acked is delivered again.
 * `namespace` (socialhub) begins every name on the broker.
 */
export function createRabbitMqBroker(options: {
  url: string;
  log: Logger;
  namespace?: string;
  attempts?: AttemptPolicy;
  partitions?: number;
  shareEveryMs?: number;
  confirmTimeoutMs?: number;
  connectTimeoutMs?: number;
}): Broker {
  const { log, attempts = usualAttempts, connectTimeoutMs = 15_000 } = options;
  const { partitions = usualPartitions, shareEveryMs = usualShareEveryMs } = options;
  if (!isPartitionCount(partitions))
    throw new Error('the number of partitions is a power of two, 64 at most');
  const names = namesIn(options.namespace ?? 'socialhub');
  const onLost = (reason: string) => link.reset(reason);
  const publisher = createPublisher(options.confirmTimeoutMs ?? 10_000);
  const fanOut = createFanOut({ names, log, onLost });
  const consumers = new Map<ServiceName, ServiceConsumer>();
  let connection: ChannelModel | undefined;
  let isRedeclaring = false;
  let open = 0;

  void fanOut.listen(partitionsTopic, () => {
    consumeWhatIsOpen().catch((error: unknown) => link.reset(String(error)));
  });

  /** Partitions that were opened meanwhile are consumed from now on. */
  async function consumeWhatIsOpen(): Promise<void> {
    const current = connection;
    if (!current) return;
    const found = await findOpen(current, names);
    if (current !== connection) return;
    open = found;
    await Promise.all([...consumers.values()].map((consumer) => consumer.attach(current, open)));
  }

  const link = createLink({
    url: options.url,
    log,
    async setUp(opened) {
      open = await declareLayout(opened, names, partitions);
      const confirming = await opened.createConfirmChannel();
      confirming.on('error', (error) => log.warn({ err: error }, 'the publishing channel failed'));
      confirming.on('close', () => {
        if (connection === opened) link.reset('the publishing channel closed');
      });
      publisher.attach(confirming);
      await fanOut.attach(opened);
      // From here a new consumer attaches itself, so that none is missed.
      connection = opened;
      await Promise.all([...consumers.values()].map((consumer) => consumer.attach(opened, open)));
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
    declareLayout(connection, names, partitions)
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
        await publisher.send(names.events, routingKey(event), Buffer.from(JSON.stringify(event)), {
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
      const consumer = createServiceConsumer({
        service,
        handle,
        names,
        publisher,
        attempts,
        shareEveryMs,
        log,
        onLost,
      });
      consumers.set(service, consumer);
      if (connection) {
        await consumer.attach(connection, open).catch((error: unknown) => link.reset(String(error)));
      }
      const stopWatching = watchQueues(service, async () => countMessages(connected(), names, service, open));
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
