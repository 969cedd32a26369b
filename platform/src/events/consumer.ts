import type { EventContract } from '../contracts/contract.ts';
import type { ServiceName } from '../contracts/services.ts';
import type { Database, Tx } from '../database/database.ts';
import { type Logger, withRequestId } from '../log.ts';
import { countEvent, eventArrived } from '../metrics/event-metrics.ts';
import { type Broker, type EventHandler, errorText, subscribedTypes, UnprocessableEvent } from './broker.ts';
import type { CloudEvent } from './envelope.ts';
import { readableTypes, readData } from './versions.ts';

/** An event as a consumer sees it. `sequence` grows per aggregate: a replica ignores a lower one than it has. */
export interface ReceivedEvent<Data> {
  id: string;
  name: string;
  time: Date;
  sequence: bigint;
  data: Data;
}

/** What a service does on one kind of event. */
export interface Consumer<Client> {
  /** The event's, and those of its earlier versions. */
  readonly types: readonly string[];
  /** Parses the event's data and applies it within `tx`. */
  apply(tx: Tx<Client>, event: CloudEvent): Promise<void>;
}

/**
 * Defines a service's reaction to an event. `apply` runs in one transaction with the note that the event was
 * applied, so its effect on the database happens once however often the event arrives; it must have no other.
 */
export function consumer<Client, Data>(
  contract: EventContract<Data>,
  apply: (tx: Tx<Client>, event: ReceivedEvent<Data>) => Promise<void>,
): Consumer<Client> {
  return {
    types: readableTypes(contract),
    async apply(tx, event) {
      const data = dataOf(contract, event);
      await apply(tx, {
        id: event.id,
        name: event.type,
        time: new Date(event.time),
        sequence: BigInt(event.sequence),
        data,
      });
    },
  };
}

function dataOf<Data>(contract: EventContract<Data>, event: CloudEvent): Data {
  try {
    return readData(contract, event);
  } catch (error) {
    throw new UnprocessableEvent(`${event.type}: ${errorText(error)}`);
  }
}

type Transactions<Client> = Pick<Database<Client>, 'transaction'>;

/**
 * Starts to consume a service's events. Throws when the consumers are not exactly those of the service's row in
 * contracts/subscriptions.ts. `stop` waits for events in hand.
 */
export async function startConsumers<Client>(options: {
  service: ServiceName;
  db: Transactions<Client>;
  broker: Pick<Broker, 'consume'>;
  consumers: readonly Consumer<Client>[];
  log: Logger;
}): Promise<{ stop(): Promise<void> }> {
  const { service, consumers } = options;
  checkSubscriptions(service, consumers);
  if (consumers.length === 0) return { stop: async () => {} };
  return options.broker.consume(service, eventHandler(options));
}

/** What applies a service's events once each; throws what a consumer throws, nothing being applied then. */
export function eventHandler<Client>(options: {
  /** Whose events they are, in the metrics. */
  service: ServiceName;
  db: Transactions<Client>;
  consumers: readonly Consumer<Client>[];
  log: Logger;
}): EventHandler {
  const { service, db, log } = options;
  const byType = new Map(options.consumers.flatMap((one) => one.types.map((type) => [type, one] as const)));
  return (event) =>
    withRequestId(
      event.requestid ?? event.id,
      async () => {
        const facts = { type: event.type, eventId: event.id };
        const found = byType.get(event.type);
        if (!found) {
          // A binding outlives the subscription that it was made for.
          log.warn(facts, 'an event arrived that this service does not consume any more');
          return;
        }
        const isNew = await db
          .transaction(async (tx) => {
            const noted = await tx.$executeRaw`
          INSERT INTO inbox (consumer, event_id) VALUES (${event.type}, ${event.id}::uuid) ON CONFLICT DO NOTHING`;
            if (noted > 0) await found.apply(tx, event);
            return noted > 0;
          })
          .catch((error: unknown) => {
            countEvent(service, 'failed');
            throw error;
          });
        if (isNew) eventArrived(service, new Date(event.time));
        log.debug(facts, isNew ? 'event applied' : 'event had been applied before');
      },
      event.traceparent,
    );
}

function checkSubscriptions<Client>(service: ServiceName, consumers: readonly Consumer<Client>[]): void {
  const subscribed = subscribedTypes(service);
  const handled = consumers.flatMap(({ types }) => types);
  const faults = [
    ...subscribed.filter((type) => !handled.includes(type)).map((type) => `no consumer for ${type}`),
    ...handled.filter((type) => !subscribed.includes(type)).map((type) => `no subscription to ${type}`),
    ...handled.filter((type, at) => handled.indexOf(type) !== at).map((type) => `two consumers for ${type}`),
  ];
  if (faults.length > 0) {
    throw new Error(`${service} does not match contracts/subscriptions.ts: ${faults.join(', ')}`);
  }
}
