import { type BenchQuery, queries } from '../federation/queries.ts';
import type { Subgraphs } from '../federation/subgraphs.ts';
import { load } from '../measure/load.ts';
import { machineBusySeconds, usageOf } from '../measure/processes.ts';
import { percentile } from '../measure/statistics.ts';
import { isRight, type Running } from './running.ts';

export interface Scenario {
  title: string;
  query: BenchQuery;
  connections: number;
  delayMs: number;
  /** Of a full run; a quick one leaves the others out. */
  isQuick: boolean;
}

const scenario = (query: BenchQuery, connections: number, delayMs = 0): Scenario => ({
  title: `${query === queries.big ? 'big query' : query.name}, ${connections} connection${connections > 1 ? 's' : ''}${
    delayMs > 0 ? `, subgraphs ${delayMs} ms away` : ''
  }`,
  query,
  connections,
  delayMs,
  isQuick: delayMs === 0,
});

export const scenarios: readonly Scenario[] = [
  scenario(queries.big, 50),
  scenario(queries.big, 1),
  scenario(queries.me, 50),
  scenario(queries.me, 1),
  scenario(queries.big, 50, 4),
];

/** One round of one contender. */
export interface Round {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  cpuMs: number;
  subgraphCalls: number;
  rssMegabytes: number;
  failures: number;
  wrongAnswers: number;
  /** Of one core: what this process, load and subgraphs, took; near 1 it and not the gateway may be the limit. */
  loadCore: number;
  /** Of one core: what processes that have nothing to do with the benchmark took. */
  strangers: number;
}

export async function measure(
  running: Running,
  { query, connections, delayMs }: Scenario,
  seconds: number,
  subgraphs: Subgraphs,
): Promise<Round> {
  subgraphs.delay(delayMs);
  const body = JSON.stringify({ query: query.text });
  const before = readings(running, subgraphs);
  const result = await load({ port: running.port, body, connections, seconds });
  const after = readings(running, subgraphs);
  const passed = (name: 'busy' | 'own' | 'gateway' | 'calls') => after[name] - before[name];
  return {
    requestsPerSecond: result.requests / result.seconds,
    p50: percentile(result.milliseconds, 0.5),
    p99: percentile(result.milliseconds, 0.99),
    cpuMs: (passed('gateway') * 1000) / result.requests,
    subgraphCalls: passed('calls') / result.requests,
    rssMegabytes: after.rss / 1e6,
    failures: result.failures,
    wrongAnswers: result.samples.filter((text) => !isRight(text, query)).length,
    loadCore: passed('own') / result.seconds,
    strangers: Math.max(0, passed('busy') - passed('own') - passed('gateway')) / result.seconds,
  };
}

function readings({ process: { pid } }: Running, subgraphs: Subgraphs) {
  const own = process.cpuUsage();
  const gateway = usageOf(pid);
  return {
    busy: machineBusySeconds(),
    own: (own.user + own.system) / 1e6,
    gateway: gateway.cpuSeconds,
    rss: gateway.rssBytes,
    calls: subgraphs.calls(),
  };
}
