import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Logger } from '../../log.ts';
import { BrokerUnavailable, type Json, type SignalHandler } from '../broker.ts';
import { createKeyedQueue } from '../keyed-queue.ts';
import type { Names } from './topology.ts';

/** Live signals: one queue per process that lives as long as its connection, bound to the topics that have listeners here. */
export interface FanOut {
  attach(connection: ChannelModel): Promise<void>;
  detach(): void;
  /** Calls every listener without payload: signals may have been missed. */
  notifyAll(): void;
  listen(topic: string, handler: SignalHandler): Promise<() => Promise<void>>;
  signal(topics: string | readonly string[], payload?: Json): void;
}

/** Makes the process's fan-out, not attached yet. `onLost` is called when RabbitMQ ended its channel. */
export function createFanOut(options: {
  names: Names;
  log: Logger;
  onLost: (reason: string) => void;
}): FanOut {
  const { names, log } = options;
  const listeners = new Map<string, Set<SignalHandler>>();
  const inOrder = createKeyedQueue();
  let session: { channel: Channel; queue: string; bound: Set<string> } | undefined;

  /** Binds or unbinds the topic, as there are listeners or not; one change at a time per topic. */
  function adjust(topic: string): Promise<void> {
    return inOrder.run(topic, async () => {
      const current = session;
      if (!current) return;
      const { channel, queue, bound } = current;
      const isWanted = listeners.has(topic);
      if (isWanted === bound.has(topic)) return;
      try {
        if (isWanted) {
          await channel.bindQueue(queue, names.live, topic);
          bound.add(topic);
        } else {
          bound.delete(topic);
          await channel.unbindQueue(queue, names.live, topic);
        }
      } catch (error) {
        // The connection went away: the next one binds what is wanted then and notifies the listeners.
        if (session === current) throw error;
      }
    });
  }

  function onSignal(topic: string, content: Buffer): void {
    for (const handler of [...(listeners.get(topic) ?? [])]) {
      try {
        handler(content.length === 0 ? undefined : (JSON.parse(content.toString()) as Json));
      } catch (error) {
        log.error({ err: error, topic }, 'a live listener threw');
      }
    }
  }

  return {
    async attach(connection) {
      const channel = await connection.createChannel();
      channel.on('error', (error) => log.warn({ err: error }, 'the live channel failed'));
      channel.on('close', () => {
        if (session?.channel === channel) options.onLost('the live channel closed');
      });
      const { queue } = await channel.assertQueue('', {
        exclusive: true,
        autoDelete: true,
        durable: false,
        arguments: { 'x-queue-type': 'classic' },
      });
      await channel.consume(
        queue,
        (message) => {
          if (message) for (const topic of topicsOf(message)) onSignal(topic, message.content);
          else options.onLost('RabbitMQ cancelled the live consumer');
        },
        { noAck: true },
      );
      session = { channel, queue, bound: new Set() };
      await Promise.all([...listeners.keys()].map(adjust));
    },
    detach() {
      session = undefined;
    },
    notifyAll() {
      for (const topic of [...listeners.keys()]) onSignal(topic, Buffer.alloc(0));
    },
    async listen(topic, handler) {
      // Wrapped, so that one function may listen twice.
      const own: SignalHandler = (payload) => handler(payload);
      listeners.set(topic, (listeners.get(topic) ?? new Set()).add(own));
      await adjust(topic);
      return async () => {
        const others = listeners.get(topic);
        if (!others?.delete(own) || others.size > 0) return;
        listeners.delete(topic);
        await adjust(topic);
      };
    },
    signal(topics, payload) {
      if (!session) throw new BrokerUnavailable('not connected to RabbitMQ');
      const content = payload === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(payload));
      const [topic, ...others] = typeof topics === 'string' ? [topics] : topics;
      if (topic === undefined) return;
      try {
        session.channel.publish(names.live, topic, content, {
          contentType: 'application/json',
          ...(others.length > 0 && { CC: others }),
        });
      } catch (error) {
        throw new BrokerUnavailable('the live channel is closed', { cause: error });
      }
    },
  };
}

/** A message for several topics comes once to each process; it has the others where RabbitMQ looks for them. */
function topicsOf({ fields, properties }: ConsumeMessage): string[] {
  const others: unknown = properties.headers?.CC;
  return [fields.routingKey, ...(Array.isArray(others) ? others.map(String) : [])];
}
