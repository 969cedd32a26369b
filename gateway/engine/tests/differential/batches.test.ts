import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type AnswerFetch, compose, prepare, runOurs } from './gateways.ts';

// Fetches of entities that are due at once at one subgraph are one request.

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n';

const loaded = (() => {
  const made = compose([
    {
      name: 'a',
      sdl: `${link} type Query { u: U l: [U!] v: V } type U @key(fields: "id") { id: ID! } type V @key(fields: "id") { id: ID! }`,
    },
    {
      name: 'b',
      sdl: `${link} type U @key(fields: "id") { id: ID! n(x: Int, y: Int): Int m: String! } type V @key(fields: "id") { id: ID! n(x: Int): Int }`,
    },
  ]);
  if (!made) throw new Error('the subgraphs do not compose');
  return made;
})();

const fromA = {
  u: { __typename: 'U', id: '1' },
  l: [
    { __typename: 'U', id: '2' },
    { __typename: 'U', id: '1' },
  ],
  v: { __typename: 'V', id: '3' },
};
const text = 'query ($x: Int, $y: Int = 5) { u { n(x: $x) } l { m n(y: $y) } v { n(x: $x) } }';

type Asked = { query: string; variables: Record<string, unknown> };

/** Runs the operation; `b` answers what b is asked, of which a list is kept. */
async function run(b: (asked: Asked, times: number) => unknown, query = text) {
  const prepared = prepare(loaded, query);
  if (!prepared) throw new Error('the operation is not valid');
  const asked: Asked[] = [];
  const answer: AnswerFetch = async (of, variables) => {
    asked.push({ query: of, variables });
    return b({ query: of, variables }, asked.length);
  };
  const a: AnswerFetch = async () => ({ data: structuredClone(fromA) });
  const outcome = await runOurs(loaded, prepared, { x: 7 }, { a, b: answer });
  return { ...outcome, asked };
}

/** What b has, whichever way it is asked: every `n` is its entity's id, and its list's place. */
function answerOf({ variables }: Asked) {
  const data: Record<string, unknown> = {};
  for (const [name, list] of Object.entries(variables)) {
    const position = /^_?representations(\d*)$/.exec(name)?.[1];
    if (position === undefined) continue;
    data[position === '' ? '_entities' : `_${position}`] = (list as { id: string }[]).map(({ id }) => ({
      n: Number(id),
      m: `m${id}`,
    }));
  }
  return data;
}

const whole = {
  u: { n: 1 },
  l: [
    { m: 'm2', n: 2 },
    { m: 'm1', n: 1 },
  ],
  v: { n: 3 },
};

describe('fetches that are due at once at one subgraph', () => {
  test('are one request, with each variable once, and each gets its own part of the answer', async () => {
    const { data, errors, asked } = await run((one) => ({ data: answerOf(one) }));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.variables).toEqual({
      x: 7,
      _representations0: [{ __typename: 'U', id: '1' }],
      _representations1: [
        { __typename: 'U', id: '2' },
        { __typename: 'U', id: '1' },
      ],
      _representations2: [{ __typename: 'V', id: '3' }],
    });
    expect(asked[0]?.query).toMatch(
      /^query \(\$_representations0:\[_Any!\]!,.*\$x: Int,\$y: Int = 5\)\{_0:_entities\(/,
    );
    expect({ data, errors }).toEqual({ data: whole, errors: [] });
  });

  test('take the errors that are theirs, at the places of their entities', async () => {
    const { data, errors, asked } = await run((one) => {
      const all = answerOf(one) as Record<string, ({ n: number | null } | null)[]>;
      const [, first] = all._1 ?? [];
      if (first) first.n = null;
      return {
        data: all,
        errors: [{ message: 'no n', path: ['_1', 1, 'n'], extensions: { code: 'BROKEN' } }],
      };
    });
    expect(asked).toHaveLength(1);
    expect(data).toEqual({
      ...whole,
      l: [
        { m: 'm2', n: 2 },
        { m: 'm1', n: null },
      ],
    });
    expect(errors).toEqual([{ message: 'no n', path: 'l.1.n', code: 'BROKEN' }]);
  });

  test('are asked one by one when their answer has no data, so that only what fails by itself is lost', async () => {
    const { data, errors, asked } = await run((one, times) => {
      if (times === 1) return { data: null, errors: [{ message: 'no', path: ['_1'] }] };
      const isSecond =
        Array.isArray(one.variables.representations) && one.variables.representations.length === 2;
      return isSecond
        ? { data: null, errors: [{ message: 'no l', path: ['_entities'] }] }
        : { data: answerOf(one) };
    });
    expect(asked.map(({ query }) => query.includes('_0'))).toEqual([true, false, false, false]);
    expect(data).toEqual({ ...whole, l: null });
    expect(errors.map(({ message, path }) => `${path} ${message}`)).toContain('l no l');
  });

  test('are asked one by one when an error does not say whose it is', async () => {
    const { data, errors, asked } = await run((one, times) => {
      return times === 1
        ? { data: answerOf(one), errors: [{ message: 'something' }] }
        : { data: answerOf(one) };
    });
    expect(asked).toHaveLength(4);
    expect({ data, errors }).toEqual({ data: whole, errors: [] });
  });

  test('are not asked again when there was no answer, and each is missing at its own place', async () => {
    const { data, errors, asked } = await run(() => {
      throw new GraphQLError('away', { path: ['u'], extensions: { code: 'UNAVAILABLE' } });
    });
    expect(asked).toHaveLength(1);
    expect(data).toEqual({ u: { n: null }, l: null, v: { n: null } });
    expect(errors.map(({ message, path, code }) => `${path} ${message} ${code}`).sort()).toEqual([
      'l away UNAVAILABLE',
      'u away UNAVAILABLE',
      'v away UNAVAILABLE',
    ]);
  });

  test('are known by their combination: the same operation again has the same text', async () => {
    const first = await run((one) => ({ data: answerOf(one) }));
    const second = await run((one) => ({ data: answerOf(one) }));
    expect(second.asked).toEqual(first.asked);
  });
});

test('a fetch that is alone is sent as it was planned', async () => {
  const { asked } = await run((one) => ({ data: answerOf(one) }), '{ u { n } }');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.query).toContain('_entities(representations:$representations)');
});
