import { parseArgs } from 'node:util';
import { figure, table } from './measure/statistics.ts';
import { measureCallers } from './whole/callers.ts';
import { measureCosts } from './whole/costs.ts';
import { measureGrowth } from './whole/growth.ts';
import { measureListeners } from './whole/listeners.ts';
import { type MixedResult, measureMemory, measureMixed } from './whole/mixed.ts';
import { register } from './whole/people.ts';
import { type LayoutName, startWhole } from './whole/system.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    release: { type: 'string' },
    layout: { type: 'string', default: 'one process' },
    /** How long the load of the part `memory` lasts. */
    minutes: { type: 'string', default: '30' },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
type System = Awaited<ReturnType<typeof startWhole>>;
/** Half an hour and gigabytes of rows are asked for by name. */
const parts = options.only?.split(',') ?? ['costs', 'callers', 'listeners', 'mixed'];
const audience = (of: 'message' | 'post', listeners: number) => ({ of, listeners });
const sizes = options.quick
  ? {
      times: 300,
      audiences: [audience('message', 20), audience('post', 200)],
      events: 40,
      rates: [40, 80, 120],
      seconds: 8,
      growth: ['tenth', 'whole'] as const,
    }
  : {
      times: 1000,
      audiences: [
        ...[1, 20, 99].map((count) => audience('message', count)),
        ...[20, 200].map((count) => audience('post', count)),
      ],
      events: 100,
      rates: [20, 40, 80, 120, 160, 200, 250, 300, 400],
      seconds: 15,
      growth: ['tenth', 'whole', 'million', 'five million'] as const,
    };
const contenders = [
  { title: 'this', checkout: undefined },
  ...(options.release ? [{ title: 'release', checkout: options.release }] : []),
];
const layouts = options.layout.split(',') as LayoutName[];

const mixedColumns = ['p50 ms', 'p99 ms', 'node cores', 'PostgreSQL cores', 'events/s', 'failed', 'RSS MB'];

const mixedFigures = (one: MixedResult) => [
  ...[one.p50, one.p99, one.nodeCore, one.postgresCore, one.events].map(figure),
  String(one.failures),
  figure(one.rssBytes / 1e6),
];

for (const layout of layouts) {
  for (const part of parts) {
    for (const { title, checkout } of contenders) {
      const system = await startWhole(layout, checkout);
      try {
        print(`${title}, ${layout}`);
        print(await run(part, system));
        print('');
      } finally {
        await system.stop();
      }
    }
  }
}

async function run(part: string, system: System): Promise<string> {
  if (part === 'costs') return costs(system);
  if (part === 'callers') return callers(system);
  if (part === 'listeners') return listeners(system);
  if (part === 'growth') return growth(system);
  if (part === 'memory') {
    const people = await register(system.url, 120);
    const results = await measureMemory(system, people, 40, Number(options.minutes));
    return table([
      ['minute', ...mixedColumns],
      ...results.map((one) => [String(one.minute), ...mixedFigures(one)]),
    ]);
  }
  if (part !== 'mixed') throw new Error(`there is no part ${part}`);
  const people = await register(system.url, 120);
  const results = await measureMixed(system, people, sizes.rates, sizes.seconds);
  return table([
    ['operations/s', ...mixedColumns],
    ...results.map((one) => [String(one.perSecond), ...mixedFigures(one)]),
  ]);
}

async function costs(system: System): Promise<string> {
  const results = await measureCosts(system, await register(system.url, 22), sizes.times);
  return table([
    ['operation', 'node ms', 'PostgreSQL ms', 'statements', 'fetches', 'requests', 'bytes', 'p50 ms'],
    ...results.map((one) => [
      one.name,
      ...[one.nodeMs, one.postgresMs, one.statements].map(figure),
      ...[one.fetches, one.requests, one.bytes, one.p50].map(figure),
    ]),
  ]);
}

async function callers(system: System): Promise<string> {
  const result = await measureCallers(system, await register(system.url, 16), sizes.seconds);
  return table([
    ['home timelines of 20, by so many callers', 'a second', 'node ms', 'p50 ms', 'p99 ms'],
    [String(result.callers), ...[result.perSecond, result.nodeMs, result.p50, result.p99].map(figure)],
  ]);
}

async function listeners(system: System): Promise<string> {
  const most = Math.max(...sizes.audiences.map((one) => one.listeners));
  const people = await register(system.url, most + sizes.audiences.length);
  const results = await measureListeners(system, people, sizes.audiences, sizes.events);
  return table([
    [
      'heard live by so many',
      ...['node ms', 'PostgreSQL ms', 'statements', 'fetches', 'requests'],
      ...['node ms each', 'statements each', 'bytes each', 'p50 ms', 'p99 ms'],
    ],
    ...results.map((one) => [
      `a ${one.of}, ${one.listeners}`,
      ...[one.nodeMs, one.postgresMs, one.statements, one.fetches, one.requests].map(figure),
      ...[one.nodeMsEach, one.statementsEach, one.bytesEach, one.p50, one.p99].map(figure),
    ]),
  ]);
}

async function growth(system: System): Promise<string> {
  const waited = [...(await measureGrowth(system, sizes.growth, sizes.times / 10))];
  const names = waited[0]?.[1].map(({ name }) => name) ?? [];
  return table([
    ['ms, p50 / p99, one caller', ...waited.map(([size]) => size)],
    ...names.map((name, at) => [
      name,
      ...waited.map(
        ([, results]) => `${figure(results[at]?.p50 ?? NaN)} / ${figure(results[at]?.p99 ?? NaN)}`,
      ),
    ]),
  ]);
}
