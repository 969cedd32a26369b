import { Counter, Histogram } from 'prom-client';
import { processMetrics } from './process-metrics.ts';

/** How an attempt to apply an event ends: it had effect, it failed and is made again, the event is set aside. */
export type EventEnd = 'applied' | 'failed' | 'dead';

const registers = [processMetrics];
const events = new Counter({
  name: 'socialhub_events_total',
  help: 'Events that a service consumes, by what came of an attempt: applied, failed (tried again), dead.',
  labelNames: ['service', 'end'],
  registers,
});
const arrivals = new Histogram({
  name: 'socialhub_event_arrival_seconds',
  help: 'From when a fact was written down by one service until another has applied it.',
  labelNames: ['service'],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
  registers,
});

export const countEvent = (service: string, end: EventEnd): void => events.inc({ service, end });

/** Counts an event as applied. */
export function eventArrived(service: string, writtenAt: Date): void {
  countEvent(service, 'applied');
  arrivals.observe({ service }, Math.max(0, (Date.now() - writtenAt.getTime()) / 1000));
}
