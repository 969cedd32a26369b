import { collectDefaultMetrics, Registry } from 'prom-client';

/** What this process counts, whichever services run in it. */
export const processMetrics = new Registry();

export const metricsType = processMetrics.contentType;

const looks = new Set<() => Promise<void>>();

/** Has a function look, each time that the metrics are read and before they are. Gives what ends that. */
export function beforeReading(look: () => Promise<void>): () => void {
  looks.add(look);
  return () => looks.delete(look);
}

let isCollecting = false;

/** All of it with what `more` have, as Prometheus reads it. */
export async function metricsText(...more: readonly Registry[]): Promise<string> {
  // Of the process itself; measuring the event loop is left until somebody asks.
  if (!isCollecting) collectDefaultMetrics({ register: processMetrics });
  isCollecting = true;
  await Promise.all([...looks].map((look) => look()));
  return Registry.merge([processMetrics, ...more]).metrics();
}
