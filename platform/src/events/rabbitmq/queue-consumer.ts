import type { Channel, ChannelModel, ConsumeMessage, Options } from 'amqplib';
import type { ServiceName } from '../../contracts/services.ts';
import { isDatabaseAway } from '../../database/database-errors.ts';
import { settledWithin } from '../../deadline.ts';
import type { Logger } from '../../log.ts';
import { countEvent } from '../../metrics/event-metrics.ts';
import { type BackoffOptions, backoff, pause } from '../../retry.ts';
import { type EventHandler, errorText, UnprocessableEvent } from '../broker.ts';
import { type CloudEvent, ForeignEvent, parseEnvelope } from '../envelope.ts';
import { inTurns } from '../in-turns.ts';
import { createKeyedQueue } from '../keyed-queue.ts';
import type { Publisher } from './publisher.ts';
import type { Names } from './topology.ts';

const prefetch = 64;
const drainMs = 10_000;

/** How a handler's fault is met: `attempts` in place, then again after `delayMs`, `rounds` times, then set aside. */
export interface RetryPolicy extends BackoffOptions {
  attempts: number;
  delayMs: number;
  rounds: number;
}

/** Works one service's queue. */
export interface QueueConsumer {
  /** Consumes over this connection from now on; a second call for the same connection is the first one's. */
  attach(connection: ChannelModel): Promise<void>;
  detach(): void;
  /** Takes no more, waits for handlers in hand (10 s at most) and their acks. */
  stop(): Promise<void>;
}

/** Makes the consumer of a service's queue, not attached yet. `onLost` is called when RabbitMQ ended it. */
export function createQueueConsumer(options: {
  service: ServiceName;
  handle: EventHandler;
  names: Names;
  publisher: Publisher;
  retry: RetryPolicy;
  log: Logger;
  onLost: (reason: string) => void;
}): QueueConsumer {
  const { service, names, publisher, retry, log } = options;
  const handle = inTurns(options.handle);
  const stopping = new AbortController();
  // Of the consumer, not of a connection: an event handed out again after a cut waits for its first handling.
  const inOrder = createKeyedQueue();
  let attached: { connection: ChannelModel; done: Promise<void> } | undefined;
  let channel: Channel | undefined;
  let consumerTag: string | undefined;

  async function begin(connection: ChannelModel): Promise<void> {
    const opened = await connection.createChannel();
    opened.on('error', (error) => log.warn({ err: error, consumer: service }, 'a consuming channel failed'));
    opened.on('close', () => {
      if (channel === opened && !stopping.signal.aborted) options.onLost(`the channel of ${service} closed`);
    });
    channel = opened;
    await opened.prefetch(prefetch);
    const reply = await opened.consume(names.queue(service), (message) => {
      if (message) receive(opened, message);
      else options.onLost(`RabbitMQ cancelled the consumer of ${service}`);
    });
    consumerTag = reply.consumerTag;
  }

  function receive(from: Channel, message: ConsumeMessage): void {
    const event = readEvent(message);
    if (event instanceof Error) {
      void finish(from, message, () => setAside(message, event));
      return;
    }
    void inOrder.run(`${event.source} ${event.subject}`, async () => {
      // What was not begun when the channel ended or we stop is handed out again by RabbitMQ.
      if (stopping.signal.aborted || channel !== from) return;
      const fault = await tryInPlace(event);
      if (fault === 'stopped') return;
      await finish(from, message, async () => {
        if (fault) await putOff(message, event, fault.error);
      });
    });
  }

  /** Handles the event, up to the policy's attempts; gives the last error, or nothing when it was applied. */
  async function tryInPlace(event: CloudEvent): Promise<{ error: unknown } | 'stopped' | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await handle(event, stopping.signal);
        return undefined;
      } catch (error) {
        const facts = { err: error, consumer: service, type: event.type, eventId: event.id, attempt };
        log.warn(facts, 'an event could not be applied');
        if (attempt >= retry.attempts || error instanceof UnprocessableEvent) return { error };
        if (!(await pause(backoff(attempt, retry), stopping.signal))) return 'stopped';
      }
    }
  }

  async function putOff(message: ConsumeMessage, event: CloudEvent, error: unknown): Promise<void> {
    const round = Number(message.properties.headers?.['x-retry-round'] ?? 0);
    const isLast = error instanceof UnprocessableEvent || (round >= retry.rounds && !isDatabaseAway(error));
    if (isLast) return setAside(message, error, event);
    // For a database an event waits as long as that takes: only what may be its own fault counts.
    const next = isDatabaseAway(error) ? round : round + 1;
    await publisher.send('', names.retryQueue(service), message.content, {
      ...describing(message),
      headers: { 'x-retry-round': next, 'x-error': errorText(error) },
      expiration: retry.delayMs,
    });
    countEvent(service, 'put off');
  }

  async function setAside(message: ConsumeMessage, error: unknown, event?: CloudEvent): Promise<void> {
    await publisher.send(names.dead, service, message.content, {
      ...describing(message),
      headers: { 'x-error': errorText(error), 'x-failed-at': new Date().toISOString() },
    });
    countEvent(service, 'dead');
    const facts = { err: error, consumer: service, type: event?.type, eventId: event?.id };
    log.error(facts, 'an event is set aside as a dead letter');
  }

  /** Acks once `before` has succeeded, else hands the message back. Never throws. */
  async function finish(from: Channel, message: ConsumeMessage, before: () => Promise<void>): Promise<void> {
    try {
      await before();
      if (channel === from) from.ack(message);
    } catch (error) {
      log.warn({ err: error, consumer: service }, 'a message could not be put off and is handed back');
      try {
        if (channel === from) from.nack(message, false, true);
      } catch {
        // The channel has closed meanwhile: RabbitMQ hands the message out again by itself.
      }
    }
  }

  return {
    attach(connection) {
      if (attached?.connection !== connection) attached = { connection, done: begin(connection) };
      return attached.done;
    },
    detach() {
      attached = undefined;
      channel = undefined;
      consumerTag = undefined;
    },
    async stop() {
      // First of all: what waits in the queue must not begin while RabbitMQ is still being told.
      stopping.abort();
      const open = channel;
      if (open && consumerTag) await settledWithin(open.cancel(consumerTag), 3_000);
      const drained = await settledWithin(inOrder.idle(), drainMs);
      if (!drained) log.warn({ consumer: service }, 'stopped while a handler was still at work');
      if (open && channel === open) await settledWithin(open.close(), 3_000);
      this.detach();
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

/** What a message keeps when it moves to another queue; headers are given anew. */
export function describing(message: Pick<ConsumeMessage, 'properties'>): Options.Publish {
  const { messageId, type, contentType } = message.properties;
  return { messageId, type, contentType } as Options.Publish;
}
