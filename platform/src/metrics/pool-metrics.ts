import { Gauge } from 'prom-client';
import { beforeReading, processMetrics } from './process-metrics.ts';

/** What is read of a pool of connections. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { max: number };
}

const registers = [processMetrics];
const connections = new Gauge({
  name: 'socialhub_pool_connections',
  help: 'Connections of a process to the database of a service: busy, idle, and the most that it opens.',
  labelNames: ['service', 'state'],
  registers,
});
const waiting = new Gauge({
  name: 'socialhub_pool_waiting',
  help: 'Who waits for one of them.',
  labelNames: ['service'],
  registers,
});

/** Shows how much of its pool a service uses. Gives what ends that. */
export const watchPool = (service: string, pool: Pool): (() => void) =>
  beforeReading(async () => {
    connections.set({ service, state: 'busy' }, pool.totalCount - pool.idleCount);
    connections.set({ service, state: 'idle' }, pool.idleCount);
    connections.set({ service, state: 'most' }, pool.options.max);
    waiting.set({ service }, pool.waitingCount);
  });
