import type { ChannelModel } from 'amqplib';
import { type ServiceName, serviceNames } from '../../contracts/services.ts';
import { subscribedTypes } from '../broker.ts';

/**
 * How often RabbitMQ itself hands a message out again: after a lost connection, not after a handler's fault, which
 * the consumer counts. It is there for a message that takes the process down with it.
 */
const deliveryLimit = 20;
/** Looking at a dead letter counts as a delivery; RabbitMQ 4 would drop it after twenty without a limit of ours. */
const unlimited = 1_000_000_000;

/** What everything is called on the broker. Another namespace is another system on the same broker. */
export function namesIn(namespace: string) {
  return {
    events: `${namespace}.events`,
    dead: `${namespace}.dead`,
    live: `${namespace}.live`,
    queue: (service: ServiceName) => `${namespace}.${service}`,
    retryQueue: (service: ServiceName) => `${namespace}.${service}.retry`,
    deadQueue: (service: ServiceName) => `${namespace}.${service}.dead`,
  };
}

export type Names = ReturnType<typeof namesIn>;

/** The services that have a queue: those that consume anything. */
export const consumingServices: readonly ServiceName[] = serviceNames.filter(
  (service) => subscribedTypes(service).length > 0,
);

/**
 * Declares all exchanges, queues and bindings, of every service, whoever declares: what is there stays as it is.
 * Throws when something of the same name was declared otherwise.
 */
export async function declareTopology(connection: ChannelModel, names: Names): Promise<void> {
  const channel = await connection.createChannel();
  // The failing call throws what there is to say.
  channel.on('error', () => {});
  await channel.assertExchange(names.events, 'topic', { durable: true });
  await channel.assertExchange(names.dead, 'direct', { durable: true });
  await channel.assertExchange(names.live, 'topic', { durable: false });
  for (const service of consumingServices) {
    await channel.assertQueue(names.deadQueue(service), {
      durable: true,
      arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': unlimited },
    });
    await channel.bindQueue(names.deadQueue(service), names.dead, service);
    await channel.assertQueue(names.retryQueue(service), {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        ...deadLetteringTo('', names.queue(service)),
      },
    });
    await channel.assertQueue(names.queue(service), {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-delivery-limit': deliveryLimit,
        // One instance of a service works its queue at a time, the next takes over: order holds across instances.
        'x-single-active-consumer': true,
        ...deadLetteringTo(names.dead, service),
      },
    });
    for (const type of subscribedTypes(service)) {
      await channel.bindQueue(names.queue(service), names.events, type);
    }
  }
  await channel.close();
}

/** A message that leaves its queue is dropped there only once the next queue has confirmed it. */
function deadLetteringTo(exchange: string, routingKey: string) {
  return {
    'x-dead-letter-exchange': exchange,
    'x-dead-letter-routing-key': routingKey,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  };
}
