import { buildSubgraphSchema } from '@apollo/subgraph';
import fc from 'fast-check';
import { graphql, parse } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../src/global-ids/codec.ts';
import { type NodeType, nodeTypes } from '../src/global-ids/node-types.ts';
import { withGlobalIds } from '../src/global-ids/schema.ts';
import { uuidv7 } from '../src/ids.ts';

const types = Object.keys(nodeTypes) as NodeType[];

describe('a global id', () => {
  it('gives back the type and the row that it was made of, and is different for every type', () => {
    const uuid = uuidv7();
    const ids = types.map((type) => encodeGlobalId(type, uuid));
    expect(ids.map(decodeGlobalId)).toEqual(types.map((type) => ({ type, uuid })));
    expect(new Set(ids).size).toBe(types.length);
    for (const id of ids) expect(id).toMatch(/^[\w-]{23}$/);
  });

  it('is written in one way alone', () => {
    const id = encodeGlobalId('Post', uuidv7());
    const last = id.at(-1) ?? '';
    for (const other of [
      `${id}=`,
      ` ${id}`,
      id.slice(0, -1),
      `${id}A`,
      `${id.slice(0, -1)}${last === 'B' ? 'C' : 'B'}`,
    ]) {
      expect(decodeGlobalId(other)).toBeNull();
    }
  });

  test('whatever else a client sends is none', () => {
    for (const text of ['', '1', uuidv7(), 'a'.repeat(23), '\u0000'.repeat(23), '😀'.repeat(23)]) {
      expect(decodeGlobalId(text)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const found = decodeGlobalId(text);
        expect(found === null || encodeGlobalId(found.type, found.uuid) === text).toBe(true);
      }),
    );
  });
});

const schema = withGlobalIds(
  buildSubgraphSchema([
    {
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        directive @id(of: String!) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | FIELD_DEFINITION
        interface Node { id: ID! }
        type Post implements Node @key(fields: "id") { id: ID! heard: String }
        type User implements Node @key(fields: "id", resolvable: false) { id: ID! }
        input Inner { mediaIds: [ID!] @id(of: "Media") inner: Inner }
        input Input { postId: ID! @id(of: "Post") inner: Inner idempotencyKey: ID }
        type Query {
          post(id: ID! @id(of: "Post")): Post
          hear(input: Input!): String
          gone: [ID!] @id(of: "Post")
        }`),
      resolvers: {
        Query: {
          post: (_root: unknown, { id }: { id: string }) => ({ id }),
          hear: (_root: unknown, { input }: { input: unknown }) => JSON.stringify(input),
          gone: async () => [postId],
        },
        Post: {
          heard: ({ id }: { id: string }) => id,
          __resolveReference: ({ id }: { id: string }) => ({ id }),
        },
      },
    },
  ]),
);
const postId = '01900000-0000-7000-8000-000000000001';
const mediaId = '01900000-0000-7000-8000-000000000002';
const [post, media] = [encodeGlobalId('Post', postId), encodeGlobalId('Media', mediaId)];
const ask = async (source: string, variableValues: Record<string, unknown> = {}) =>
  JSON.parse(JSON.stringify(await graphql({ schema, source, variableValues })));

describe('at the edge of a subgraph', () => {
  it('ids leave as global ids, and what is behind the resolvers hears UUIDs', async () => {
    const { data } = await ask(`{ post(id: "${post}") { id heard } gone }`);
    expect(data).toEqual({ post: { id: post, heard: postId }, gone: [post] });
  });

  it('ids within input objects and lists are decoded, and a variable that stands twice is too', async () => {
    const input = {
      postId: post,
      inner: { mediaIds: [media], inner: { mediaIds: null } },
      idempotencyKey: post,
    };
    const { data } = await ask('query ($input: Input!) { a: hear(input: $input) b: hear(input: $input) }', {
      input,
    });
    const heard = {
      postId,
      inner: { mediaIds: [mediaId], inner: { mediaIds: null } },
      idempotencyKey: post,
    };
    expect(JSON.parse(data.a)).toEqual(heard);
    expect(JSON.parse(data.b)).toEqual(heard);
  });

  it.each([
    ['an id of another type', `{ post(id: "${media}") { id } }`, 'id has to be the id of a Post'],
    ['a UUID', `{ post(id: "${postId}") { id } }`, 'id has to be the id of a Post'],
    [
      'one further in',
      `{ hear(input: { postId: "${post}", inner: { inner: { mediaIds: ["${media}", "${post}"] } } }) }`,
      'input.inner.inner.mediaIds has to be the id of a Media',
    ],
  ])('%s is BAD_USER_INPUT that says which type is wanted', async (_name, query, message) => {
    const { errors } = await ask(query);
    expect(errors).toEqual([
      expect.objectContaining({
        message,
        extensions: { code: 'BAD_USER_INPUT', field: message.split(' ')[0] },
      }),
    ]);
  });

  it('references of other subgraphs are decoded; one that is none of the type is one to nothing', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Post { id heard } } }';
    const r = [post, media, postId, 7].map((id) => ({ __typename: 'Post', id }));
    const { data } = await ask(query, { r });
    expect(data._entities).toEqual([{ id: post, heard: postId }, null, null, null]);
  });
});
