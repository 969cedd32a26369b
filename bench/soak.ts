import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { table } from './measure/statistics.ts';
import { startFleet } from './rolling/fleet.ts';
import { listen, newJournal } from './rolling/listeners.ts';
import { tally } from './rolling/tally.ts';
import { compareCopies } from './soak/copies.ts';
import { doDeeds } from './soak/do.ts';
import { judge, type Verdict } from './soak/judge.ts';
import { blowsOf, randomOf } from './soak/plan.ts';
import { readWorld } from './soak/read.ts';
import { startGroup } from './whole/operations.ts';
import { register } from './whole/people.ts';

/**
 * `npm run soak -- --minutes N --seed S`: people use a system of a process for each service, while each process, RabbitMQ and
 * PostgreSQL are killed in turn and sockets are cut; then what was acknowledged is counted in what is there. The same seed plans
 * the same. Exits with 1 unless nothing is lost, doubled, out of order or different from what it should be.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    people: { type: 'string', default: '8' },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const minutes = Number(values.minutes);
const seed = values.seed ? Number(values.seed) : Math.floor(Math.random() * 1_000_000);
const drainMs = 180_000;
const devicesOfEach = 2;

/** Who has just registered is not known to every service yet. */
async function onceKnown<T>(work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + 60_000; ; await delay(500)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}

const fleet = await startFleet({ copies: 1 });
process.once('SIGINT', () => fleet.stop().then(() => process.exit(130)));
let isGood = false;
try {
  const people = await register(fleet.gatewayUrl, Number(values.people));
  const [owner, ...others] = people;
  if (!owner) throw new Error('nobody was registered');
  const conversationId = await onceKnown(() => startGroup(owner, others));
  const firstPosts = people.map((_, number) => `the first of ${number}`);
  const postIds = await Promise.all(
    people.map(async (who, number) => {
      const text = firstPosts[number];
      const query = 'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }';
      const made = await onceKnown(() => who.ask(query, { text }));
      return (made as unknown as { createPost: { post: { id: string } } }).createPost.post.id;
    }),
  );
  const journal = newJournal();
  const devices = people.flatMap(({ token }) =>
    Array.from({ length: devicesOfEach }, () =>
      listen({ url: fleet.gatewayUrl, token, conversationId, journal }),
    ),
  );
  print(
    `Seed ${seed}, ${minutes} minutes, ${people.length} people, ${devices.length} devices. Logs: ${fleet.logDir}`,
  );

  const end = performance.now() + minutes * 60_000;
  const isOver = () => performance.now() > end;
  const doing = doDeeds({ seed, people, postIds, conversationId, isOver });
  const random = randomOf(seed + 1);
  const blows = blowsOf(seed, minutes, [...fleet.names, 'postgresql', 'rabbitmq']);
  const struck = new Map<string, number>();
  for (const { part, afterMs, awayMs } of blows) {
    await delay(afterMs);
    if (isOver()) break;
    struck.set(part, (struck.get(part) ?? 0) + 1);
    if (part === 'sockets') {
      for (const device of devices) if (random() < 0.5) device.cut();
      continue;
    }
    await fleet.kill(part);
    await delay(awayMs);
    await fleet.revive(part);
  }
  const deeds = await doing;
  print(`Killed or cut: ${[...struck].map(([part, times]) => `${part} ${times}`).join(', ')}. Draining.`);

  const isClean = ({ counts, differences }: Verdict) =>
    Object.values(counts).every(({ lost, doubled, foreign }) => lost + doubled + foreign === 0) &&
    Object.values(differences).every((count) => count === 0);
  const tallied = () =>
    tally(
      deeds.seqs,
      devices.map(({ seen }) => seen),
    );
  let verdict: Verdict | undefined;
  let fault: unknown;
  const began = performance.now();
  do {
    await delay(2_000);
    try {
      verdict = judge(deeds, await readWorld(people, postIds, conversationId), firstPosts);
    } catch (error) {
      fault = error;
    }
  } while ((!verdict || !isClean(verdict) || tallied().lost > 0) && performance.now() - began < drainMs);
  if (!verdict) throw fault;
  const live = tallied();

  print(
    `Drained in ${((performance.now() - began) / 1000).toFixed(0)} s; sent again ${deeds.again} times.\n`,
  );
  const rows = Object.entries(verdict.counts).map(
    ([what, { attempted, acknowledged, lost, doubled, foreign }]) =>
      [what, attempted, acknowledged, lost, doubled, foreign].map(String),
  );
  print(table([['', 'attempted', 'acknowledged', 'lost', 'doubled', 'foreign'], ...rows]));
  print(
    `\n${devices.length} devices saw ${live.seen} messages: lost ${live.lost}, doubled ${live.twice}, reordered ${live.disordered}; subscriptions refused ${journal.refusals.length}.`,
  );
  for (const [what, count] of Object.entries(verdict.differences)) print(`${what}: ${count}`);
  const copies = await compareCopies(fleet.databases);
  for (const line of copies.lines) print(line);
  print(`Never acknowledged: ${deeds.givenUp.length}.`);
  for (const line of [...deeds.givenUp.slice(0, 10), ...journal.refusals.slice(0, 5)]) print(`! ${line}`);
  isGood = isClean(verdict) && live.lost + live.twice + live.disordered + copies.differing === 0;
  for (const device of devices) device.stop();
} finally {
  await fleet.stop();
}
process.exit(isGood ? 0 : 1);
