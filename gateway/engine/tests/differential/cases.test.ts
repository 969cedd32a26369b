import type { GraphQLDataSource } from '@apollo/gateway';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { execute } from '../../src/execution/execute.ts';
import { type AnswerFetch, type ForBoth, planAndCompile, runOurs, runStock } from './gateways.ts';
import { graph, ready, scripted } from './scripted.ts';

// What the generator leaves out because stock gets it wrong, and what it hardly ever comes to.

const one = (fields: string) =>
  graph({ a: `type Query { ${fields} } enum Color { RED } type T { a: Int! t: T! ts: [T!]! }` });

async function ask(loaded: ForBoth, text: string, data: unknown, variables = {}) {
  const a = scripted({ data });
  return runOurs(loaded, ready(loaded, text), variables, { a: a.answer });
}

describe('a leaf', () => {
  const loaded = one('s: String i: Int f: Float b: Boolean id: ID c: Color is: [Int!]');

  test.each([
    ['s', 5, null],
    ['s', 'x"\u2028\ud800', 'x"\u2028\ud800'],
    ['i', 2 ** 31, null],
    ['i', 1.5, null],
    ['i', '5', null],
    ['i', -(2 ** 31), -(2 ** 31)],
    ['f', 1e300, 1e300],
    ['f', '1', null],
    ['b', 0, null],
    ['b', false, false],
    ['id', 7, '7'],
    ['id', 7.5, null],
    ['c', 'RED', 'RED'],
    ['c', 'MAUVE', null],
    ['is', 'no list', null],
    ['is', [1, null], null],
    ['is', [], []],
  ])('%s of %j is %j', async (field, value, expected) => {
    const { data, errors } = await ask(loaded, `{ x: ${field} }`, { x: value });
    expect(data).toEqual({ x: expected });
    const failed = expected === null ? [field === 'is' && Array.isArray(value) ? 'x.1' : 'x'] : [];
    expect(errors.map(({ path }) => path)).toEqual(failed);
  });
});

describe('a null that may not be', () => {
  const loaded = one('t: T');

  test('takes its parents with it up to one that may be null, and is an error at its own place', async () => {
    const text = '{ t { a ts { a t { a } } } }';
    const whole = {
      t: {
        a: 1,
        ts: [
          { a: 1, t: { a: 2 } },
          { a: 1, t: { a: null } },
        ],
      },
    };
    const { data, errors } = await ask(loaded, text, whole);
    expect(data).toEqual({ t: null });
    expect(errors).toEqual([
      {
        message: 'Cannot return null for non-nullable field T.a.',
        path: 't.ts.1.t.a',
        code: 'INTERNAL_SERVER_ERROR',
      },
    ]);
  });

  test('is no second error where the subgraph has told of it', async () => {
    const a = scripted({
      data: { t: { a: null } },
      errors: [{ message: 'no a', path: ['t', 'a'], extensions: { code: 'BROKEN' } }],
    });
    const { data, errors } = await runOurs(loaded, ready(loaded, '{ t { a } }'), {}, { a: a.answer });
    expect(data).toEqual({ t: null });
    expect(errors).toEqual([{ message: 'no a', path: 't.a', code: 'BROKEN' }]);
  });
});

describe('keys', () => {
  const loaded = one('t: T s: String');

  test('come in the order of the specification, fields of the same key merged', async () => {
    const text = '{ ...F s t { a } s2: s } fragment F on Query { t { ts { a } a } }';
    const answer = { t: { a: 1, ts: [{ a: 2 }] }, s: 'x', s2: 'y' };
    const { data } = await ask(loaded, text, answer);
    expect(JSON.stringify(data)).toBe('{"t":{"ts":[{"a":2}],"a":1},"s":"x","s2":"y"}');
  });

  test('of every object are read as what the object itself holds', async () => {
    const text = '{ constructor: s toString: s __proto__: s t { hasOwnProperty: a } }';
    expect((await ask(loaded, text, { t: { hasOwnProperty: 1 } })).data).toEqual(
      JSON.parse('{"constructor":null,"toString":null,"__proto__":null,"t":{"hasOwnProperty":1}}'),
    );
    const answer = JSON.parse('{"constructor":"c","__proto__":"p","t":null}');
    const { data } = await ask(loaded, text, answer);
    expect(JSON.stringify(data)).toBe('{"constructor":"c","toString":null,"__proto__":"p","t":null}');
    await ask(loaded, '{ s }', JSON.parse('{"__proto__":{"polluted":true},"s":"x"}'));
    expect({}).not.toHaveProperty('polluted');
  });
});

test('a fragment on an interface leads back to the object that it is in (stock forgets which that is)', async () => {
  const loaded = graph({
    a: 'type Query { u: U } interface Node { id: ID! } type U implements Node { id: ID! name: String }',
  });
  const text = '{ u { ... on Node { ... on U { name } } } }';
  expect((await ask(loaded, text, { u: { name: 'n' } })).data).toEqual({ u: { name: 'n' } });
});

test('what may not be null in an object may not be, though it may in the interface that it is asked of', async () => {
  const loaded = graph({
    a: 'type Query { u: [Node] } interface Node { name: String } type U implements Node { name: String! }',
  });
  const answer = {
    u: [
      { __typename: 'U', name: 'n' },
      { __typename: 'U', name: null },
    ],
  };
  expect((await ask(loaded, '{ u { name } }', answer)).data).toEqual({ u: [{ name: 'n' }, null] });
});

describe('required fields', () => {
  const loaded = graph({
    a: 'type Query { ts: [T] } type T @key(fields: "id") { id: ID! grid: [[V]] } type V @shareable { v: Int w: Int }',
    b: `type T @key(fields: "id") { id: ID! grid: [[V]] @external sum: Int @requires(fields: "grid { v }") }
      type V @shareable { v: Int }`,
  });

  test('within lists of lists are told (stock tells null)', async () => {
    const a = scripted({ data: { ts: [{ __typename: 'T', id: '1', grid: [[{ v: 1 }, null], []] }] } });
    const b = scripted({ data: { _entities: [{ sum: 1 }] } });
    const prepared = ready(loaded, '{ ts { sum } }');
    const { data } = await runOurs(loaded, prepared, {}, { a: a.answer, b: b.answer });
    expect(data).toEqual({ ts: [{ sum: 1 }] });
    expect(b.asked[0]?.variables).toEqual({
      representations: [{ __typename: 'T', grid: [[{ v: 1 }, null], []], id: '1' }],
    });
  });
});

describe('an entity in many places', () => {
  const loaded = graph({
    a: 'type Query { ts: [T] } type T @key(fields: "id") { id: ID! }',
    b: 'type T @key(fields: "id") { id: ID! n: Int! m: M list: [M] } type M @shareable { x: Int y: Int }',
    c: 'type T @key(fields: "id") { id: ID! k: Int }',
  });
  const places = {
    data: { ts: [{ id: '1' }, null, { id: '2' }, { id: '1' }].map((t) => t && { __typename: 'T', ...t }) },
  };

  test('is asked for once, and its answer and its errors are at all of them', async () => {
    const a = scripted(places);
    const b = scripted({
      data: { _entities: [null, { n: 2 }] },
      errors: [{ message: 'no n', path: ['_entities', 0, 'n'] }],
    });
    const prepared = ready(loaded, '{ ts { n } }');
    const { data, errors } = await runOurs(loaded, prepared, {}, { a: a.answer, b: b.answer });
    expect(b.asked[0]?.variables.representations).toEqual([
      { __typename: 'T', id: '1' },
      { __typename: 'T', id: '2' },
    ]);
    expect(data).toEqual({ ts: [null, null, { n: 2 }, null] });
    expect(errors.map(({ path }) => path)).toEqual(['ts.0.n', 'ts.3.n']);
    expect(errors[0]).toEqual({ message: 'no n', path: 'ts.0.n', code: 'DOWNSTREAM_SERVICE_ERROR' });
  });

  test('is written as often as it is there, with what other subgraphs add', async () => {
    const a = scripted(places);
    const b = scripted({
      data: {
        _entities: [
          { m: { x: 1, y: 2 }, list: [{ y: 3 }] },
          { m: null, list: [] },
        ],
      },
    });
    const c = scripted({ data: { _entities: [{ k: 7 }, null] } });
    const prepared = ready(loaded, '{ ts { m { x y } list { y } k } }');
    const { data } = await runOurs(loaded, prepared, {}, { a: a.answer, b: b.answer, c: c.answer });
    const first = { m: { x: 1, y: 2 }, list: [{ y: 3 }], k: 7 };
    expect(data).toEqual({ ts: [first, null, { m: null, list: [], k: null }, first] });
  });
});

describe('a fetch that fails', () => {
  const loaded = graph({
    a: 'type Query { ts: [T] s: String } type T @key(fields: "id") { id: ID! }',
    b: 'type T @key(fields: "id") { id: ID! n: Int need: Int! } type Query { other: Int }',
  });
  const ts = { data: { ts: [{ __typename: 'T', id: '1' }], s: 'x' } };

  test.each([
    ['gives too few entities', { data: { _entities: [] } }],
    ['gives no list of entities', { data: { _entities: {} } }],
    ['gives no data', { data: null, errors: [{ message: 'down' }] }],
  ])('because the subgraph %s costs its own fields', async (_how, answer) => {
    const a = scripted(ts);
    const b = scripted(answer);
    const prepared = ready(loaded, '{ s ts { id n } }');
    const { data, errors } = await runOurs(loaded, prepared, {}, { a: a.answer, b: b.answer });
    expect(data).toEqual({ s: 'x', ts: [{ id: '1', n: null }] });
    expect(errors).toHaveLength(1);
  });

  test('is told of once, though what it would have brought may not be null', async () => {
    const down: AnswerFetch = async () => {
      throw new Error('down');
    };
    const prepared = ready(loaded, '{ s ts { id need } other }');
    const { data, errors } = await runOurs(loaded, prepared, {}, { a: scripted(ts).answer, b: down });
    expect(data).toEqual({ s: 'x', ts: [null], other: null });
    expect(errors.map(({ message }) => message)).toEqual(['down', 'down']);
  });
});

describe('what the planner gets wrong:', () => {
  const loaded = graph({
    a: `type Query { ts: [T] t: T } type T @key(fields: "id") { id: ID! name: String size(unit: String): Int }`,
    b: `type T @key(fields: "id") {
      id: ID! name: String @external size(unit: String): Int @external
      count: Int  label: String @requires(fields: "name")  area: Int @requires(fields: "size(unit: \\"m\\")")
    }`,
  });

  test('a key that a client gives to another field is neither the key of the entity nor required', async () => {
    const text = '{ t { id: name name: id __typename: name count label } }';
    const a = scripted({
      data: {
        t: {
          __typename: 'T',
          id: '7',
          name: 'n',
          __asked_id: 'n',
          __asked_name: '7',
          __asked___typename: 'n',
        },
      },
    });
    const b = scripted({ data: { _entities: [{ count: 1, label: 'l' }] } });
    const { data, errors } = await runOurs(loaded, ready(loaded, text), {}, { a: a.answer, b: b.answer });
    expect(a.asked[0]?.query).toBe(
      '{t{__typename id __asked_id:name __asked___typename:name __asked_name:id name}}',
    );
    expect(b.asked[0]?.variables).toEqual({ representations: [{ __typename: 'T', id: '7', name: 'n' }] });
    expect(errors).toEqual([]);
    expect(data).toEqual({ t: { id: 'n', name: '7', __typename: 'n', count: 1, label: 'l' } });
  });

  test('a field that is required with arguments is not the one that a client has asked for with others', async () => {
    const text = '{ t { size(unit: "cm") area __required_0_size: size } }';
    const a = scripted({
      data: {
        t: { __typename: 'T', id: '7', size: 100, __required_0_size: 1, __asked___required_0_size: 5 },
      },
    });
    const b = scripted({ data: { _entities: [{ area: 1 }] } });
    const { data } = await runOurs(loaded, ready(loaded, text), {}, { a: a.answer, b: b.answer });
    expect(a.asked[0]?.query).toContain('size(unit:"cm")');
    expect(a.asked[0]?.query).toContain('__required_0_size:size(unit:"m")');
    expect(b.asked[0]?.variables).toEqual({ representations: [{ __typename: 'T', id: '7', size: 1 }] });
    expect(data).toEqual({ t: { size: 100, area: 1, __required_0_size: 5 } });
  });

  test('fields that require the same with different arguments are each told their own', async () => {
    const requiring = graph({
      a: `type Query { ts: [T] } type T @key(fields: "id") { id: ID! size(unit: String): Int box: Box color: String }
        type Box { size(unit: String): Int name: String }`,
      b: `type T @key(fields: "id") { id: ID! size(unit: String): Int @external box: Box @external color: String @external
          plain: Int  metric: Int @requires(fields: "size(unit: \\"m\\") color")
          imperial: Int @requires(fields: "size(unit: \\"ft\\")")
          metricBox: Int @requires(fields: "box { name size(unit: \\"m\\") }")
          imperialBox: Int @requires(fields: "box { size(unit: \\"ft\\") }") }
        type Box @external { size(unit: String): Int name: String }`,
    });
    const text = '{ ts { metric plain both: imperial size(unit: "in") metricBox imperialBox color } }';
    const a: AnswerFetch = async (query) => {
      const keyOf = (unit: string) => new RegExp(`(\\w+):size\\(unit:"${unit}"\\)`).exec(query)?.[1] ?? '?';
      const sizes = (of: number) => ({ [keyOf('m')]: of, [keyOf('ft')]: of * 3 });
      const t = {
        __typename: 'T',
        id: '1',
        color: 'c',
        size: 40,
        ...sizes(1),
        box: { name: 'n', ...sizes(2) },
      };
      return { data: { ts: [t, { ...structuredClone(t), id: '2' }] } };
    };
    const told: unknown[] = [];
    // Both fetches come as one request.
    const b: AnswerFetch = async (query, variables) => {
      const answers: Record<string, unknown> = {};
      for (const [, part, selected = ''] of query.matchAll(/_(\d):_entities.*?on T ?\{(.*?)\}/g)) {
        const list = variables[`_representations${part}`] as Record<string, unknown>[];
        const fields = selected.trim();
        told.push([fields, list[0]]);
        const entries = fields.split(' ').filter((name) => !name.endsWith(':') && name !== 'imperial');
        if (fields.includes('both')) entries.push('both');
        answers[`_${part}`] = list.map(() => Object.fromEntries(entries.map((name) => [name, 1])));
      }
      return { data: answers };
    };
    const { data, errors } = await runOurs(requiring, ready(requiring, text), {}, { a, b });
    expect(errors).toEqual([]);
    const answer = { metric: 1, plain: 1, both: 1, size: 40, metricBox: 1, imperialBox: 1, color: 'c' };
    expect(data).toEqual({ ts: [answer, answer] });
    expect(told).toEqual([
      [
        'metric plain metricBox',
        { __typename: 'T', id: '1', size: 1, color: 'c', box: { name: 'n', size: 2 } },
      ],
      [
        'both: imperial imperialBox',
        { __typename: 'T', id: '1', size: 3, color: 'c', box: { name: 'n', size: 6 } },
      ],
    ]);
  });

  test('errors are at the keys that the client knows', async () => {
    const a = scripted({
      data: { ts: [{ __typename: 'T', id: '7', __asked_id: null }] },
      errors: [{ message: 'no size', path: ['ts', 0, '__asked_id'] }],
    });
    const { errors } = await runOurs(loaded, ready(loaded, '{ ts { id: size } }'), {}, { a: a.answer });
    expect(errors.map(({ path }) => path)).toEqual(['ts.0.id']);
    const required = scripted({
      data: { ts: [{ __typename: 'T', id: '7', __required_0_size: null }] },
      errors: [{ message: 'no size', path: ['ts', 0, '__required_0_size'] }],
    });
    const b = scripted({ data: { _entities: [{ area: null }] } });
    const told = await runOurs(
      loaded,
      ready(loaded, '{ ts { area } }'),
      {},
      { a: required.answer, b: b.answer },
    );
    expect(told.errors.map(({ path }) => path)).toEqual(['ts.0.size']);
  });

  test('a key that may not be used to come back to a subgraph is passed over for one that may', async () => {
    const keyed = graph({
      a: 'type T @key(fields: "id") { id: ID! name: String }',
      b: `type Query { t: T } type T @key(fields: "sku", resolvable: false) @key(fields: "id") {
        id: ID! sku: ID! name: String @external label: String @requires(fields: "name") }`,
    });
    const b = scripted(
      { data: { t: { __typename: 'T', id: '1' } } },
      { data: { _entities: [{ label: 'l' }] } },
    );
    const a = scripted({ data: { _entities: [{ name: 'n' }] } });
    const { data } = await runOurs(keyed, ready(keyed, '{ t { label } }'), {}, { a: a.answer, b: b.answer });
    expect(b.asked[1]?.variables).toEqual({ representations: [{ __typename: 'T', name: 'n', id: '1' }] });
    expect(data).toEqual({ t: { label: 'l' } });
  });

  test('an object of which conditions leave nothing is there all the same', async () => {
    const text = `query ($no: Boolean!) { t { ...F @include(if: $no) ... { id @skip(if: true) } } ts { name @include(if: $no) } }
      fragment F on T { name }`;
    const a = scripted({ data: { t: { __typename: 'T' }, ts: [{ __typename: 'T' }, null] } });
    const { data } = await runOurs(loaded, ready(loaded, text), { no: false }, { a: a.answer });
    expect(data).toEqual({ t: {}, ts: [{}, null] });
  });

  describe('a field to which no key leads', () => {
    const torn = graph({
      a: 'type Query { node: Node s: String } interface Node @key(fields: "id") { id: ID! }',
      b: 'type Query { other: Node } type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! n: Int }',
    });

    test('is an error and not a null without a word', async () => {
      const a = scripted({ data: { s: 'x', node: { __typename: 'Node', id: '1' } } });
      const { data, errors } = await runOurs(torn, ready(torn, '{ s node { id n } }'), {}, { a: a.answer });
      expect(data).toEqual({ s: 'x', node: { id: '1', n: null } });
      expect(errors).toEqual([
        {
          message: 'No subgraph can be asked for field Node.n.',
          path: 'node.n',
          code: 'INTERNAL_SERVER_ERROR',
        },
      ]);
    });

    test('refuses the operation that asks for nothing else', async () => {
      const running = runOurs(torn, ready(torn, '{ node { n } }'), {}, {});
      await expect(running).rejects.toThrow('No subgraph can be asked for Query.node');
      const none = ready(torn, 'query ($no: Boolean!) { node @skip(if: $no) { n } }');
      expect((await runOurs(torn, none, { no: true }, {})).data).toEqual({});
    });
  });
});

describe('introspection', () => {
  const loaded = one('s: String @inaccessible t: T');

  test('is answered without a fetch, with aliases, variables and conditions', async () => {
    const text = `query ($name: String!, $no: Boolean = false) {
      first: __type(name: $name) { ...N } __type(name: "Color") { name } __schema @include(if: $no) { types { name } }
      hidden: __type(name: "Query") { fields { name } } __typename
    } fragment N on __Type { kind name }`;
    const prepared = ready(loaded, text);
    const { data, calls } = await runOurs(loaded, prepared, { name: 'T' }, {});
    expect(data).toEqual({
      first: { kind: 'OBJECT', name: 'T' },
      __type: { name: 'Color' },
      hidden: { fields: [{ name: 't' }] },
      __typename: 'Query',
    });
    expect(calls).toBe(0);
  });

  test('within fragments is planned too (the planner fails over it)', async () => {
    const text =
      'query ($n: String!) { ...F s } fragment F on Query { __schema { queryType { name } } ... { __type(name: $n) { name } } }';
    const document = parse(text);
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
    const a = scripted({ data: { s: 'x' } });
    const process = ({ request }: { request: { query?: string } }) => a.answer(request.query ?? '', {}, []);
    const result = await execute(planAndCompile(one('s: String t: T'), document, operation), {
      subgraph: () => ({ process }) as unknown as GraphQLDataSource,
      variables: { n: 'T' },
      context: {},
    });
    expect(result.data?.text).toBe(
      '{"__schema":{"queryType":{"name":"Query"}},"__type":{"name":"T"},"s":"x"}',
    );
    expect(a.asked[0]?.query).toBe('{s}');
  });
});

test('a condition that has no value is a fault of the request, and nothing is fetched', async () => {
  const loaded = one('s: String');
  const prepared = ready(loaded, 'query ($if: Boolean = true) { s @include(if: $if) }');
  const { data, errors, calls } = await runOurs(loaded, prepared, { if: null }, {});
  expect({ data, calls }).toEqual({ data: undefined, calls: 0 });
  expect(errors[0]?.code).toBe('BAD_USER_INPUT');
});

test('mutations run one after the other, whatever subgraph they are of', async () => {
  const loaded = graph({
    a: 'type Query { q: Int } type Mutation { one: Int three: Int }',
    b: 'type Mutation { two: Int }',
  });
  const order: string[] = [];
  const slow =
    (name: string, delayed: boolean): AnswerFetch =>
    async (query) => {
      if (delayed) await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ${/one|two|three/.exec(query)?.[0]}`);
      return { data: { one: 1, two: 2, three: 3 } };
    };
  const prepared = ready(loaded, 'mutation { one two three }');
  const answers = { a: slow('a', true), b: slow('b', false) };
  const ours = await runOurs(loaded, prepared, {}, answers);
  expect(order).toEqual(['a one', 'b two', 'a three']);
  expect(ours.data).toEqual((await runStock(loaded, prepared, {}, answers)).data);
});
