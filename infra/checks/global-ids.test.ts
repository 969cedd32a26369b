import { expect, it } from 'vitest';
import { globalIdFaults } from './global-ids.ts';

const faultsOf = (sdl: string) => globalIdFaults('post', sdl);

it('lets pass what says of which type each id is', () => {
  const sdl = `
    interface Node { id: ID! }
    type Post implements Node { id: ID! }
    input CreatePostInput { mediaIds: [ID!] @id(of: "Media") idempotencyKey: ID }
    type DeletePostPayload { deletedId: ID! @id(of: "Post") }
    type Query { node(id: ID!): Node post(id: ID! @id(of: "Post")): Post }`;
  expect(faultsOf(sdl)).toEqual([]);
});

it.each([
  ['input A { postId: ID! }', 'post: A.postId is an ID without @id(of: …)'],
  ['type A { a(ids: [ID!]): Int }', 'post: A.a(ids:) is an ID without @id(of: …)'],
  ['type A { id: ID! }', 'post: A.id is an ID without @id(of: …)'],
  ['type A { b: ID @id(of: "Thing") }', 'post: A.b is an id of Thing, which is no Node'],
  ['type Post { c: Int }', 'post: Post is a Node in one of schema.graphql and node-types.ts alone'],
  [
    'type Post implements Node @key(fields: "id") @authenticated { id: ID! }',
    'post: @authenticated on Post closes node(id:) for every type',
  ],
  [
    'type Post implements Node { id: ID! @policy(policies: [["a"]]) }',
    'post: @policy on Post closes node(id:) for every type',
  ],
  [
    'interface Node @requiresScopes(scopes: [["a"]]) { id: ID! }',
    'post: @requiresScopes on Node closes node(id:) for every type',
  ],
  [
    'type A implements Node { id: ID! }',
    'post: A is a Node in one of schema.graphql and node-types.ts alone',
  ],
])('names the fault of %s', (sdl, fault) => {
  expect(faultsOf(sdl)).toEqual([fault]);
});
