import { encodeGlobalId } from '@socialhub/platform/global-ids/codec';
import { nodeTypes } from '@socialhub/platform/global-ids/node-types';
import { uuidv7 } from '@socialhub/platform/ids';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gid, minutesAgo, startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users?.stop());

const ask = async (query: string, variables: Record<string, unknown>, who: string | null = null) =>
  users.as(who).execute(query, variables);
const node = 'query ($id: ID!) { node(id: $id) { __typename id ... on User { username } } }';
const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

it('a person is found by their id, and nobody by an id that nobody has', async () => {
  const id = await users.person({ username: 'noddy' });
  expect(dataOf(await ask(node, { id: gid(id) })).node).toEqual({
    __typename: 'User',
    id: gid(id),
    username: 'noddy',
  });
  expect(dataOf(await ask(node, { id: gid(minutesAgo(3)) })).node).toBeNull();
});

it('a person who blocks the viewer is not there', async () => {
  const [ann = '', ben = ''] = await users.people(2);
  dataOf(await users.block(ann, ben));
  expect(dataOf(await ask(node, { id: gid(ann) }, ben)).node).toBeNull();
});

it('what another service has is named by its type', async () => {
  for (const type of Object.keys(nodeTypes).filter((one) => one !== 'User')) {
    const id = encodeGlobalId(type as keyof typeof nodeTypes, uuidv7());
    expect(dataOf(await ask(node, { id })).node).toEqual({ __typename: type, id });
  }
});

it('many are found in the order in which they are asked for', async () => {
  const [ann = '', ben = ''] = await users.people(2);
  const post = encodeGlobalId('Post', uuidv7());
  const ids = [gid(ben), post, gid(minutesAgo(3)), gid(ann), gid(ben)];
  const found = dataOf(await ask(nodes, { ids })).nodes;
  expect(found.map((one: { id: string } | null) => one?.id)).toEqual([
    gid(ben),
    post,
    undefined,
    gid(ann),
    gid(ben),
  ]);
  const statements = await users.countQueries(() => ask(nodes, { ids }));
  expect(statements).toBe(1);
});

it.each([
  ['nonsense', node, { id: 'nonsense' }, 'id'],
  ['a UUID', node, { id: uuidv7() }, 'id'],
  ['nonsense among others', nodes, { ids: [gid(uuidv7()), ''] }, 'ids'],
  ['more than a hundred', nodes, { ids: Array(101).fill(gid(uuidv7())) }, 'ids'],
])('%s is BAD_USER_INPUT', async (_what, query, variables, field) => {
  expectError(await ask(query, variables), 'BAD_USER_INPUT', field);
});
