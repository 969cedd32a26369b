import { setTimeout as delay } from 'node:timers/promises';
import { type Started, usageOf } from '../measure/processes.ts';
import { percentile } from '../measure/statistics.ts';
import { createAudience } from './audience.ts';
import type { EventSource } from './event-source.ts';

export interface ReconnectsResult {
  /** From the first connection of the storm until all have an event again. */
  seconds: number;
  /** Attempts to come back that failed and were made again. */
  failures: number;
  /** Sockets of those who stayed that were closed. All others got every event, else there is no result. */
  lost: number;
  /** From leaving the source to a socket that stayed connected, in ms: before the storm, and while it lasted. */
  p99Before: number;
  p99: number;
  worst: number;
  rssMegabytes: number;
}

const steadySockets = 500;
/** Between events to those who stay. */
const everyMs = 200;

/**
 * Some stay connected and hear five events a second. Beside them many are cut off in one moment and come
 * back in one moment.
 */
export async function measureReconnects(
  server: Started,
  port: number,
  query: string,
  source: EventSource,
  sockets: number,
): Promise<ReconnectsResult> {
  const sentAt: number[] = [];
  let latencies: number[] = [];
  const steady = createAudience(port, query, (event) =>
    latencies.push(performance.now() - (sentAt[event] ?? Number.NaN)),
  );
  const returning = createAudience(port, query);
  let emitted = 0;
  let isOver = false;
  const emit = () => {
    emitted += 1;
    sentAt[emitted] = performance.now();
    source.emit();
  };
  const emitAll = async () => {
    while (!isOver) {
      emit();
      await delay(everyMs);
    }
  };

  await steady.join(steadySockets, 100);
  // Once all of it has been compiled.
  await returning.join(sockets, 100);
  await delay(1000);
  await returning.leave();
  await delay(1000);

  const emitting = emitAll();
  await delay(2000);
  const before = sorted(latencies);
  latencies = [];
  const begin = performance.now();
  const comers = createAudience(port, query);
  const failures = await comers.storm(sockets);
  // Each has its subscription when an event reaches it that was sent after its coming.
  await everyoneHears(comers, sockets);
  const seconds = (performance.now() - begin) / 1000;
  const during = sorted(latencies);
  isOver = true;
  await emitting;
  await steady.heard(emitted);
  const { rssBytes } = usageOf(server.pid);
  const lost = steady.lost();
  await Promise.all([steady.leave(), comers.leave()]);
  return {
    seconds,
    failures,
    lost,
    p99Before: percentile(before, 0.99),
    p99: percentile(during, 0.99),
    worst: during.at(-1) ?? Number.NaN,
    rssMegabytes: rssBytes / 1e6,
  };
}

async function everyoneHears(audience: { reached(): number }, sockets: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (audience.reached() < sockets) {
    if (performance.now() > deadline) throw new Error(`only ${audience.reached()} of ${sockets} hear again`);
    await delay(10);
  }
}

const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
