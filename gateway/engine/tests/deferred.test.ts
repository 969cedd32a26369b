import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { deferralOf, splitOperation } from '../src/documents/deferral.ts';
import { planOperation } from '../src/planning/plan-operation.ts';
import { type ReadPart, runIncrementally } from './differential/defers.ts';
import type { AnswerFetch, ForBoth } from './differential/gateways.ts';
import { graph } from './differential/scripted.ts';

const loaded = graph({
  a: `type Query { me: User users: [User!] slow: Int }
    type User @key(fields: "id") { id: ID! name: String! friends: [User!] settings: Settings plain: Int }
    type Settings { theme: String secret: String own: Settings }`,
  b: `type User @key(fields: "id") { id: ID! posts: Int! best: Post }
    type Post @key(fields: "id") { id: ID! text: String }`,
});

/** Answers each fetch with what the first text that it has in it says. */
const byText =
  (answers: Readonly<Record<string, object>>): AnswerFetch =>
  async (query) => {
    const found = Object.entries(answers).find(([text]) => query.includes(text));
    if (!found) throw new Error(`nothing is said of ${query}`);
    return structuredClone(found[1]);
  };

const entities = (...all: object[]) => ({ data: { _entities: all } });
const user = (id: string, more: object = {}) => ({ __typename: 'User', id, ...more });

async function run(
  text: string,
  a: Record<string, object>,
  b: Record<string, object> = {},
  of: ForBoth = loaded,
) {
  const parts = await runIncrementally(of, parse(text), {}, { a: byText(a), b: byText(b) });
  if (!parts) throw new Error('nothing is deferred');
  return parts;
}

const later = (parts: readonly ReadPart[]) => parts.flatMap(({ incremental = [] }) => incremental);

function planOf(text: string, of: ForBoth = loaded) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
  const split = splitOperation(document, operation, deferralOf(document, operation, {}));
  return { split, plan: planOperation(of, split.document, split.operation) };
}

describe('a plan with @defer', () => {
  test('has a node for each deferred fragment that fetches something, by its place in the operation', () => {
    const { split, plan } =
      planOf(`{ me { id ... @defer(label: "x") { name ...P @defer } ... @defer(if: false) { plain } } }
      fragment P on User { posts ... @defer(label: "z") { id } }`);
    expect(split.deferred).toEqual([
      { label: 'x', parent: null },
      { label: undefined, parent: 0 },
      { label: 'z', parent: 1 },
    ]);
    expect(plan.node).toMatchObject({
      kind: 'Defer',
      primary: { node: { kind: 'Fetch', operation: '{me{__typename id plain}}' } },
      deferred: [
        {
          label: '0',
          node: {
            primary: { node: { node: { serviceName: 'a', operation: expect.stringContaining('name') } } },
            deferred: [{ label: '1' }],
          },
        },
      ],
    });
  });

  test('is one without where the planner cannot make it, and the result comes in parts all the same', async () => {
    const buildQueryPlan = (operation: Parameters<typeof loaded.planner.buildQueryPlan>[0]) => {
      if (operation.toString().includes('@defer')) throw new Error('it has no parent in this part');
      return loaded.planner.buildQueryPlan(operation);
    };
    const planner = Object.create(loaded.planner, { buildQueryPlan: { value: buildQueryPlan } });
    const parts = await run(
      '{ me { id ... @defer { name ... @defer { plain } } } }',
      { 'me{id name plain}': { data: { me: user('1', { name: 'One', plain: 1 }) } } },
      {},
      { ...loaded, planner },
    );
    expect(parts).toEqual([
      { data: { me: { id: '1' } }, hasNext: true },
      { incremental: [{ path: ['me'], data: { name: 'One' } }], hasNext: true },
      { incremental: [{ path: ['me'], data: { plain: 1 } }], hasNext: false },
    ]);
  });
});

describe('a deferred part', () => {
  test('sees nothing of what others bring meanwhile, though it is for the same list', async () => {
    const parts = await run(
      '{ me { id friends { id } ... @defer(label: "x") { friends { id name } } ... @defer(label: "y") { friends { id plain } } } }',
      {
        'me{': { data: { me: user('1', { friends: [user('2'), user('3')] }) } },
        name: entities({ friends: [user('2', { name: 'Two' }), user('3', { name: 'Three' })] }),
        plain: entities({ friends: [user('4', { plain: 4 }), user('2', { plain: 2 })] }),
      },
    );
    expect(parts[0]?.data).toEqual({ me: { id: '1', friends: [{ id: '2' }, { id: '3' }] } });
    const of = (label: string) => later(parts).find((one) => one.label === label)?.data;
    expect(of('x')).toEqual({
      friends: [
        { id: '2', name: 'Two' },
        { id: '3', name: 'Three' },
      ],
    });
    expect(of('y')).toEqual({
      friends: [
        { id: '4', plain: 4 },
        { id: '2', plain: 2 },
      ],
    });
  });

  test('has what came for one entity at every place that the entity has', async () => {
    const parts = await run(
      '{ users { id ... @defer { friends { name } ... @defer { friends { posts } } } } }',
      {
        'users{': { data: { users: [user('1'), user('1'), user('2')] } },
        name: entities(
          { friends: [user('9', { name: 'Nine' })] },
          { friends: [user('9', { name: 'Nine' })] },
        ),
        friends: entities({ friends: [user('9')] }, { friends: [user('9')] }),
      },
      { posts: entities({ posts: 7 }) },
    );
    const at = (i: number) =>
      later(parts)
        .filter(({ path }) => path[1] === i)
        .map(({ data }) => data);
    for (const i of [0, 1, 2]) {
      expect(at(i)).toEqual([{ friends: [{ name: 'Nine' }] }, { friends: [{ posts: 7 }] }]);
    }
  });

  test('is there at every place of an object that is written once', async () => {
    const parts = await run(
      '{ users { best { id ... @defer { text } } } }',
      { 'users{': { data: { users: [user('1'), user('1')] } } },
      { best: entities({ best: { __typename: 'Post', id: 'p' } }), text: entities({ text: 'hello' }) },
    );
    expect(later(parts)).toEqual([
      { path: ['users', 0, 'best'], data: { text: 'hello' } },
      { path: ['users', 1, 'best'], data: { text: 'hello' } },
    ]);
  });

  test('is left out where a null has come up to what it is of', async () => {
    const parts = await run('{ users { name ... @defer { posts } } slow }', {
      'users{': { data: { users: [user('2', { name: 'Two' }), user('1', { name: null })], slow: 1 } },
    });
    expect(parts).toMatchObject([{ data: { users: null, slow: 1 }, hasNext: false }]);
  });

  test('is told the error of what came with the first part and is its own', async () => {
    const parts = await run(
      '{ me { settings { theme ... @defer { secret own { theme ... @defer { secret } } } } } }',
      {
        'me{': {
          data: {
            me: user('1', { settings: { theme: 'x', secret: null, own: { theme: 'y', secret: null } } }),
          },
          errors: [
            { message: 'no secret', path: ['me', 'settings', 'secret'] },
            { message: 'no deep secret', path: ['me', 'settings', 'own', 'secret'] },
          ],
        },
      },
    );
    expect(parts[0]).toEqual({ data: { me: { settings: { theme: 'x' } } }, hasNext: true });
    expect(later(parts)).toMatchObject([
      { data: { secret: null, own: { theme: 'y' } }, errors: [{ message: 'no secret' }] },
      { data: { secret: null }, path: ['me', 'settings', 'own'], errors: [{ message: 'no deep secret' }] },
    ]);
  });

  test('that fails for some objects alone is whole for the others', async () => {
    const parts = await run(
      '{ users { id ... @defer { posts } } }',
      { 'users{': { data: { users: [user('1'), user('2')] } } },
      {
        posts: {
          data: { _entities: [null, { posts: 2 }] },
          errors: [{ message: 'broken', path: ['_entities', 0, 'posts'] }],
        },
      },
    );
    expect(parts.slice(1)).toMatchObject([
      {
        incremental: [
          { data: null, path: ['users', 0], errors: [{ message: 'broken', path: ['users', 0, 'posts'] }] },
          { data: { posts: 2 }, path: ['users', 1] },
        ],
        hasNext: false,
      },
    ]);
    expect(later(parts)[1]).not.toHaveProperty('errors');
  });
});

test.each([
  ['a label', `label: "${'x'.repeat(100_000)}"`, 'users'],
  ['a path', 'label: "x"', `${'x'.repeat(100_000)}: users`],
])('%s that is written thousands of times is too large an answer', async (_what, argument, field) => {
  const key = field.split(':')[0] ?? '';
  const parts = await run(`{ ${field} { ... @defer(${argument}) { id ... @defer { plain } } } }`, {
    [key]: { data: { [key]: Array.from({ length: 1000 }, (_, i) => user(String(i), { plain: 1 })) } },
    plain: entities(...Array.from({ length: 1000 }, () => ({ plain: 1 }))),
  });
  expect(JSON.stringify(parts).length).toBeLessThan(25_000_000);
  const failed = later(parts).filter(({ errors }) => errors);
  expect(failed[0]).toMatchObject({ data: null, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(parts.at(-1)?.hasNext).toBe(false);
});
