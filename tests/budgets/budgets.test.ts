import { readFile, writeFile } from 'node:fs/promises';
import { type System, startSystem } from '@socialhub/local/system';
import { watchQueues } from '@socialhub/platform/events/rabbitmq/queue-depths';
import { watchBroker } from '@socialhub/platform/metrics/broker-metrics';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import { countStream } from '@socialhub/platform/metrics/stream-metrics';
import { countRetry } from '@socialhub/platform/metrics/task-metrics';
import { until } from '@socialhub/platform/testing/until';
import { type PostgresServer, startTemporaryPostgres } from '@socialhub/servers/embedded-postgres';
import { freePort } from '@socialhub/servers/ports';
import { buildASTSchema, parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expressionsOfFiles, offeredBy, promqlFaults } from '../../infra/checks/promql.ts';
import type { Watch } from '../story/client.ts';
import { removeHomes, startOptions } from '../story/home.ts';
import { makeNeighbourhood, type Neighbourhood, turns } from './neighbourhood.ts';
import { budgetedOperations } from './operations.ts';
import { type Cost, costOf, createMeter, type Meter } from './spent.ts';
import { costsIn, tableOf, unbudgeted } from './table.ts';

const page = new URL('../../docs/budgets.md', import.meta.url);
const supergraph = new URL('../../gateway/supergraph.graphql', import.meta.url);

let metricsPort: number;
let postgres: PostgresServer;
let system: System;
let meter: Meter;
let people: Neighbourhood;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  metricsPort = await freePort();
  const options = await startOptions({
    databaseUrl: postgres.url,
    operatorSettings: { gateway: { METRICS_PORT: String(metricsPort) } },
  });
  system = await startSystem(options);
  meter = await createMeter(postgres.url, metricsPort);
  people = await makeNeighbourhood(system.gatewayUrl, options);
}, 120_000);
afterAll(async () => {
  await meter?.stop();
  await system?.stop();
  await postgres?.stop();
  await removeHomes();
}, 60_000);

/** Looks one after another that have to show nothing new. */
const quietLooks = 4;

/** Resolves when what follows from the last operation is done. */
async function settled(): Promise<Cost> {
  let before = await meter.read();
  let quiet = 0;
  return until(
    async () => {
      const now = await meter.read();
      quiet = now.statements === before.statements && now.requests === before.requests ? quiet + 1 : 0;
      before = now;
      return quiet >= quietLooks && now;
    },
    { what: `an end of what follows (${JSON.stringify(before)})` },
  );
}

/** The least of several turns: what runs by the clock falls into some of them. */
async function measured(send: (turn: number) => Promise<unknown>): Promise<Cost> {
  const costs: Cost[] = [];
  let before = await settled();
  for (let turn = 0; turn < turns; turn += 1) {
    await send(turn);
    const after = await settled();
    // The first turn plans the operation and opens connections.
    const spent = before;
    if (turn > 0) costs.push(costOf((name) => after[name] - spent[name]));
    before = after;
  }
  return costOf((name) => Math.min(...costs.map((cost) => cost[name])));
}

const stream = `subscription { chatEvents { cursor message { id text sender { id username } } } }`;
const send =
  'mutation ($id: ID!) { sendMessage(input: { conversationId: $id, text: "hello" }) { message { id } } }';

/** A message to the group of which so many listen. */
async function messageHeardBy(count: number): Promise<Cost> {
  const { ada, others, ids } = people;
  const watches: Watch[] = await Promise.all(others.slice(0, count).map((one) => one.watch(stream)));
  const heard = async () => {
    const due = watches.map(({ answers }) => answers.length + 1);
    await ada.ask(send, { id: ids.group });
    await until(() => watches.every(({ answers }, at) => answers.length >= (due[at] ?? 0)), {
      what: 'the message at all of them',
    });
  };
  // Whoever was late to subscribe has had it by the second.
  await ada.ask(send, { id: ids.group });
  await until(() => watches.every(({ answers }) => answers.length > 0), { what: 'all listening' });
  const cost = await measured(heard);
  for (const watch of watches) watch.drop();
  await Promise.all(watches.map(({ ended }) => ended));
  return cost;
}

it('every operation costs what the table says, and a live event as much whether two or twelve listen', {
  timeout: 280_000,
}, async () => {
  const costs = new Map<string, Cost>();
  for (const { name, send } of budgetedOperations(people)) costs.set(name, await measured(send));
  for (const listeners of [2, 12])
    costs.set(`Subscription.chatEvents, a message that ${listeners} hear`, await messageHeardBy(listeners));

  const present = await readFile(page, 'utf8').catch(() => '');
  if (process.env.UPDATE_BUDGETS) await writeFile(page, tableOf(costs));
  else expect(Object.fromEntries(costs)).toEqual(costsIn(present));
  const [few, many] = [2, 12].map((count) =>
    costs.get(`Subscription.chatEvents, a message that ${count} hear`),
  );
  expect(many?.statements).toBe(few?.statements);
});

it('dashboards and alerts ask for names and labels that this system offers', async () => {
  // What has not happened here has no labels yet: a limit, a second attempt, a faulty operation, RabbitMQ.
  countRefusal('pages');
  countRetry('post', 'nothing');
  countStream('post')();
  const none = { waiting: 0, longest: 0, dead: 0 };
  const watches = [watchQueues('post', async () => none), watchBroker('post', { isReady: () => true })];
  await people.ada.send('{ nothing }');
  await people.ada.send(send, { id: 'nothing' });
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  for (const stop of watches) stop();
  const offered = offeredBy(text);
  expect(expressionsOfFiles().flatMap((one) => promqlFaults(one, offered))).toEqual([]);
});

it('every query, mutation and subscription has a budget, or says why it has none', async () => {
  const schema = buildASTSchema(parse(await readFile(supergraph, 'utf8')), { assumeValid: true });
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
    (type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  );
  const budgeted = Object.keys(costsIn(await readFile(page, 'utf8'))).map((name) => name.split(',')[0]);
  const missing = fields.filter((field) => !budgeted.includes(field) && !(field in unbudgeted));
  expect(missing).toEqual([]);
  const superfluous = Object.keys(unbudgeted).filter(
    (field) => budgeted.includes(field) || !fields.includes(field),
  );
  expect(superfluous).toEqual([]);
});
