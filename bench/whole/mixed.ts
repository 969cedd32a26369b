import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../measure/statistics.ts';
import { startGroup, streams, texts } from './operations.ts';
import type { Person } from './people.ts';
import type { WholeSystem } from './system.ts';

/** A rate at which people do what they do: a fifth posts, a third messages, the rest comments and timelines. */
export interface MixedResult {
  perSecond: number;
  p50: number;
  p99: number;
  /** Of one core, all Node processes. */
  nodeCore: number;
  postgresCore: number;
  events: number;
  failures: number;
  rssBytes: number;
}

/** Rises until the 99th of a hundred waits twice as long as at the knee. */
export async function measureMixed(
  system: WholeSystem,
  people: readonly Person[],
  rates: readonly number[],
  seconds: number,
): Promise<MixedResult[]> {
  const load = await startMixed(system, people);
  const results: MixedResult[] = [];
  for (const rate of rates) {
    await load.run(rate, 3);
    const result = await load.run(rate, seconds);
    results.push(result);
    if (result.p99 > kneeMs * 2) break;
  }
  await load.stop();
  return results;
}

/** What a minute of the load gave, and the memory at its end. */
export interface MinuteResult extends MixedResult {
  minute: number;
}

/** The same rate for so many minutes. */
export async function measureMemory(
  system: WholeSystem,
  people: readonly Person[],
  rate: number,
  minutes: number,
): Promise<MinuteResult[]> {
  const load = await startMixed(system, people);
  const results: MinuteResult[] = [];
  for (let minute = 1; minute <= minutes; minute += 1)
    results.push({ minute, ...(await load.run(rate, 60)) });
  await load.stop();
  return results;
}

/** Everybody has three streams open, follows the next ten and is in a group of six. */
async function startMixed(system: WholeSystem, people: readonly Person[]) {
  const postIds: string[] = [];
  const groups: string[] = [];
  const follows = people.flatMap((one, at) =>
    Array.from({ length: 10 }, (_, n) => [one, people[(at + n + 1) % people.length] as Person] as const),
  );
  for (let at = 0; at < follows.length; at += 8)
    await Promise.all(
      follows.slice(at, at + 8).map(([one, other]) => one.ask(texts.follow, { id: other.id })),
    );
  for (let at = 0; at < people.length; at += 6) {
    const [owner, ...members] = people.slice(at, at + 6) as [Person, ...Person[]];
    groups.push(await startGroup(owner, members));
  }
  let events = 0;
  const stops = await Promise.all(
    people.flatMap((one) => Object.values(streams).map((query) => one.watch(query, () => (events += 1)))),
  );
  return {
    run,
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };

  async function run(rate: number, forSeconds: number): Promise<MixedResult> {
    const took: number[] = [];
    let failures = 0;
    const under: Promise<unknown>[] = [];
    const eventsBefore = events;
    const before = await system.spent();
    const began = performance.now();
    for (let n = 0; n < rate * forSeconds; n += 1) {
      const due = began + (n * 1000) / rate;
      await delay(Math.max(0, due - performance.now()));
      const sent = Math.min(due, performance.now());
      under.push(
        operate(n).then(
          () => took.push(performance.now() - sent),
          () => {
            failures += 1;
          },
        ),
      );
    }
    await Promise.all(under);
    const passed = (performance.now() - began) / 1000;
    const after = await system.spent();
    const sorted = Float64Array.from(took).sort();
    return {
      perSecond: rate,
      p50: percentile(sorted, 0.5),
      p99: percentile(sorted, 0.99),
      nodeCore: (after.nodeSeconds - before.nodeSeconds) / passed,
      postgresCore: (after.postgresSeconds - before.postgresSeconds) / passed,
      events: (events - eventsBefore) / passed,
      failures,
      rssBytes: after.rssBytes,
    };
  }

  async function operate(n: number): Promise<unknown> {
    const at = (n * 7) % people.length;
    const person = people[at] as Person;
    const kind = n % 15;
    if (kind % 5 === 0) {
      const made = (await person.ask(texts.post, { text: `Post ${n}` })) as unknown as {
        createPost: { post: { id: string } };
      };
      postIds.push(made.createPost.post.id);
      return made;
    }
    if (kind % 3 === 1)
      return person.ask(texts.message, { id: groups[Math.floor(at / 6)], text: `Message ${n}` });
    const postId = postIds[(n * 13) % Math.max(1, postIds.length)];
    if (kind % 2 === 0 && postId) return person.ask(texts.comment, { id: postId, text: `Comment ${n}` });
    return person.ask(texts.home);
  }
}

/** A rate at which the 99th of a hundred waits longer is beyond the knee. */
export const kneeMs = 250;
