import { metricsText } from '../metrics/process-metrics.ts';

/** What /metrics says under this name and these labels, in their order; 0 where it says nothing of it. */
export function valueIn(text: string, name: string, labels: Record<string, string>): number {
  const written = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text.split('\n').find((one) => one.startsWith(`${name}{${written.join(',')}} `));
  return line ? Number(line.slice(line.lastIndexOf(' '))) : 0;
}

/** How much more is refused by a limit from now on, in this process. */
export async function refusalsBy(limit: string): Promise<() => Promise<number>> {
  const read = async () => valueIn(await metricsText(), 'socialhub_refusals_total', { limit });
  const before = await read();
  return async () => (await read()) - before;
}
