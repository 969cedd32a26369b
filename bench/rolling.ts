import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { figure, percentile, table } from './measure/statistics.ts';
import { startFleet } from './rolling/fleet.ts';
import { type Listener, listen, newJournal } from './rolling/listeners.ts';
import { startLoad } from './rolling/load.ts';
import { mostWithin, tally } from './rolling/tally.ts';
import { startGroup, texts } from './whole/operations.ts';
import { register } from './whole/people.ts';

/**
 * `npm run rolling`: two processes of every service and of the gateway behind balancers; each is replaced in turn while people use
 * the system. Exits with 1 when a request failed, or anything acknowledged was not seen once by everybody.
 */
const { values } = parseArgs({
  options: {
    sockets: { type: 'string', default: '500' },
    rate: { type: 'string', default: '20' },
    only: { type: 'string' },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const socketCount = Number(values.sockets);
/** Fewer than one may have sockets of one's own. */
const peopleCount = Math.max(2, Math.ceil(socketCount / 20));
const waitMs = 60_000;

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + waitMs; !holds(); await delay(50)) {
    if (performance.now() > end) throw new Error(`${what} did not come true within ${waitMs / 1000} s`);
  }
}

const fleet = await startFleet({ copies: 2 });
process.once('SIGINT', () => fleet.stop().then(() => process.exit(130)));
let isGood = false;
try {
  print(`Two processes of ${fleet.names.join(', ')} are up. Their logs: ${fleet.logDir}`);
  const people = await register(fleet.gatewayUrl, peopleCount);
  const [first, ...others] = people;
  if (!first) throw new Error('nobody was registered');
  const conversationId = await startGroup(first, others);
  const journal = newJournal();
  const listeners: Listener[] = [];
  for (let n = 0; n < socketCount; n += 1) {
    const person = people[n % people.length] ?? first;
    listeners.push(listen({ url: fleet.gatewayUrl, token: person.token, conversationId, journal }));
    if (n % 25 === 24) await delay(100);
  }
  await until('every socket listens', () => listeners.every(({ isListening }) => isListening));
  // A listener without a cursor could not say where it was.
  await first.ask(texts.message, { id: conversationId, text: 'Hello, all of you' });
  await until('every socket has a cursor', () => listeners.every(({ seen }) => seen.length > 0));
  print(
    `${listeners.length} sockets of ${people.length} people listen; ${values.rate} operations a second begin.`,
  );

  const load = startLoad(people, conversationId, Number(values.rate), fleet.gatewayUrl);
  const rows = [
    ['replaced', 'new is ready', 'old has stopped', 'failed', 'closed with 1001', 'within 10 ms'],
  ];
  for (const name of fleet.names.filter((one) => !values.only || values.only.split(',').includes(one))) {
    for (let copy = 0; copy < fleet.copies; copy += 1) {
      const failedBefore = load.failed.length;
      const closedBefore = journal.closed.get(1001)?.length ?? 0;
      const { startMs, stopMs } = await fleet.replace(name, copy);
      await delay(1_500);
      await until('every socket listens again', () => listeners.every(({ isListening }) => isListening));
      const closed = (journal.closed.get(1001) ?? []).slice(closedBefore);
      const row = [
        `${name} ${copy + 1}`,
        `${(startMs / 1000).toFixed(1)} s`,
        `${(stopMs / 1000).toFixed(1)} s`,
        String(load.failed.length - failedBefore),
        String(closed.length),
        String(mostWithin(closed, 10)),
      ];
      rows.push(row);
      print(row.join('  '));
    }
  }
  await load.stop();
  const latest = Math.max(...load.acknowledged);
  await until('everybody has seen the last message', () =>
    listeners.every(({ seen }) => seen.includes(latest)),
  ).catch((error: Error) => print(`! ${error.message}`));
  for (const listener of listeners) listener.stop();

  const result = tally(
    load.acknowledged,
    listeners.map(({ seen }) => seen),
  );
  const latencies = load.latencies.toSorted((a, b) => a - b);
  const away = journal.awayMs.toSorted((a, b) => a - b);
  const codes = [...journal.closed].map(([code, times]) => `${code}: ${times.length}`).join(', ');
  print(`\n${table(rows)}\n`);
  print(
    `Requests: ${load.sent}, failed ${load.failed.length}; p50 ${figure(percentile(latencies, 0.5))} ms, p99 ${figure(percentile(latencies, 0.99))} ms.`,
  );
  print(
    `Sockets closed, by code: ${codes || 'none'}; away p50 ${figure(percentile(away, 0.5))} ms, at most ${figure(away.at(-1) ?? Number.NaN)} ms; subscriptions ended with an error: ${journal.refusals.length}.`,
  );
  print(
    `Messages acknowledged: ${result.acknowledged}; seen by ${listeners.length} sockets ${result.seen} times; lost ${result.lost}, twice ${result.twice}, out of order ${result.disordered}.`,
  );
  for (const { what, why } of load.failed.slice(0, 20)) print(`! ${what}: ${why}`);
  for (const refusal of journal.refusals.slice(0, 5)) print(`! ${refusal}`);
  isGood =
    load.failed.length + result.lost + result.twice + result.disordered + journal.refusals.length === 0 &&
    [...journal.closed.keys()].every((code) => code === 1001);
} finally {
  await fleet.stop();
}
process.exit(isGood ? 0 : 1);
