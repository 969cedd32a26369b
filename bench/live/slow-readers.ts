import { setTimeout as delay } from 'node:timers/promises';
import { openFiles, type Started, usageOf } from '../measure/processes.ts';
import { percentile } from '../measure/statistics.ts';
import { createAudience } from './audience.ts';
import type { EventSource } from './event-source.ts';

export interface SlowReadersResult {
  rssBefore: number;
  /** While they do not read, and when the last of them has been cut. */
  rssMost: number;
  rssAfter: number;
  /** Sent to each of those who do not read until the last was cut, the kernel's buffers included. */
  megabytesEach: number;
  /** From leaving the source to those who read, in ms. */
  p99: number;
  lost: number;
}

const readers = 100;
const eventBytes = 65_536;
const mostEvents = 2000;

/** Many stop reading while events go on, beside some who read. */
export async function measureSlowReaders(
  server: Started,
  port: number,
  query: string,
  source: EventSource,
  slow: number,
): Promise<SlowReadersResult> {
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const reading = createAudience(port, query, (event) =>
    latencies.push(performance.now() - (sentAt[event] ?? Number.NaN)),
  );
  const stopped = createAudience(port, query);
  await reading.join(readers, 100);
  await stopped.join(slow, 100);
  await delay(1000);
  const rssBefore = usageOf(server.pid).rssBytes;
  stopped.stopReading();
  let rssMost = 0;
  let events = 0;
  const openBefore = openFiles(server.pid);
  // They hear nothing of being cut before they read again.
  const cut = () => openBefore - openFiles(server.pid);
  while (events < mostEvents && cut() < slow) {
    events += 1;
    sentAt[events] = performance.now();
    source.emit(eventBytes);
    await reading.heard(events);
    rssMost = Math.max(rssMost, usageOf(server.pid).rssBytes);
  }
  // What is closed has its say for a moment more.
  await delay(4000);
  const rssAfter = usageOf(server.pid).rssBytes;
  const left = slow - cut();
  const lost = reading.lost();
  await Promise.all([reading.leave(), stopped.leave()]);
  if (left > 0) throw new Error(`${left} of those who do not read were not cut`);
  return {
    rssBefore: rssBefore / 1e6,
    rssMost: rssMost / 1e6,
    rssAfter: rssAfter / 1e6,
    megabytesEach: (events * eventBytes) / 1e6,
    p99: percentile(
      latencies.toSorted((a, b) => a - b),
      0.99,
    ),
    lost,
  };
}
