import { EventEmitter, once } from 'node:events';
import { type ServiceName, serviceNames } from '../contracts/services.ts';
import { settledWithin } from '../deadline.ts';
import type { Logger } from '../log.ts';
import { countEvent } from '../metrics/event-metrics.ts';
import { type AttemptPolicy, attempt, usualAttempts } from './attempts.ts';
import {
  type Broker,
  BrokerUnavailable,
  type DeadLetter,
  DeliveryFailed,
  errorText,
  type Json,
  type SignalHandler,
  subscribersOf,
} from './broker.ts';
import { type CloudEvent, parseEnvelope } from './envelope.ts';
import { inTurns } from './in-turns.ts';
import { createKeyedQueue, type KeyedQueue } from './keyed-queue.ts';

const drainMs = 10_000;
const deadLetterLimit = 1_000;

interface LocalConsumer {
  handle: ReturnType<typeof inTurns>;
  queue: KeyedQueue;
  stopping: AbortController;
}

/**
 * The broker of the all-in-one process. It keeps nothing: an event is safe in its outbox until `publish` resolves,
 * which it does once every subscribed service has applied it. `services` are those that live in this process (all
 * six): `publish` waits for them to start consuming, and leaves out the others.
 */
export function createInProcessBroker(options: {
  log: Logger;
  services?: readonly ServiceName[];
  attempts?: AttemptPolicy;
  startTimeoutMs?: number;
}): Broker {
  const { log, services = serviceNames, attempts = usualAttempts, startTimeoutMs = 2_000 } = options;
  const consumers = new Map<ServiceName, LocalConsumer>();
  const stopped = new Set<ServiceName>();
  const started = new EventEmitter().setMaxListeners(0);
  const dead = new Map<ServiceName, Map<string, { letter: DeadLetter; event: CloudEvent }>>();
  const listeners = new Map<string, Set<SignalHandler>>();
  let isOpen = true;

  async function publish(event: CloudEvent): Promise<void> {
    if (!isOpen) throw new BrokerUnavailable('the in-process broker is closed');
    const targets = subscribersOf(event.type).filter((service) => services.includes(service));
    const outcomes = await Promise.allSettled(targets.map((service) => deliver(service, event)));
    const failed = outcomes.flatMap((outcome, index) => {
      const service = targets[index];
      return outcome.status === 'rejected' && service ? [{ service, error: outcome.reason as unknown }] : [];
    });
    const interrupted = failed.find(({ error }) => error instanceof BrokerUnavailable);
    if (interrupted) throw interrupted.error;
    const [first] = failed;
    if (first) {
      throw new DeliveryFailed(
        failed.map(({ service }) => service),
        first.error,
      );
    }
  }

  /** Must reach the queue without an await when the service consumes, so that calls keep their order. */
  async function deliver(service: ServiceName, event: CloudEvent): Promise<void> {
    const consumer = consumers.get(service) ?? (await startOf(service));
    // A copy through JSON, so that services share no object and see what RabbitMQ would have carried.
    const copy = parseEnvelope(JSON.parse(JSON.stringify(event)));
    await consumer.queue.run(`${event.source} ${event.subject}`, () => apply(service, consumer, copy));
    dead.get(service)?.delete(event.id);
  }

  async function startOf(service: ServiceName): Promise<LocalConsumer> {
    if (stopped.has(service)) throw new BrokerUnavailable(`the service ${service} has stopped`);
    try {
      await once(started, service, { signal: AbortSignal.timeout(startTimeoutMs) });
    } catch {
      throw new BrokerUnavailable(`the service ${service} did not start consuming in time`);
    }
    return consumers.get(service) ?? startOf(service);
  }

  async function apply(service: ServiceName, consumer: LocalConsumer, event: CloudEvent): Promise<void> {
    const outcome = await attempt(event, consumer.handle, {
      service,
      policy: attempts,
      stopping: consumer.stopping.signal,
      log,
    });
    if (outcome === 'stopped') throw new BrokerUnavailable(`the service ${service} is stopping`);
    if (!outcome) return;
    log.error(
      { err: outcome.error, consumer: service, type: event.type, eventId: event.id },
      'an event could not be applied and is set aside',
    );
    setAside(service, event, outcome.error);
    throw outcome.error;
  }

  function setAside(service: ServiceName, event: CloudEvent, error: unknown): void {
    countEvent(service, 'dead');
    const letters = dead.get(service) ?? new Map();
    dead.set(service, letters);
    letters.set(event.id, {
      event,
      letter: {
        id: event.id,
        service,
        type: event.type,
        subject: event.subject,
        error: errorText(error),
        failedAt: new Date(),
      },
    });
    const [oldest] = letters.keys();
    if (letters.size > deadLetterLimit && oldest) letters.delete(oldest);
  }

  async function stopConsuming(service: ServiceName, consumer: LocalConsumer): Promise<void> {
    if (consumers.get(service) === consumer) {
      consumers.delete(service);
      stopped.add(service);
    }
    consumer.stopping.abort();
    const drained = await settledWithin(consumer.queue.idle(), drainMs);
    if (!drained) log.warn({ consumer: service }, 'stopped while a handler was still at work');
  }

  return {
    async connect() {},
    publish,
    async consume(service, handle) {
      if (consumers.has(service)) throw new Error(`${service} consumes already`);
      const consumer = {
        handle: inTurns(handle),
        queue: createKeyedQueue(),
        stopping: new AbortController(),
      };
      consumers.set(service, consumer);
      stopped.delete(service);
      started.emit(service);
      return { stop: () => stopConsuming(service, consumer) };
    },
    async signal(topics, payload) {
      if (!isOpen) throw new BrokerUnavailable('the in-process broker is closed');
      const text = payload === undefined ? undefined : JSON.stringify(payload);
      setImmediate(() => {
        for (const topic of typeof topics === 'string' ? [topics] : topics)
          for (const handler of [...(listeners.get(topic) ?? [])]) tell(handler, text, topic);
      });
    },
    async listen(topic, handler) {
      // Wrapped, so that one function may listen twice.
      const own: SignalHandler = (payload) => handler(payload);
      listeners.set(topic, (listeners.get(topic) ?? new Set()).add(own));
      return async () => {
        const others = listeners.get(topic);
        others?.delete(own);
        if (others?.size === 0) listeners.delete(topic);
      };
    },
    isReady: () => isOpen,
    async deadLetters(service) {
      return [...(dead.get(service)?.values() ?? [])].map(({ letter }) => letter);
    },
    async replay(service, ids) {
      const letters = [...(dead.get(service)?.values() ?? [])].filter(
        ({ letter }) => !ids || ids.includes(letter.id),
      );
      for (const { event } of letters) dead.get(service)?.delete(event.id);
      // What fails again is set aside again; the caller asked for another try, not for its result.
      for (const { event } of letters) deliver(service, event).catch(() => {});
      return letters.length;
    },
    async close() {
      isOpen = false;
      await Promise.all([...consumers].map(([service, consumer]) => stopConsuming(service, consumer)));
      listeners.clear();
    },
  };

  function tell(handler: SignalHandler, text: string | undefined, topic: string): void {
    try {
      handler(text === undefined ? undefined : (JSON.parse(text) as Json));
    } catch (error) {
      log.error({ err: error, topic }, 'a live listener threw');
    }
  }
}
