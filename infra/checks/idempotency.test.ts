import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { idempotencyFaults } from './idempotency.ts';

const faultsOf = (input: string, payload: string, mutation = 'makePost(input: In!): Out') =>
  idempotencyFaults(
    'post',
    `type Mutation { ${mutation} } input In { ${input} } type Out { ${payload} }
     type Post implements Node { id: ID! } type User implements Node { id: ID! } type Count { n: Int }`,
    { makeKnown: 'for a reason' },
  );

it.each([
  ['takes a key', 'text: String! idempotencyKey: ID', 'post: Post!'],
  ['changes what it has to name', 'postId: ID! @id(of: "Post")', 'post: Post!'],
  ['gives no Node', 'text: String!', 'count: Count!'],
  ['gives the person themselves', 'name: String', 'user: User!'],
])('lets pass what %s', (_what, input, payload) => {
  expect(faultsOf(input, payload)).toEqual([]);
});

it('lets pass what is known', () => {
  expect(faultsOf('text: String!', 'post: Post!', 'makeKnown(input: In!): Out')).toEqual([]);
});

const missing = 'post: makePost creates a Post and takes no idempotencyKey';
it.each([
  ['a mutation without a key', 'text: String!', 'post: Post!', missing],
  ['one that names another of its type', 'quoteOfId: ID @id(of: "Post")', 'post: Post!', missing],
  ['one that names something else', 'userId: ID! @id(of: "User")', 'user: User! post: Post', missing],
  [
    'a key that may not be left out',
    'idempotencyKey: ID!',
    'post: Post!',
    'post: the idempotencyKey of makePost is no ID that may be left out',
  ],
])('names the fault of %s', (_what, input, payload, fault) => {
  expect(faultsOf(input, payload)).toEqual([fault]);
});

it('names one that takes nothing, and an exception that is none any more', () => {
  expect(faultsOf('x: Int', 'post: Post!', 'makePost: Out')).toEqual([missing]);
  expect(faultsOf('idempotencyKey: ID', 'post: Post!', 'makeKnown(input: In!): Out')).toEqual([
    'post: makeKnown takes an idempotencyKey and is an exception',
  ]);
});

it.each([
  ['post', ['createPost creates a Post', 'createComment creates a Comment']],
  ['chat', ['startConversation creates a Conversation', 'sendMessage creates a Message']],
  ['media', ['createUpload creates a Media', 'requestDataExport creates a DataExport']],
])('names what %s would lack without its keys', (name, lacking) => {
  const sdl = readFileSync(join(import.meta.dirname, `../../subgraphs/${name}/schema.graphql`), 'utf8');
  const faults = lacking.map((one) => `${name}: ${one} and takes no idempotencyKey`);
  expect(idempotencyFaults(name, sdl)).toEqual([]);
  expect(idempotencyFaults(name, sdl.replaceAll('idempotencyKey: ID\n', 'other: Int\n'))).toEqual(faults);
});
