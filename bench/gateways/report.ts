import { figure, median, table } from '../measure/statistics.ts';
import type { Contender } from './contenders.ts';
import type { Round, Scenario } from './scenarios.ts';

export type Results = ReadonlyMap<Contender, readonly Round[]>;

type Middle = Record<keyof Round, number>;

const heading = ['gateway', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms/request', 'requests/CPU-s'];

const disturbance = 0.1;

/** The rounds in which other processes took the least: chosen by that, never by what was measured. */
export function calmest(results: Results, rounds: number): Results {
  const calm = (all: readonly Round[]) =>
    all.toSorted((a, b) => a.strangers - b.strangers).slice(0, Math.max(1, rounds));
  return new Map([...results].map(([contender, all]) => [contender, calm(all)]));
}

/** Whether more rounds could give calmer ones than the calmest so far. */
export function isDisturbed(results: Results, rounds: number): boolean {
  const all = [...calmest(results, rounds).values()].flat();
  return all.some(({ strangers }) => strangers > disturbance);
}

/** The medians of all rounds, and the requests per CPU-second as multiples of the peers'. */
export function report({ title }: Scenario, results: Results): string {
  const middles = [...results].map(([contender, rounds]) => ({ contender, middle: middleOf(rounds) }));
  const cpuOf = (name: string) =>
    middles.find(({ contender }) => contender.name === name)?.middle.cpuMs ?? Number.NaN;
  const others = ['stock', 'hive', 'grafbase', 'release'].filter((name) => !Number.isNaN(cpuOf(name)));
  const rows = middles.map(({ contender, middle }) => [
    contender.title,
    figure(middle.requestsPerSecond),
    figure(middle.p50),
    figure(middle.p99),
    figure(middle.cpuMs),
    figure(1000 / middle.cpuMs),
    ...others.map((name) => figure(cpuOf(name) / middle.cpuMs)),
    figure(middle.subgraphCalls),
    figure(middle.rssMegabytes),
  ]);
  const columns = [...heading, ...others.map((name) => `x ${name}`), 'subgraph calls', 'RSS MB'];
  return [title, table([columns, ...rows]), ...doubts(results), ''].join('\n');
}

function middleOf(rounds: readonly Round[]): Middle {
  const names = Object.keys(rounds[0] ?? {}) as (keyof Round)[];
  return Object.fromEntries(
    names.map((name) => [name, median(rounds.map((round) => round[name]))]),
  ) as Middle;
}

/** What a reader has to know before believing the figures above. */
function doubts(results: Results): string[] {
  return [...results].flatMap(([{ title }, rounds]) => {
    const sum = (name: keyof Round) => rounds.reduce((total, round) => total + round[name], 0);
    const most = (name: keyof Round) => Math.max(...rounds.map((round) => round[name]));
    return [
      sum('failures') > 0 && `! ${title}: ${sum('failures')} requests failed`,
      sum('wrongAnswers') > 0 && `! ${title}: ${sum('wrongAnswers')} wrong answers under load`,
      most('loadCore') > 0.9 && `! ${title}: the load's core was full (${percent(most('loadCore'))})`,
      most('strangers') > disturbance &&
        `! ${title}: other processes took ${percent(most('strangers'))} of a core`,
    ].filter((line) => line !== false);
  });
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
