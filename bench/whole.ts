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
const sizes = options.quick
  ? { times: 200, listeners: [20, 200], messages: 40, rates: [40, 80, 120], seconds: 8 }
  : {
      times: 600,
      listeners: [1, 20, 200],
      messages: 100,
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
    const people = await register(system.url, Math.max(...sizes.listeners) + 1);
    const costs = await measureListeners(system, people, sizes.listeners, sizes.messages);
    return table([
      [
        'a message, of whose members listen',
        ...['node ms', 'PostgreSQL ms', 'statements', 'requests'],
        ...['node ms each', 'statements each', 'p50 ms', 'p99 ms'],
      ],
      ...costs.map((one) => [
        `${one.listeners} of ${one.members}`,
        ...[one.nodeMs, one.postgresMs, one.statements, one.requests].map(figure),
        ...[one.nodeMsEach, one.statementsEach, one.p50, one.p99].map(figure),
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
