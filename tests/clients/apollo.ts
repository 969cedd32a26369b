import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { until } from '@socialhub/platform/testing/until';
import { type IntrospectionQuery, OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { World } from './world.ts';

const post = gql`
  fragment PostFields on Post {
    id
    text
    author { id displayName }
  }
`;
const page = gql`
  query ($id: ID!, $after: String) {
    user(id: $id) {
      id
      posts(first: 2, after: $after) {
        edges { cursor node { ...PostFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
  ${post}
`;
const node = gql`
  query ($id: ID!) {
    node(id: $id) {
      ...PostFields
      ... on Comment { commentText: text }
    }
  }
  ${post}
`;
const rename = gql`
  mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) { user { id displayName } }
  }
`;
const publish = gql`
  mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }
`;
const live = gql`
  subscription { homeTimelineEvents { cursor post { ...PostFields } } }
  ${post}
`;

interface Page {
  user: {
    posts: {
      edges: { node: { text: string; author: { displayName: string } } }[];
      pageInfo: { endCursor: string };
    };
  };
}

/** For a cache that is to know what may stand where an interface or a union does. */
const possibleTypes = ({ __schema }: IntrospectionQuery): Record<string, string[]> =>
  Object.fromEntries(
    __schema.types.flatMap((type) =>
      type.kind === 'INTERFACE' || type.kind === 'UNION'
        ? [[type.name, type.possibleTypes.map(({ name }) => name)]]
        : [],
    ),
  );

/** Apollo Client, over HTTP and a WebSocket. */
export function apollo(world: () => World): void {
  describe('Apollo Client', () => {
    let client: ApolloClient;
    let requests = 0;

    beforeAll(() => {
      const { url, ann, introspection } = world();
      const authorization = `Bearer ${ann.accessToken}`;
      const http = new HttpLink({
        uri: `${url}/graphql`,
        headers: { authorization },
        fetch: (...request) => {
          requests += 1;
          return fetch(...request);
        },
      });
      const socket = new GraphQLWsLink(
        createClient({
          url: `${url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          connectionParams: { authorization },
        }),
      );
      client = new ApolloClient({
        link: ApolloLink.split(
          ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
          socket,
          http,
        ),
        cache: new InMemoryCache({
          possibleTypes: possibleTypes(introspection),
          typePolicies: { User: { fields: { posts: relayStylePagination() } } },
        }),
      });
    });
    afterAll(() => client?.stop());

    const kept = () => client.readQuery<Page>({ query: page, variables: { id: world().ann.id } })?.user.posts;
    const nodes = () => kept()?.edges.map(({ node }) => node) ?? [];

    test('joins pages, and keeps each thing once, by its id', async () => {
      const { id } = world().ann;
      const watched = client.watchQuery<Page>({ query: page, variables: { id } });
      await firstValueFrom(watched.pipe(filter(({ dataState }) => dataState === 'complete')));
      await watched.fetchMore({ variables: { after: kept()?.pageInfo.endCursor } });
      expect(nodes().map(({ text }) => text)).toEqual(['post 5', 'post 4', 'post 3', 'post 2']);
      const people = Object.keys(client.cache.extract() as object).filter((key) => key.startsWith('User:'));
      expect(people).toEqual([`User:${id}`]);
      expect(requests).toBe(2);
    });

    test('shows what a mutation changes wherever it stands, without asking again', async () => {
      const before = requests;
      await client.mutate({ mutation: rename, variables: { input: { displayName: 'Ann of Apollo' } } });
      expect(new Set(nodes().map(({ author }) => author.displayName))).toEqual(new Set(['Ann of Apollo']));
      expect(requests).toBe(before + 1);
    });

    test('finds anything by its id, as what it is', async () => {
      const { postId, commentId } = world();
      const find = async (id: string) => (await client.query({ query: node, variables: { id } })).data;
      expect(await find(postId)).toMatchObject({ node: { __typename: 'Post', id: postId, text: 'post 1' } });
      expect(await find(commentId)).toMatchObject({
        node: { __typename: 'Comment', commentText: 'comment 1' },
      });
    });

    test('is told live over graphql-ws, in the same cache', async () => {
      const seen: string[] = [];
      const subscribed = client
        .subscribe<{ homeTimelineEvents: { post: { id: string } } }>({ query: live })
        .subscribe(({ data }) => seen.push(data?.homeTimelineEvents.post.id ?? 'nothing'));
      // Nothing says that a stream has begun.
      const made: unknown[] = [];
      await until(async () => {
        const { data } = await client.mutate<{ createPost: { post: { id: string } } }>({
          mutation: publish,
          variables: { input: { text: 'live' } },
        });
        made.push(data?.createPost.post.id);
        return seen.length > 0;
      });
      subscribed.unsubscribe();
      expect(made).toContain(seen[0]);
      const cached = client.cache.extract() as Record<string, { text?: string } | undefined>;
      expect(cached[`Post:${seen[0]}`]?.text).toBe('live');
    });
  });
}
