import { Client, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { describe, expect, test } from 'vitest';
import type { World } from './world.ts';

const page = gql`
  query ($id: ID!, $after: String) {
    user(id: $id) {
      id
      posts(first: 2, after: $after) {
        edges { node { id text author { id displayName } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;
const rename = gql`
  mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) { user { id displayName } }
  }
`;

interface Page {
  user: {
    posts: {
      edges: { node: { text: string; author: { displayName: string } } }[];
      pageInfo: { endCursor: string };
    };
  };
}

/** urql with Graphcache, which keeps what has an id once. */
export function urql(world: () => World): void {
  describe('urql with Graphcache', () => {
    let requests = 0;
    const warnings: string[] = [];
    const client = () =>
      new Client({
        url: `${world().url}/graphql`,
        fetchOptions: () => ({ headers: { authorization: `Bearer ${world().ann.accessToken}` } }),
        fetch: (...request) => {
          requests += 1;
          return fetch(...request);
        },
        exchanges: [
          cacheExchange({
            schema: world().introspection,
            resolvers: { User: { posts: relayPagination() } },
            logger: (_level, message) => warnings.push(message),
          }),
          fetchExchange,
        ],
      });

    test('joins pages, and shows what a mutation changes wherever it stands', async () => {
      const urql = client();
      const { id } = world().ann;
      const first = await urql.query<Page>(page, { id }).toPromise();
      const after = first.data?.user.posts.pageInfo.endCursor;
      const { data, error } = await urql.query<Page>(page, { id, after }).toPromise();
      expect(error).toBeUndefined();
      const texts = data?.user.posts.edges.map(({ node }) => node.text);
      expect(texts).toEqual(['post 5', 'post 4', 'post 3', 'post 2']);
      expect(requests).toBe(2);

      const renamed = await urql.mutation(rename, { input: { displayName: 'Ann of urql' } }).toPromise();
      expect(renamed.error).toBeUndefined();
      const again = await urql.query<Page>(page, { id, after }, { requestPolicy: 'cache-only' }).toPromise();
      const names = again.data?.user.posts.edges.map(({ node }) => node.author.displayName);
      expect(names).toEqual(Array.from({ length: 4 }, () => 'Ann of urql'));
      expect(requests).toBe(3);
      expect(warnings).toEqual([]);
    });
  });
}
