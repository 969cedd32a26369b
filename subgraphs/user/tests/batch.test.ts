import type { Identity, Viewer } from '@socialhub/platform/identity/identity';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
} from '@socialhub/platform/identity/identity-signer';
import { uuidv7 } from '@socialhub/platform/ids';
import { masterKeys, testClient } from '@socialhub/platform/testing/test-service';
import { dataOf, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { gid, startUsers, type Users } from './people.ts';

let users: Users;
let ann: string;
let blocked: string;
let friend: string;
beforeAll(async () => {
  users = await startUsers();
  [ann = '', blocked = '', friend = ''] = await users.people(3);
  dataOf(await users.block(ann, blocked));
});
afterAll(() => users?.stop());

type Headers = Record<string, string>;
const query =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { id } } }';
const person = (id: string) => ({
  query,
  variables: { representations: [{ __typename: 'User', id: gid(id) }] },
});

async function send(
  operations: { operation: object; headers: Headers[] }[] | string,
  own = users.headersOf(null),
) {
  const response = await fetch(`${users.url}/graphql/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...own },
    body: typeof operations === 'string' ? operations : JSON.stringify({ operations }),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, answers: (await response.json()) as unknown[][] };
}

const seen = { data: { _entities: [{ id: expect.any(String) }] } };
const unseen = { data: { _entities: [null] } };

it('answers each by their own right, and looks up for all of them at once', async () => {
  const headers = [blocked, friend, ann, blocked].map((id) => users.headersOf(id));
  let answers: unknown[][] = [];
  const statements = await users.countQueries(async () => {
    answers = (await send([{ operation: person(ann), headers: [...headers, users.headersOf(null)] }]))
      .answers;
  });
  expect(answers).toEqual([[unseen, seen, seen, unseen, seen]]);
  expect(statements).toBe(1);
});

it('keeps apart what the same person may see in another role', async () => {
  const gone = await users.person({ username: 'suspended' });
  await users.db.query('UPDATE profile SET is_active = false WHERE id = $1', [gone]);
  const viewer = (role: Viewer['role']): Viewer => ({
    userId: friend,
    sessionId: uuidv7(),
    role,
    scopes: [],
  });
  const headers = (['MEMBER', 'MODERATOR', 'MEMBER'] as const).map((role) => users.headersOf(viewer(role)));
  expect((await send([{ operation: person(gone), headers }])).answers).toEqual([[unseen, seen, unseen]]);
});

it('leaves out who is not vouched for, and answers the others', async () => {
  const good = users.headersOf(friend);
  const [[name = '', token = ''] = []] = Object.entries(good);
  const forged = { [name]: `${token.slice(0, -4)}AAAA` };
  const { status, answers } = await send([
    { operation: person(ann), headers: [{}, good, forged, { [name]: 'nonsense' }] },
  ]);
  expect(status).toBe(200);
  expect(answers).toEqual([[null, seen, null, null]]);
});

it('takes an identity neither after its time nor of another service, and the same one any number of times', async () => {
  const good = users.headersOf(friend);
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 120_000);
  const expired = users.headersOf(friend);
  now.mockRestore();
  const identity: Identity = {
    viewer: { userId: friend, sessionId: uuidv7(), role: 'MEMBER', scopes: [] },
    client: testClient,
  };
  const elsewhere = {
    [IDENTITY_HEADER]: createIdentitySigner(deriveIdentityKeys(masterKeys, 'post'), 'post')(identity),
  };
  const { answers } = await send([
    { operation: person(ann), headers: [expired, good, elsewhere, good, good] },
  ]);
  expect(answers).toEqual([[null, seen, null, seen, seen]]);
});

it('begins nothing that changes anything', async () => {
  const follow = {
    query: 'mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }',
    variables: { id: gid(ann) },
  };
  const { answers } = await send([{ operation: follow, headers: [users.headersOf(friend)] }]);
  expect(answers).toEqual([[null]]);
  const { rows } = await users.db.query('SELECT 1 FROM follow WHERE follower_id = $1', [friend]);
  expect(rows).toEqual([]);
});

it('tells what is wrong with one operation in its own place', async () => {
  const headers = [users.headersOf(friend)];
  // What takes a second, as it may on a busy machine, is left to be asked for alone.
  const answers: unknown[][] = await until(async () => {
    const sent = await send([
      { operation: { query: '{ nothing }' }, headers },
      { operation: person(ann), headers },
      { operation: { query: '{ viewer {' }, headers },
    ]);
    return sent.answers[1]?.[0] ? (sent.answers as unknown[][]) : null;
  });
  expect(answers[1]).toEqual([seen]);
  for (const place of [0, 2])
    expect(answers[place]).toEqual([{ errors: [expect.objectContaining({ message: expect.any(String) })] }]);
});

it('lets nobody wait long for an operation that takes its time', async () => {
  // Whoever registered this moment is waited for.
  const headers = [users.headersOf(friend)];
  await send([{ operation: person(ann), headers }]);
  const began = performance.now();
  const { answers } = await send([
    { operation: person(uuidv7()), headers },
    { operation: person(ann), headers: [...headers, users.headersOf(ann)] },
  ]);
  expect(answers).toEqual([[null], [seen, seen]]);
  expect(performance.now() - began).toBeLessThan(900);
});

it('leaves a long answer to be asked for alone, and answers the others', async () => {
  const headers = [users.headersOf(friend)];
  const aliases = (count: number) => Array.from({ length: count }, (_, n) => `a${n}: id`).join(' ');
  const long = (count: number) => ({ ...person(ann), query: query.replace('id }', `${aliases(count)} }`) });
  const { answers } = await send([
    { operation: long(4_000), headers },
    { operation: person(ann), headers },
    { operation: long(1_000), headers },
  ]);
  expect(answers).toEqual([[null], [seen], [{ data: { _entities: [expect.any(Object)] } }]]);
});

it.each([
  ['no JSON', '{'],
  ['no operations', '{}'],
  ['an operation without a query', JSON.stringify({ operations: [{ operation: {}, headers: [{}] }] })],
  ['nobody who asks', JSON.stringify({ operations: [{ operation: { query: '{ a }' }, headers: [] }] })],
  [
    'more than a hundred who ask',
    JSON.stringify({
      operations: Array.from({ length: 2 }, () => ({
        operation: { query: '{ a }' },
        headers: Array.from({ length: 51 }, () => ({})),
      })),
    }),
  ],
])('refuses a batch of %s', async (_, body) => {
  const { status, answers } = await send(body);
  expect(status).toBe(400);
  expect(answers).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(users.loggedErrors).toEqual([]);
});

it('lets in nobody but the gateway', async () => {
  const { status } = await send([{ operation: person(ann), headers: [users.headersOf(friend)] }], {});
  expect(status).toBe(401);
});
