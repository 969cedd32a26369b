import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { ServiceName } from '../../contracts/services.ts';
import { settledWithin } from '../../deadline.ts';
import type { Logger } from '../../log.ts';
import { countEvent } from '../../metrics/event-metrics.ts';
import { type AttemptPolicy, attempt } from '../attempts.ts';
import { type EventHandler, errorText } from '../broker.ts';
import { type CloudEvent, ForeignEvent, parseEnvelope } from '../envelope.ts';
import { inTurns } from '../in-turns.ts';
import { createKeyedQueue } from '../keyed-queue.ts';
import { aggregateKey } from './partitions.ts';
import type { Publisher } from './publisher.ts';
import { createQueueConsumer, describing, mostInHand, type QueueConsumer } from './queue-consumer.ts';
import type { Names } from './topology.ts';

/** Works the partitions of one service, together with its other instances. */
export interface ServiceConsumer {
  /** Consumes so many partitions over this connection from now on; of those that it consumes already it goes on. */
  attach(connection: ChannelModel, partitions: number): Promise<void>;
  detach(): void;
  /** Takes no more, waits for handlers in hand (10 s at most) and their acks. */
  stop(): Promise<void>;
}

/** Makes the consumer of a service, not attached yet. `onLost` is called when RabbitMQ ended it. */
export function createServiceConsumer(options: {
  service: ServiceName;
  handle: EventHandler;
  names: Names;
  publisher: Publisher;
  attempts: AttemptPolicy;
  shareEveryMs: number;
  log: Logger;
  onLost: (reason: string) => void;
}): ServiceConsumer {
  const { service, names, publisher, log } = options;
  const handle = inTurns(options.handle);
  // Of the service, not of a connection: an event handed out again after a cut waits for its first handling.
  const inOrder = createKeyedQueue();
  const queues: QueueConsumer[] = [];
  let connection: ChannelModel | undefined;
  let presence: Channel | undefined;
  let isStopped = false;
  let sharing: Promise<void> | undefined;
  const timer = setInterval(() => {
    sharing ??= share().finally(() => {
      sharing = undefined;
    });
  }, options.shareEveryMs).unref();

  function createPartition(partition: number): QueueConsumer {
    let waiting = 0;
    return createQueueConsumer({
      queue: names.queue(service, partition),
      log,
      onLost: options.onLost,
      // Whoever asked may have gone.
      answer: (fence) =>
        publisher.send('', String(fence.properties.replyTo), fence.content, { mandatory: false }),
      async handle(message, leaving) {
        const event = readEvent(message);
        if (event instanceof Error) return setAside(message, event);
        return inOrder.run(aggregateKey(event), async () => {
          let isWaiting = 0;
          const outcome = await attempt(event, handle, {
            service,
            policy: options.attempts,
            stopping: leaving,
            log,
            isCrowded: () => waiting > mostInHand / 2,
            onWaiting: () => {
              isWaiting = 1;
              waiting += 1;
            },
          });
          waiting -= isWaiting;
          if (outcome === 'stopped') return false;
          return outcome ? setAside(message, outcome.error, event) : true;
        });
      },
    });
  }

  async function setAside(message: ConsumeMessage, error: unknown, event?: CloudEvent): Promise<true> {
    await publisher.send(names.dead, service, message.content, {
      ...describing(message),
      headers: { 'x-error': errorText(error), 'x-failed-at': new Date().toISOString() },
    });
    countEvent(service, 'dead');
    const facts = { err: error, consumer: service, type: event?.type, eventId: event?.id };
    log.error(facts, 'an event is set aside as a dead letter');
    return true;
  }

  /**
   * Lets go of partitions beyond the share of an instance, of which each waits in the line of every queue: the next in line
   * takes over, and lets go of it too where it has its share. A partition in which nothing happens is nobody's concern.
   */
  async function share(): Promise<void> {
    const current = connection;
    if (!current || !presence) return;
    try {
      const { consumerCount } = await presence.checkQueue(names.instances(service));
      const most = Math.ceil(queues.length / Math.max(1, consumerCount));
      const beyond = queues.filter((queue) => queue.isAtWork()).slice(most);
      await Promise.all(
        beyond.map(async (queue) => {
          await queue.letGo();
          if (connection === current && !isStopped) await queue.attach(current);
        }),
      );
    } catch (error) {
      if (connection === current)
        log.warn({ err: error, consumer: service }, 'the partitions were not shared');
    }
  }

  /** Is counted among the service's instances from now on. */
  async function enter(current: ChannelModel): Promise<void> {
    const channel = await current.createChannel();
    channel.on('error', () => {});
    channel.on('close', () => {
      if (presence === channel) options.onLost(`the channel of the instances of ${service} closed`);
    });
    presence = channel;
    await channel.consume(names.instances(service), (message) => {
      if (!message && presence === channel) options.onLost(`the instances of ${service} are not counted`);
    });
  }

  return {
    async attach(next, partitions) {
      if (isStopped) return;
      if (connection !== next) {
        connection = next;
        await enter(next);
      }
      while (queues.length < partitions) queues.push(createPartition(queues.length));
      await Promise.all(queues.map((queue) => queue.attach(next)));
    },
    detach() {
      connection = undefined;
      presence = undefined;
      for (const queue of queues) queue.detach();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      const present = presence;
      const letGo = () => Promise.all(queues.map((queue) => queue.letGo()));
      // At once, so that nothing more begins; and of what was being shared just then.
      await letGo();
      await sharing;
      await letGo();
      this.detach();
      if (present) await settledWithin(present.close(), 3_000);
    },
  };
}

function readEvent(message: ConsumeMessage): CloudEvent | Error {
  try {
    return parseEnvelope(JSON.parse(message.content.toString()));
  } catch (error) {
    return error instanceof ForeignEvent
      ? error
      : new ForeignEvent('the message is not JSON', { cause: error });
  }
}
