import type { Channel, ChannelModel } from 'amqplib';
import { type ServiceName, serviceNames } from '../../contracts/services.ts';
import { subscribedTypes } from '../broker.ts';
import { patternOfPartition, patternOfType } from './partitions.ts';

/**
 * How often RabbitMQ itself hands a message out again: after a lost connection or when its partition moves to another
 * instance, not after a handler's fault, which the consumer counts. It is there for a message that takes the process down, and high
 * since each lost connection counts for all that an instance has in hand.
 */
const deliveryLimit = 100;
/** Looking at a dead letter counts as a delivery; RabbitMQ 4 would drop it after twenty without a limit of ours. */
const unlimited = 1_000_000_000;
/** A message waits with its consumer for as long as the database is away. RabbitMQ before 3.12 does not know this and takes 30 minutes. */
const consumerTimeoutMs = 7 * 24 * 3_600_000;

/** What everything is called on the broker. Another namespace is another system on the same broker. */
export function namesIn(namespace: string) {
  return {
    events: `${namespace}.events`,
    dead: `${namespace}.dead`,
    live: `${namespace}.live`,
    /** The exchange from which a service's partitions are filled. */
    service: (service: ServiceName) => `${namespace}.${service}`,
    queue: (service: ServiceName, partition: number) => `${namespace}.${service}.${partition}`,
    /** A queue in which nothing is: it has the instances of a service as its consumers, which are counted so. */
    instances: (service: ServiceName) => `${namespace}.${service}.instances`,
    deadQueue: (service: ServiceName) => `${namespace}.${service}.dead`,
    /** An exchange that nothing uses: it is there once events are parted in so many. */
    parted: (count: number) => `${namespace}.partitions.${count}`,
    /** ... and this one once they may be consumed in so many. */
    open: (count: number) => `${namespace}.partitions.${count}.open`,
  };
}

export type Names = ReturnType<typeof namesIn>;

/** The services that have queues: those that consume anything. */
export const consumingServices: readonly ServiceName[] = serviceNames.filter(
  (service) => subscribedTypes(service).length > 0,
);

/**
 * Declares all exchanges, queues and bindings, of every service, whoever declares: what is there stays as it is.
 * Throws when something of the same name was declared otherwise.
 */
export async function declareTopology(
  connection: ChannelModel,
  names: Names,
  partitions: number,
): Promise<void> {
  const channel = await connection.createChannel();
  // The failing call throws what there is to say.
  channel.on('error', () => {});
  await channel.assertExchange(names.events, 'topic', { durable: true });
  await channel.assertExchange(names.dead, 'direct', { durable: true });
  await channel.assertExchange(names.live, 'topic', { durable: false });
  await channel.close();
  // Beside each other: each answer of RabbitMQ is waited for.
  await Promise.all(
    consumingServices.map((service) => declareService(connection, names, service, partitions)),
  );
}

async function declareService(
  connection: ChannelModel,
  names: Names,
  service: ServiceName,
  partitions: number,
): Promise<void> {
  const channel = await connection.createChannel();
  channel.on('error', () => {});
  await channel.assertQueue(names.deadQueue(service), {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': unlimited },
  });
  await channel.bindQueue(names.deadQueue(service), names.dead, service);
  await channel.assertQueue(names.instances(service), {
    durable: true,
    arguments: { 'x-queue-type': 'quorum' },
  });
  await channel.assertExchange(names.service(service), 'topic', { durable: true });
  for (let partition = 0; partition < partitions; partition += 1) {
    await declarePartition(channel, names, service, partition);
    await channel.bindQueue(
      names.queue(service, partition),
      names.service(service),
      patternOfPartition(partition, partitions),
    );
  }
  // Last of all: what reaches the service's exchange has a queue.
  for (const type of subscribedTypes(service)) {
    await channel.bindExchange(names.service(service), names.events, patternOfType(type));
  }
  await channel.close();
}

/** Declares a partition's queue, without its binding. */
export async function declarePartition(
  channel: Channel,
  names: Names,
  service: ServiceName,
  partition: number,
): Promise<void> {
  await channel.assertQueue(names.queue(service, partition), {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-delivery-limit': deliveryLimit,
      'x-consumer-timeout': consumerTimeoutMs,
      // One instance works a partition at a time, the next takes over: order holds across instances.
      'x-single-active-consumer': true,
      // A message that leaves the queue is dropped there only once the next one has confirmed it.
      'x-dead-letter-exchange': names.dead,
      'x-dead-letter-routing-key': service,
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
  });
}
