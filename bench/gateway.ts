import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startSubgraphs } from './federation/subgraphs.ts';
import { shop, supergraphFor } from './federation/supergraph.ts';
import { type Contender, contenders, releaseIn } from './gateways/contenders.ts';
import { calmest, isDisturbed, report } from './gateways/report.ts';
import { type Running, start } from './gateways/running.ts';
import { measure, type Round, scenarios } from './gateways/scenarios.ts';
import { installPeers } from './measure/peers.ts';
import { pinThisProcess } from './measure/processes.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    release: { type: 'string' },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 1 : 5));
const seconds = Number(options.seconds ?? (options.quick ? 0.6 : 4));
const warmUpSeconds = options.quick ? 0.8 : 12;
const names = options.only?.split(',');
const print = (line: string) => process.stdout.write(`${line}\n`);

installPeers();
if (!pinThisProcess()) print('! Nothing is pinned: there is no taskset, or one core only.');

const folder = mkdtempSync(join(tmpdir(), 'socialhub-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const subgraphs = await startSubgraphs();
const supergraphFile = join(folder, 'supergraph.graphql');
writeFileSync(supergraphFile, supergraphFor(shop, subgraphs.urls));

const field: Running[] = [];
const peers = contenders.filter(({ name }) => !names || names.includes(name));
const wanted = options.release ? [...peers, releaseIn(resolve(options.release))] : peers;
await Promise.all(
  wanted.map(async (contender) => {
    const started = await start(contender, { supergraphFile, subgraphs: subgraphs.urls, folder });
    if ('excluded' in started) print(`- ${contender.title} is left out: ${started.excluded}`);
    else field.push(started);
  }),
);
field.sort((a, b) => wanted.indexOf(a.contender) - wanted.indexOf(b.contender));
print(`+ the same right answers from: ${field.map(({ contender }) => contender.title).join(', ')}\n`);

for (const scenario of scenarios.filter(({ isQuick }) => isQuick || !options.quick)) {
  const results = new Map<Contender, Round[]>(field.map(({ contender }) => [contender, []]));
  const isFirst = scenario.connections > 1 && scenario.delayMs === 0;
  if (isFirst) for (const running of field) await measure(running, scenario, warmUpSeconds, subgraphs);
  for (let round = 0; round < rounds || (round < 2 * rounds && isDisturbed(results, rounds)); round += 1) {
    for (const running of field) {
      results.get(running.contender)?.push(await measure(running, scenario, seconds, subgraphs));
    }
  }
  print(report(scenario, calmest(results, rounds)));
}

await Promise.all(field.map((running) => running.process.stop()));
await subgraphs.stop();
