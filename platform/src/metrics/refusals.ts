import { Counter } from 'prom-client';
import { processMetrics } from './process-metrics.ts';

/** All that refuses because it is too much, by the names under which it is counted; told in docs/operations.md. */
export const limitNames = [
  'connections',
  'requests of an address',
  'requests of a viewer',
  'new operations',
  'cost',
  'cost of one operation',
  'long bytes',
  'large bodies',
  'pipelined requests',
  'sockets',
  'messages',
  'subscriptions',
  'costly operations',
  'costly events',
  'events',
  'pages',
  'forms',
  'mutations',
  'transactions',
  'password hashes',
  'sign-ins',
  'registrations',
  'mails',
  'mail links',
  'waits for replicas',
  'uploads',
  'storage',
  'examinations',
  'data exports',
] as const;

export type LimitName = (typeof limitNames)[number];

const refusals = new Counter({
  name: 'socialhub_refusals_total',
  help: 'What was refused, ended or sent away because it was too much, by what limits it.',
  labelNames: ['limit'],
  registers: [processMetrics],
});

/** To be called by whatever refuses, once for each that it refuses. */
export const countRefusal = (limit: LimitName): void => refusals.inc({ limit });
