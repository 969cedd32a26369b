import { Counter, Gauge } from 'prom-client';
import { processMetrics } from './process-metrics.ts';
import { watchReading } from './service-gauges.ts';

/** How a step of a task ends: the task is done, has another step, or failed and is tried again. */
export type StepEnd = 'done' | 'saved' | 'failed';

/** The tasks of one kind that nobody has in hand. */
export interface WaitingTasks {
  kind: string;
  /** Counted up to a bound. */
  waiting: number;
  /** Of those, the ones whose last step failed. */
  failing: number;
  oldestSeconds: number;
}

const registers = [processMetrics];
const steps = new Counter({
  name: 'socialhub_task_steps_total',
  help: 'Steps of background tasks by how they ended: done, saved (another follows), failed (it is tried again).',
  labelNames: ['service', 'kind', 'end'],
  registers,
});
const retries = new Counter({
  name: 'socialhub_task_retries_total',
  help: 'Steps that were begun once more after a failure.',
  labelNames: ['service', 'kind'],
  registers,
});

export function countStep(service: string, kind: string, end: StepEnd): void {
  steps.inc({ service, kind, end });
}

export function countRetry(service: string, kind: string): void {
  retries.inc({ service, kind });
}

const labelNames = ['service', 'kind'];
const gauges = {
  waiting: new Gauge({
    name: 'socialhub_tasks_waiting',
    help: 'Background tasks that nobody has in hand, due or put off, up to 1,000 of a kind.',
    labelNames,
    registers,
  }),
  failing: new Gauge({
    name: 'socialhub_tasks_failing',
    help: 'Of those, the ones whose last step failed.',
    labelNames,
    registers,
  }),
  oldestSeconds: new Gauge({
    name: 'socialhub_tasks_oldest_seconds',
    help: 'How long ago the oldest of those was asked for or last got on.',
    labelNames,
    registers,
  }),
};
/** Has a service's tasks read whenever the metrics are. Gives what ends that. */
export const watchTasks = watchReading<readonly WaitingTasks[]>('tasks', (service, kinds) => {
  for (const { kind, ...values } of kinds) {
    gauges.waiting.set({ service, kind }, values.waiting);
    gauges.failing.set({ service, kind }, values.failing);
    gauges.oldestSeconds.set({ service, kind }, values.oldestSeconds);
  }
});
