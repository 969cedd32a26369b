import { startGroup, texts } from './operations.ts';
import type { Person } from './people.ts';
import type { Spent, WholeSystem } from './system.ts';

/** What one operation costs, asked for by one caller, one after the other. */
export interface OperationCost {
  name: string;
  nodeMs: number;
  postgresMs: number;
  statements: number;
  fetches: number;
  requests: number;
  bytes: number;
  /** As the caller sees it. */
  p50: number;
}

/** Differences of what was spent, by `count`. */
export function each(before: Spent, after: Spent, count: number) {
  return {
    nodeMs: ((after.nodeSeconds - before.nodeSeconds) * 1000) / count,
    postgresMs: ((after.postgresSeconds - before.postgresSeconds) * 1000) / count,
    statements: (after.statements - before.statements) / count,
    fetches: (after.fetches - before.fetches) / count,
    requests: (after.requests - before.requests) / count,
    bytes: (after.bytes - before.bytes) / count,
  };
}

/** Measures the operations that people use most: `times` of each, and as many before to warm up. */
export async function measureCosts(
  system: WholeSystem,
  people: readonly Person[],
  times: number,
): Promise<OperationCost[]> {
  const [author, other, ...followers] = people as [Person, Person, ...Person[]];
  await Promise.all(
    [...followers.slice(0, 20), other].map((one) => one.ask(texts.follow, { id: author.id })),
  );
  const posts: string[] = [];
  for (let n = 0; n < 20; n += 1) {
    const made = (await author.ask(texts.post, { text: `Post ${n}` })) as unknown as {
      createPost: { post: { id: string } };
    };
    posts.push(made.createPost.post.id);
  }
  const direct = await startGroup(author, [other]);
  const cases: Record<string, (n: number) => Promise<unknown>> = {
    '{ __typename }': () => other.ask(texts.typename),
    '{ viewer }': () => other.ask(texts.viewer),
    'home timeline, 20 posts': () => other.ask(texts.home),
    'a comment': (n) => other.ask(texts.comment, { id: posts[n % posts.length], text: `Comment ${n}` }),
    'a post, 21 followers': (n) => author.ask(texts.post, { text: `Post number ${n}` }),
    'a message to one': (n) => author.ask(texts.message, { id: direct, text: `Message ${n}` }),
  };
  const costs: OperationCost[] = [];
  for (const [name, run] of Object.entries(cases)) {
    for (let n = 0; n < times; n += 1) await run(n);
    await settled(system);
    const took: number[] = [];
    const before = await system.spent();
    for (let n = 0; n < times; n += 1) {
      const began = performance.now();
      await run(n);
      took.push(performance.now() - began);
    }
    await settled(system);
    const after = await system.spent();
    costs.push({ name, ...each(before, after, times), p50: took.sort((a, b) => a - b)[times >> 1] ?? 0 });
  }
  return costs;
}

/** Resolves when nothing is being done any more: events have been applied, signals sent. */
export async function settled(system: WholeSystem): Promise<void> {
  let quiet = 0;
  let before = await system.spent();
  for (const end = performance.now() + 20_000; quiet < 2 && performance.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const now = await system.spent();
    quiet = now.nodeSeconds - before.nodeSeconds <= 0.02 ? quiet + 1 : 0;
    before = now;
  }
}
