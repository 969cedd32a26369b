import { Gauge } from 'prom-client';
import { withDeadline } from '../deadline.ts';
import { beforeReading, processMetrics } from './process-metrics.ts';

const registers = [processMetrics];
/** Sooner than Prometheus gives up. */
const readMs = 3_000;

/** Has something read of a service's, from its database or its broker, whenever the metrics are. Gives what ends that. */
export type WatchReading<Found> = (service: string, read: () => Promise<Found>) => () => void;

/** Makes `socialhub_<name>_readable`, which says whether what is `shown` could be read. */
export function watchReading<Found>(
  name: string,
  show: (service: string, found: Found) => void,
): WatchReading<Found> {
  const readable = new Gauge({
    name: `socialhub_${name}_readable`,
    help: `1 where the ${name} of a service could be read, 0 where whoever has them did not answer.`,
    labelNames: ['service'],
    registers,
  });
  return (service, read) =>
    beforeReading(async () => {
      try {
        show(
          service,
          await withDeadline(read(), readMs, () => new Error(`the ${name} was not read in time`)),
        );
        readable.set({ service }, 1);
      } catch {
        readable.set({ service }, 0);
      }
    });
}

/** Makes a gauge `socialhub_<name>_<figure>` for each figure, with what it tells. */
export function serviceGauges<Figure extends string>(
  name: string,
  told: Record<Figure, string>,
): WatchReading<Record<Figure, number>> {
  const gauges = (Object.entries(told) as [Figure, string][]).map(([figure, help]) => ({
    figure,
    gauge: new Gauge({ name: `socialhub_${name}_${figure}`, help, labelNames: ['service'], registers }),
  }));
  return watchReading<Record<Figure, number>>(name, (service, found) => {
    for (const { figure, gauge } of gauges) gauge.set({ service }, found[figure]);
  });
}
