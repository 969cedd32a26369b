import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { figure, percentile, table } from './measure/statistics.ts';
import { startFleet } from './rolling/fleet.ts';
import { type Listener, listen, newJournal } from './rolling/listeners.ts';
import { startLoad } from './rolling/load.ts';
import { mostWithin, tally } from './rolling/tally.ts';
import { startGroup, texts } from './whole/operations.ts';
import { type Person, register } from './whole/people.ts';

/**
 * `npm run rolling`: two processes of every service and of the gateway behind balancers; each is replaced in turn while people use
 * the system, and then one of each is killed. Exits with 1 when a replacement failed a request, or anything acknowledged was not seen
 * once by everybody.
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
/** In which a balancer has noticed that a process is gone, and more. */
const killMs = 5_000;

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + waitMs; !holds(); await delay(50)) {
    if (performance.now() > end) throw new Error(`${what} did not come true within ${waitMs / 1000} s`);
  }
}

/** Chat hears of who is new a moment later, and on a busy machine later than it waits. */
async function startGroupSoon(owner: Person, members: readonly Person[]): Promise<string> {
  for (const end = performance.now() + waitMs; ; await delay(500)) {
    try {
      return await startGroup(owner, members);
    } catch (error) {
      if (performance.now() > end) throw error;
    }
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
  const conversationId = await startGroupSoon(first, others);
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
  const wanted = fleet.names.filter((one) => !values.only || values.only.split(',').includes(one));
  for (const name of wanted) {
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
  const replaced = { sent: load.sent, failed: load.failed.length, latencies: [...load.latencies] };
  const codes = [...journal.closed].map(([code, times]) => `${code}: ${times.length}`).join(', ');
  const isGentle = [...journal.closed.keys()].every((code) => code === 1001);
  const away = journal.awayMs.toSorted((a, b) => a - b);
  const latencies = replaced.latencies.toSorted((a, b) => a - b);
  print(`\n${table(rows)}\n`);
  print(
    `Requests: ${replaced.sent}, failed ${replaced.failed}; p50 ${figure(percentile(latencies, 0.5))} ms, p99 ${figure(percentile(latencies, 0.99))} ms.`,
  );
  print(
    `Sockets closed, by code: ${codes || 'none'}; away p50 ${figure(percentile(away, 0.5))} ms, at most ${figure(away.at(-1) ?? Number.NaN)} ms; subscriptions ended with an error: ${journal.refusals.length}.`,
  );
  for (const { what, why } of load.failed.slice(0, 20)) print(`! ${what}: ${why}`);
  for (const refusal of journal.refusals.slice(0, 5)) print(`! ${refusal}`);
  isGood = replaced.failed + journal.refusals.length === 0 && isGentle;

  // A process that is killed fails what it had in hand, and what its balancer sends it before it has noticed.
  const kills = [['kill -9 of one of two', 'requests', 'failed', 'the last after']];
  for (const name of wanted) {
    const [sentBefore, failedBefore, killedAt] = [load.sent, load.failed.length, performance.now()];
    await fleet.killOne(name, 0);
    await delay(killMs);
    await until('every socket listens again', () => listeners.every(({ isListening }) => isListening));
    const failed = load.failed.slice(failedBefore);
    const lastMs = (failed.at(-1)?.at ?? killedAt) - killedAt;
    kills.push([
      name,
      String(load.sent - sentBefore),
      String(failed.length),
      `${(lastMs / 1000).toFixed(1)} s`,
    ]);
    await fleet.revive(name);
  }
  print(`\n${table(kills)}\n`);
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
  print(
    `Messages acknowledged: ${result.acknowledged}; seen by ${listeners.length} sockets ${result.seen} times; lost ${result.lost}, twice ${result.twice}, out of order ${result.disordered}.`,
  );
  isGood &&= result.lost + result.twice + result.disordered === 0;
} finally {
  await fleet.stop();
}
process.exit(isGood ? 0 : 1);
