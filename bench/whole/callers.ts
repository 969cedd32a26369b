import { percentile } from '../measure/statistics.ts';
import { texts } from './operations.ts';
import type { Person } from './people.ts';
import type { WholeSystem } from './system.ts';

/** What so many callers get, each asking again as soon as it has its answer. */
export interface Throughput {
  callers: number;
  perSecond: number;
  p50: number;
  p99: number;
  nodeMs: number;
}

/** Home timelines of 20 posts: everybody follows everybody, and each has posted twice. */
export async function measureCallers(
  system: WholeSystem,
  people: readonly Person[],
  seconds: number,
): Promise<Throughput> {
  for (const one of people) {
    for (const other of people) if (other !== one) await one.ask(texts.follow, { id: other.id });
    for (const text of ['First', 'Second']) await one.ask(texts.post, { text });
  }
  await during(2);
  const before = await system.spent();
  const took = await during(seconds);
  const after = await system.spent();
  const sorted = Float64Array.from(took).sort();
  return {
    callers: people.length,
    perSecond: took.length / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    nodeMs: ((after.nodeSeconds - before.nodeSeconds) * 1000) / took.length,
  };

  async function during(length: number): Promise<number[]> {
    const end = performance.now() + length * 1000;
    const times: number[] = [];
    await Promise.all(
      people.map(async (one) => {
        for (let began = performance.now(); began < end; began = performance.now()) {
          await one.ask(texts.home);
          times.push(performance.now() - began);
        }
      }),
    );
    return times;
  }
}
