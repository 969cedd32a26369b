import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type System, startSystem } from '@socialhub/local/system';
import { expectError, type OperationResult, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutationsWithKey } from '../infra/checks/idempotency.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';

// Whatever takes an idempotencyKey: one effect, and its first result, whoever is how unsure whether a request arrived.

let system: System;
let ann: Person;
let bob: Person;
let cid: Person;
let postId: string;
let conversationId: string;

beforeAll(async () => {
  system = await startSystem(await startOptions({ operatorSettings: { media: { DATA_EXPORT_HOURS: '0' } } }));
  [ann, bob, cid] = (await Promise.all(
    ['Ann', 'Bob', 'Cid'].map((name) => register(system.gatewayUrl, name)),
  )) as [Person, Person, Person];
  // The services hear of new accounts one after the other.
  const first = (operation: string, input: object) =>
    until(async () => (await ann.send(operation, { input })).data?.made, { what: 'a first one' });
  postId = (await first(operationOf('createPost', 'post'), { text: 'a post' })).post.id;
  const talk = await first(operationOf('startConversation', 'conversation'), { memberIds: [bob.id] });
  conversationId = talk.conversation.id;
  await until(async () => (await bob.send(`{ user(id: "${cid.id}") { id } }`)).data?.user);
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

const operationOf = (name: string, type: string) =>
  `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { made: ${name}(input: $input) { ${type} { id } } }`;

interface Row {
  type: string;
  /** Two inputs that differ. */
  inputs: () => [object, object];
  /** How many of them there are, to ann. Where it is not told, the results' ids alone are looked at. */
  count?: () => Promise<number>;
}

const lengthOf = (list: { edges: unknown[] }) => list.edges.length;

const rows: Readonly<Record<string, Row>> = {
  createPost: {
    type: 'post',
    inputs: () => [{ text: 'one' }, { text: 'another' }],
    count: async () =>
      lengthOf((await ann.ask('{ viewer { posts(first: 100) { edges { cursor } } } }')).viewer.posts),
  },
  createComment: {
    type: 'comment',
    inputs: () => [
      { postId, text: 'one' },
      { postId, text: 'another' },
    ],
    count: async () => (await ann.ask(`{ post(id: "${postId}") { commentCount } }`)).post.commentCount,
  },
  createUpload: {
    type: 'media',
    inputs: () => [
      { mimeType: 'image/png', byteSize: 100 },
      { mimeType: 'image/jpeg', byteSize: 200 },
    ],
  },
  requestDataExport: { type: 'export', inputs: () => [{}, {}] },
  startConversation: {
    type: 'conversation',
    inputs: () => [
      { memberIds: [bob.id, cid.id], title: 'one' },
      { memberIds: [bob.id, cid.id], title: 'another' },
    ],
    count: async () =>
      lengthOf((await ann.ask('{ conversations(first: 100) { edges { cursor } } }')).conversations),
  },
  sendMessage: {
    type: 'message',
    inputs: () => [
      { conversationId, text: 'one' },
      { conversationId, text: 'another' },
    ],
    count: async () =>
      lengthOf(
        (
          await ann.ask(
            `{ conversation(id: "${conversationId}") { messages(first: 100) { edges { cursor } } } }`,
          )
        ).conversation.messages,
      ),
  },
};

it('has a row for every mutation that takes a key', () => {
  const subgraphs = join(import.meta.dirname, '../subgraphs');
  const found = readdirSync(subgraphs).flatMap((name) =>
    mutationsWithKey(readFileSync(join(subgraphs, name, 'schema.graphql'), 'utf8')),
  );
  expect(found.sort()).toEqual(Object.keys(rows).sort());
});

describe.each(Object.entries(rows))('%s', (name, { type, inputs, count }) => {
  const operation = operationOf(name, type);
  const make = (who: Person, input: object, idempotencyKey?: string | null): Promise<OperationResult> =>
    who.send(operation, { input: { ...input, ...(idempotencyKey !== undefined && { idempotencyKey }) } });
  const idOf = (answer: OperationResult): string => {
    expect(answer.errors, JSON.stringify(answer)).toBeUndefined();
    return answer.data.made[type].id;
  };
  const madeBy = async (work: () => Promise<void>) => {
    const before = await count?.();
    await work();
    return before === undefined ? undefined : ((await count?.()) ?? 0) - before;
  };
  const many = count && 1;

  it('has one effect for one key, at once and later, and gives its first result whatever else is said', async () => {
    const key = randomUUID();
    const [input, other] = inputs();
    const made = await madeBy(async () => {
      const atOnce = await Promise.all(Array.from({ length: 4 }, () => make(ann, input, key)));
      const ids = new Set(atOnce.map(idOf));
      expect(ids.size).toBe(1);
      expect(ids).toContain(idOf(await make(ann, input, key)));
      expect(ids).toContain(idOf(await make(ann, other, key)));
    });
    expect(made).toBe(many);
  });

  it('has an effect for each key, and for each request without one', async () => {
    const [input] = inputs();
    const made = await madeBy(async () => {
      const ids = [
        await make(ann, input, randomUUID()),
        await make(ann, input, randomUUID()),
        await make(ann, input),
        await make(ann, input, null),
      ].map(idOf);
      expect(new Set(ids).size).toBe(4);
    });
    expect(made).toBe(many && 4);
  });

  it('keeps one person’s key from another’s', async () => {
    const key = randomUUID();
    const [input] = inputs();
    const mine = idOf(await make(ann, input, key));
    const theirs = await make(
      bob,
      name === 'startConversation' ? { memberIds: [ann.id, cid.id] } : input,
      key,
    );
    expect(idOf(theirs)).not.toBe(mine);
  });

  it('does not use a key up when it fails', async () => {
    const key = randomUUID();
    const [input] = inputs();
    const [field] = Object.keys(input).slice(-1);
    // What takes nothing but the key has no bad input: the media service's tests have it fail for the time.
    if (field) {
      const bad = { ...input, [field]: field === 'byteSize' ? -1 : 'x'.repeat(6000) };
      expectError(await make(ann, bad, key), 'BAD_USER_INPUT', `input.${field}`);
    }
    idOf(await make(ann, input, key));
  });

  it.each(['', 'x'.repeat(201), 'a\u0000b'])('refuses a key that is none: %j', async (key) => {
    const [input] = inputs();
    expectError(await make(ann, input, key), 'BAD_USER_INPUT', 'input.idempotencyKey');
  });
});
