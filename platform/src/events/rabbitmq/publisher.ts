import type { ConfirmChannel, Options } from 'amqplib';
import { settledWithin } from '../../deadline.ts';
import { BrokerUnavailable, Unroutable } from '../broker.ts';

/** Publishes with confirms. */
export interface Publisher {
  /** Publishes over this channel from now on. */
  attach(channel: ConfirmChannel): void;
  detach(): void;
  /**
   * Resolves when the broker has confirmed the persistent message; throws Unroutable when it had no queue for it
   * (unless `mandatory: false`), BrokerUnavailable when it refused, did not confirm in time, or is not there.
   */
  send(exchange: string, routingKey: string, content: Buffer, options?: Options.Publish): Promise<void>;
  /** Waits until nothing is unconfirmed, `ms` at most. */
  flush(ms: number): Promise<void>;
}

/** Makes a publisher that is not attached yet. */
export function createPublisher(confirmTimeoutMs: number): Publisher {
  let channel: ConfirmChannel | undefined;
  let count = 0;
  const unconfirmed = new Map<string, Promise<void>>();
  const returned = new Set<string>();

  function send(exchange: string, routingKey: string, content: Buffer, options?: Options.Publish) {
    const target = channel;
    if (!target) return Promise.reject(new BrokerUnavailable('not connected to RabbitMQ'));
    // The broker gives a returned message its properties back: this one tells which publish it was.
    const number = String(++count);
    const confirmed = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new BrokerUnavailable('RabbitMQ did not confirm in time')),
        confirmTimeoutMs,
      );
      const publication = { mandatory: true, persistent: true, ...options, correlationId: number };
      try {
        // Its false, "buffer full", is no matter: the relay bounds what is on its way.
        target.publish(exchange, routingKey, content, publication, (error: unknown) => {
          clearTimeout(timer);
          if (error) reject(new BrokerUnavailable('RabbitMQ did not confirm', { cause: error }));
          else if (returned.has(number)) reject(new Unroutable(`no queue for ${routingKey} at ${exchange}`));
          else resolve();
        });
      } catch (error) {
        clearTimeout(timer);
        reject(new BrokerUnavailable('the channel to RabbitMQ is closed', { cause: error }));
      }
    }).finally(() => {
      unconfirmed.delete(number);
      returned.delete(number);
    });
    unconfirmed.set(number, confirmed);
    return confirmed;
  }

  return {
    attach(next) {
      channel = next;
      next.on('return', (message) => returned.add(String(message.properties.correlationId)));
    },
    detach() {
      channel = undefined;
    },
    send,
    async flush(ms) {
      await settledWithin(Promise.allSettled(unconfirmed.values()), ms);
    },
  };
}
