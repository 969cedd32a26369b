import { parseArgs } from 'node:util';
import { figure, table } from './measure/statistics.ts';
import { measureCosts } from './whole/costs.ts';
import { measureListeners } from './whole/listeners.ts';
import { measureMixed } from './whole/mixed.ts';
import { register } from './whole/people.ts';
import { type LayoutName, startWhole } from './whole/system.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    release: { type: 'string' },
    layout: { type: 'string', default: 'one process' },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const wants = (part: string) => !options.only || options.only.split(',').includes(part);
const audience = (of: 'message' | 'post', listeners: number) => ({ of, listeners });
const sizes = options.quick
  ? {
      times: 300,
      audiences: [audience('message', 20), audience('post', 200)],
      events: 40,
      rates: [40, 80, 120],
      seconds: 8,
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
    };
const contenders = [
  { title: 'this', checkout: undefined },
  ...(options.release ? [{ title: 'release', checkout: options.release }] : []),
];
const layouts = options.layout.split(',') as LayoutName[];

for (const layout of layouts) {
  for (const part of ['costs', 'listeners', 'mixed'].filter(wants)) {
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

async function run(part: string, system: Awaited<ReturnType<typeof startWhole>>): Promise<string> {
  if (part === 'costs') {
    const costs = await measureCosts(system, await register(system.url, 22), sizes.times);
    return table([
      ['operation', 'node ms', 'PostgreSQL ms', 'statements', 'requests', 'p50 ms'],
      ...costs.map((one) => [
        one.name,
        ...[one.nodeMs, one.postgresMs, one.statements, one.requests, one.p50].map(figure),
      ]),
    ]);
  }
  if (part === 'listeners') {
    const most = Math.max(...sizes.audiences.map(({ listeners }) => listeners));
    const people = await register(system.url, most + sizes.audiences.length);
    const costs = await measureListeners(system, people, sizes.audiences, sizes.events);
    return table([
      [
        'heard live by so many',
        ...['node ms', 'PostgreSQL ms', 'statements', 'requests'],
        ...['node ms each', 'statements each', 'requests each', 'p50 ms', 'p99 ms'],
      ],
      ...costs.map((one) => [
        `a ${one.of}, ${one.listeners}`,
        ...[one.nodeMs, one.postgresMs, one.statements, one.requests].map(figure),
        ...[one.nodeMsEach, one.statementsEach, one.requestsEach, one.p50, one.p99].map(figure),
      ]),
    ]);
  }
  const people = await register(system.url, 120);
  const results = await measureMixed(system, people, sizes.rates, sizes.seconds);
  return table([
    ['operations/s', 'p50 ms', 'p99 ms', 'node cores', 'PostgreSQL cores', 'events/s', 'failed', 'RSS MB'],
    ...results.map((one) => [
      String(one.perSecond),
      ...[one.p50, one.p99, one.nodeCore, one.postgresCore, one.events].map(figure),
      String(one.failures),
      figure(one.rssBytes / 1e6),
    ]),
  ]);
}
