import type pg from 'pg';
import { type ServiceName, serviceNames } from '../../contracts/services.ts';
import { listTaskKinds, listWaiting } from '../../durable-tasks/task-line.ts';
import { subscribedTypes } from '../broker.ts';
import { findOutboxBacklog, type OutboxBacklog } from '../outbox-backlog.ts';
import type { PartitionDepths } from './queue-depths.ts';

/** What an operator can ask: nothing where a service's database, or RabbitMQ, was not named. */
export interface Reach {
  inDatabase<T>(service: ServiceName, ask: (client: pg.ClientBase) => Promise<T>): Promise<T | undefined>;
  /** Nothing for a service that consumes nothing, either. */
  depthsOf(service: ServiceName): Promise<PartitionDepths | undefined>;
}

/** How far a service is with what it publishes, consumes and does in steps. */
export interface EventStatus {
  service: ServiceName;
  outbox?: OutboxBacklog;
  tasks?: { waiting: number; failing: number; oldestSeconds: number };
  queues?: PartitionDepths;
}

export async function listStatus(reach: Reach, services: readonly ServiceName[]): Promise<EventStatus[]> {
  const found: EventStatus[] = [];
  for (const service of services) {
    const kept = await reach.inDatabase(service, async (client) => ({
      outbox: await findOutboxBacklog(client),
      tasks: totalOf(await listWaiting(client, await listTaskKinds(client))),
    }));
    const queues = await reach.depthsOf(service);
    found.push({ service, ...kept, ...(queues && { queues }) });
  }
  return found;
}

function totalOf(kinds: Awaited<ReturnType<typeof listWaiting>>): NonNullable<EventStatus['tasks']> {
  return {
    waiting: kinds.reduce((sum, { waiting }) => sum + waiting, 0),
    failing: kinds.reduce((sum, { failing }) => sum + failing, 0),
    oldestSeconds: Math.max(0, ...kinds.map(({ oldestSeconds }) => oldestSeconds)),
  };
}

/** A line of what can be said of a service, and a few for what is behind. */
export function statusText({ service, outbox, tasks, queues }: EventStatus): string {
  const seconds = (value: number) => `${Math.round(value)} s`;
  return [
    service,
    outbox &&
      `  outbox: ${outbox.waiting} waiting, the oldest for ${seconds(outbox.oldest_seconds)}; ${outbox.dead} dead`,
    queues &&
      `  queue: ${queues.partitions.join(' + ')} waiting, ${queues.instances} instances; ${queues.dead} dead`,
    tasks &&
      `  tasks: ${tasks.waiting} waiting, the oldest for ${seconds(tasks.oldestSeconds)}; ${tasks.failing} failing`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** Where an event is: with whom it waits, is dead or was applied; nothing of one that nobody knows any more. */
export async function findTraces(reach: Reach, eventId: string): Promise<string[]> {
  const traces: string[] = [];
  for (const service of serviceNames) {
    const found = await reach.inDatabase(service, async (client) => {
      const { rows: published } = await client.query<Published>(
        `SELECT name, aggregate, payload, created_at, dead_at, last_error FROM outbox WHERE event_id = $1`,
        [eventId],
      );
      const { rows: applied } = await client.query<{ consumer: string; received_at: Date }>(
        'SELECT consumer, received_at FROM inbox WHERE consumer = ANY ($2) AND event_id = $1',
        [eventId, subscribedTypes(service)],
      );
      return [
        ...published.map((row) => publishedText(service, row)),
        ...applied.map((row) => `${service} applied ${row.consumer} at ${row.received_at.toISOString()}`),
      ];
    });
    traces.push(...(found ?? []));
  }
  return traces;
}

interface Published {
  name: string;
  aggregate: string;
  payload: unknown;
  created_at: Date;
  dead_at: Date | null;
  last_error: string | null;
}

function publishedText(service: ServiceName, row: Published): string {
  const state = row.dead_at
    ? `is dead since ${row.dead_at.toISOString()}: ${row.last_error ?? ''}`
    : 'waits to be sent';
  return `in the outbox of ${service} since ${row.created_at.toISOString()}, ${row.name} of ${row.aggregate} ${state}\n    ${JSON.stringify(row.payload)}`;
}
