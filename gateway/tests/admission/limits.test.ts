import { defaultLimits } from '@socialhub/federation-engine';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all, { COST_PER_OPERATION: '0', COST_PER_MINUTE: '0' });
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

interface Told {
  type: string;
  payload: { data?: unknown; errors?: unknown } & Record<number, { message: string; extensions: object }>;
}

/** One operation over a socket of its own: its answer, or the code with which the socket was closed. */
async function overSocket(query: string, size?: number): Promise<Told | number> {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const told: Told[] = [];
  let closed = 0;
  socket.on('message', (data) => told.push(JSON.parse(String(data)) as Told));
  socket.on('close', (code) => {
    closed = code;
  });
  await until(() => socket.readyState === WebSocket.OPEN);
  socket.send('{"type":"connection_init"}');
  await until(() => told.length > 0);
  const message = JSON.stringify({ id: '1', type: 'subscribe', payload: { query } });
  socket.send(size ? message.padEnd(size) : message);
  const answer = await until(() => closed || told[1]);
  socket.close();
  return answer;
}

const nested = (levels: number, inner: string, open: string) =>
  `${`${open} { `.repeat(levels)}${inner}${' }'.repeat(levels)}`;
const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i));
/** One fragment in the other, around a field. */
const fragments = (count: number, inner: string) =>
  times(count, (i) => `fragment F${i} on User { ${i + 1 < count ? `...F${i + 1}` : inner} }`).join(' ');

const people = (inner: (i: number) => string) =>
  times(20, (i) => `p${i}: user(id: 1) { ${inner(i)} }`).join(' ');
/** How many of the rest of `n` fields the i-th of 20 people gets. */
const share = (n: number, i: number) => Math.floor((n - 20) / 20) + (i < (n - 20) % 20 ? 1 : 0);

interface Case {
  limit: keyof typeof defaultLimits;
  what: string;
  at: (size: number) => string;
}

const cases: Case[] = [
  { limit: 'depth', what: 'levels', at: (n) => `{ user(id: 1) { ${nested(n - 2, 'id', 'friends')} } }` },
  {
    limit: 'depth',
    what: 'levels through fragments and a query named __schema',
    at: (n) =>
      `query __schema { user(id: 1) { ...A } }
       fragment B on User { ... on User { ${nested(n - 5, 'id', 'friends')} } }
       fragment A on User { friends { friends { friends { ...B } } } }`,
  },
  {
    limit: 'nesting',
    what: 'inline fragments',
    at: (n) => `{ user(id: 1) { ${nested(n - 2, 'id', '... on User')} } }`,
  },
  {
    limit: 'nesting',
    what: 'fragments in fragments',
    at: (n) => `query __schema { user(id: 1) { ...F0 } } ${fragments(n - 2, 'id')}`,
  },
  { limit: 'rootFields', what: 'root fields', at: (n) => `{ ${'mediaLimits '.repeat(n)} }` },
  {
    limit: 'rootFields',
    what: 'root fields of fragments in a query named __schema',
    at: (n) =>
      `query __schema { ...A twin ...A } fragment A on Query { ... on Query { twin ...B } }
       fragment B on Query { ${'mediaLimits '.repeat(3)} }`.replace(
        'twin ...A',
        `${'twin '.repeat(n - 8)}...A`,
      ),
  },
  { limit: 'aliases', what: 'aliases', at: (n) => `{ posts { ${times(n, (i) => `a${i}: id`).join(' ')} } }` },
  {
    limit: 'aliases',
    what: 'aliases in fragments in a query named __schema',
    at: (n) =>
      `query __schema { a: posts { ...A } } fragment A on Post { ${times(n - 1, (i) => `a${i}: id`).join(' ')} }`,
  },
  { limit: 'directives', what: 'directives', at: (n) => `{ posts { ${'id @skip(if: false) '.repeat(n)} } }` },
  {
    limit: 'directives',
    what: 'directives on fragments in a query named __schema',
    at: (n) =>
      `query __schema { posts { ${'...A @include(if: true) '.repeat(n - 1)} } } fragment A on Post { id @skip(if: false) }`,
  },
  // Spread over 20 people: of fields with one name in one place validation itself compares but so many.
  { limit: 'fields', what: 'fields', at: (n) => `{ ${people((i) => 'id '.repeat(share(n, i)))} }` },
  {
    limit: 'fields',
    what: 'fields of fragments in a query named __schema',
    at: (n) =>
      `query __schema { ${people((i) => `...A ${'id '.repeat(share(n, i) - 90)}`)} }
       fragment A on User { ...B ...B } fragment B on User { ${'id '.repeat(45)} }`,
  },
  {
    limit: 'deferred',
    what: 'deferred fragments that are spread again and again',
    at: (n) =>
      `query __schema { user(id: 1) { ${'...F '.repeat(n)} } } fragment F on User { ... @defer { id } }`,
  },
  // Twelve tokens that are no names of fields, the document's end not among them.
  {
    limit: 'tokens',
    what: 'tokens',
    at: (n) => `query __schema { mediaLimits @skip(if: [${'1 '.repeat(n - 13)}]) }`,
  },
];

const names = {
  deferred: 'deferred fragments',
  depth: 'nested levels',
  nesting: 'nested selections',
  rootFields: 'root fields',
  aliases: 'aliases',
  directives: 'directives',
  fields: 'fields',
  tokens: 'tokens',
};

describe.each(cases)('the limit of $limit, counted in $what,', ({ limit, at }) => {
  const size = defaultLimits[limit];
  const refusal = {
    message: `The operation has too many ${names[limit]}: at most ${size} are allowed`,
    extensions: { code: 'BAD_USER_INPUT', limit: size },
  };

  test('lets through what is as large as that', async () => {
    const { body } = await gateway.query(at(size));
    const told = await overSocket(at(size));
    // A list is no condition: as many tokens as that are parsed, and validation says so.
    if (limit === 'tokens') {
      expect(body.errors?.[0]?.message).toContain('Boolean');
      expect(told).toMatchObject({ type: 'error', payload: [{ message: body.errors?.[0]?.message }] });
    } else {
      expect(body.errors).toBeUndefined();
      expect(told).toMatchObject({ type: 'next', payload: { data: body.data } });
    }
  });

  test('refuses one more, over HTTP and over a socket, and says the limit', async () => {
    expect((await gateway.query(at(size + 1))).body).toEqual({ errors: [refusal] });
    expect(await overSocket(at(size + 1))).toEqual({ id: '1', type: 'error', payload: [refusal] });
    const subscription = at(size + 1);
    expect(
      (await gateway.query(`${subscription} subscription S { chatEvents { cursor } }`)).body.errors,
    ).toHaveLength(1);
  });
});

describe('fragments that contain each other', () => {
  test.each([
    '{ user(id: 1) { ...A } } fragment A on User { ...A }',
    'query __schema { user(id: 1) { ...A } } fragment A on User { friends { ...B } } fragment B on User { ...A }',
  ])('are refused by Apollo Server and on the fast path: %s', async (query) => {
    const { body } = await gateway.query(query);
    expect(body.errors?.[0]?.message).toContain('Cannot spread fragment');
    expect(await overSocket(query)).toMatchObject({
      type: 'error',
      payload: [{ message: expect.stringContaining('Cannot spread fragment') }],
    });
  });
});

describe('a message', () => {
  const body = JSON.stringify({ query: '{ mediaLimits }' });

  test('of 1,000,000 bytes is read over HTTP, and one of a byte more is not', async () => {
    expect((await gateway.post(body.padEnd(1_000_000))).body).toEqual({ data: { mediaLimits: 4 } });
    const { status, body: refused } = await gateway.post(body.padEnd(1_000_001));
    expect(status).toBe(413);
    expect(refused.errors?.[0]?.message).toBe(
      'The body is too large: at most 1000000 bytes are allowed, inflated',
    );
  });

  test('of 1,000,000 bytes is read over a socket, and one of a byte more closes it', async () => {
    expect(await overSocket('{ mediaLimits }', 1_000_000)).toMatchObject({
      payload: { data: { mediaLimits: 4 } },
    });
    expect(await overSocket('{ mediaLimits }', 1_000_001)).toBe(1009);
  });

  test('with several operations in a list is refused, however few', async () => {
    for (const batch of ['[]', `[${body}]`, `[${body},${body}]`]) {
      const { status, body: refused } = await gateway.post(batch);
      expect([status, refused.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    }
  });
});

test('what is as large as every limit allows is checked in well under a second', async () => {
  const started = performance.now();
  await gateway.query(`{ user(id: 1) { ${times(900, () => '... on User { id displayName }').join(' ')} } }`);
  await gateway.query(`{ user(id: 1) { ${'...A '.repeat(900)} } } fragment A on User { id displayName }`);
  expect(performance.now() - started).toBeLessThan(3000);
});
