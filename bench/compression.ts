import { readFileSync } from 'node:fs';
import { type ContentCoding, compressed } from '@socialhub/platform/http/content-coding';
import { introspectionFromSchema } from 'graphql';
import { apiSchemaOf } from '../gateway/api-diff.ts';

/** What compressing an answer costs and saves: the whole schema, and a page of a timeline. Prints a table. */

const words = 'a bright cold day in april and the clocks were striking thirteen while someone made tea'.split(
  ' ',
);
/** The same on every run, and as little alike as what people write. */
let seed = 1;
const next = (below: number) => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};
const some = (count: number, one: () => string, between: string) =>
  Array.from({ length: count }, one).join(between);
const id = () => some(4, () => next(1e8).toString(16).padStart(8, '0'), '-');
const text = () => some(25, () => words[next(words.length)] ?? '', ' ');

const post = () => ({
  cursor: Buffer.from(id()).toString('base64url'),
  node: {
    __typename: 'Post',
    id: id(),
    text: text(),
    createdAt: new Date(1_790_000_000_000 + next(1e9)).toISOString(),
    likeCount: next(50),
    author: {
      __typename: 'User',
      id: id(),
      username: `person_${next(1000)}`,
      displayName: some(2, () => words[next(words.length)] ?? '', ' '),
      avatar: { url: `https://media.example/${id()}/small.webp` },
    },
  },
});

const schema = apiSchemaOf(readFileSync(new URL('../gateway/supergraph.graphql', import.meta.url), 'utf8'));
const answers = {
  introspection: introspectionFromSchema(schema),
  'a timeline of 20': { homeTimeline: { edges: Array.from({ length: 20 }, post) } },
};
const runs = 200;
const codings: readonly ContentCoding[] = ['br', 'gzip'];

process.stdout.write(
  '| answer | bytes | coding | compressed | ratio | CPU ms |\n| --- | --- | --- | --- | --- | --- |\n',
);
for (const [name, data] of Object.entries(answers)) {
  const bytes = Buffer.from(JSON.stringify({ data }));
  for (const coding of codings) {
    for (let run = 0; run < runs / 4; run += 1) await compressed(bytes, coding);
    const before = process.cpuUsage();
    let size = 0;
    for (let run = 0; run < runs; run += 1) size = (await compressed(bytes, coding))?.length ?? 0;
    const { user, system } = process.cpuUsage(before);
    const row = [
      name,
      bytes.length,
      coding,
      size,
      (size / bytes.length).toFixed(3),
      ((user + system) / 1000 / runs).toFixed(2),
    ];
    process.stdout.write(`| ${row.join(' | ')} |\n`);
  }
}
