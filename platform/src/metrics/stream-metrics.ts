import { Gauge } from 'prom-client';
import { processMetrics } from './process-metrics.ts';

const streams = new Gauge({
  name: 'socialhub_streams',
  help: 'Subscriptions that a service streams to gateways.',
  labelNames: ['service'],
  registers: [processMetrics],
});

/** Counts a stream until the given function is called; more calls change nothing. */
export function countStream(service: string): () => void {
  let isOpen = true;
  streams.inc({ service });
  return () => {
    if (isOpen) streams.dec({ service });
    isOpen = false;
  };
}
