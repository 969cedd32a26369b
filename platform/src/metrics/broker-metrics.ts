import { Gauge } from 'prom-client';
import { beforeReading, processMetrics } from './process-metrics.ts';

const connected = new Gauge({
  name: 'socialhub_broker_connected',
  help: '1 where a service can publish and consume events, 0 where its broker is away or takes none.',
  labelNames: ['service'],
  registers: [processMetrics],
});

/** Shows whether a service has its broker. Gives what ends that. */
export const watchBroker = (service: string, broker: { isReady(): boolean }): (() => void) =>
  beforeReading(async () => connected.set({ service }, broker.isReady() ? 1 : 0));
