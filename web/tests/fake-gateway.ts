import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buildSchema, GraphQLError, graphql } from 'graphql';

// The part of the public contract that the web asks for, answered from memory.
const schema = buildSchema(/* GraphQL */ `
  scalar DateTime
  enum Visibility { PUBLIC FOLLOWERS MENTIONED }
  enum MediaKind { IMAGE VIDEO }
  enum MediaStatus { AWAITING_UPLOAD PROCESSING READY FAILED }
  enum MediaVariant { ORIGINAL LARGE THUMBNAIL POSTER }
  type PageInfo { startCursor: String endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! }
  type Tokens {
    accessToken: String! accessTokenExpiresAt: DateTime! refreshToken: String! refreshTokenExpiresAt: DateTime!
  }
  type Media {
    id: ID! kind: MediaKind! status: MediaStatus! width: Int height: Int altText: String blurhash: String
    url(variant: MediaVariant = LARGE): String
  }
  type User {
    id: ID! username: String! displayName: String! bio: String avatar: Media
    followerCount: Int! followingCount: Int! postCount: Int
  }
  type ReactionCount { emoji: String! count: Int! }
  type Post {
    id: ID! author: User text: String! contentWarning: String visibility: Visibility! media: [Media!]
    quoteOf: Post repostOf: Post createdAt: DateTime! editedAt: DateTime
    commentCount: Int! repostCount: Int! reactions: [ReactionCount!]! viewerReactions: [String!]!
  }
  type PostEdge { cursor: String! node: Post! }
  type PostConnection { edges: [PostEdge!]! pageInfo: PageInfo! }
  input RegisterInput { email: String! username: String! displayName: String password: String! }
  input LogInInput { identifier: String! password: String! twoFactorCode: String }
  input CreatePostInput {
    text: String! contentWarning: String visibility: Visibility = PUBLIC mediaIds: [ID!] quoteOfId: ID
    idempotencyKey: ID
  }
  type RegisterPayload { tokens: Tokens! user: User }
  type LogInPayload { tokens: Tokens! user: User }
  type RefreshTokensPayload { tokens: Tokens! }
  type OkPayload { ok: Boolean! }
  type PostPayload { post: Post! }
  type Query {
    viewer: User
    homeTimeline(first: Int = 20, after: String): PostConnection!
    publicTimeline(first: Int = 20, after: String): PostConnection!
  }
  type Mutation {
    register(input: RegisterInput!): RegisterPayload!
    logIn(input: LogInInput!): LogInPayload!
    refreshTokens(refreshToken: String!): RefreshTokensPayload!
    logOut: OkPayload!
    createPost(input: CreatePostInput!): PostPayload!
  }
`);

export interface FakePost {
  id: string;
  author: FakeUser | null;
  text: string;
  media: unknown[] | null;
  [field: string]: unknown;
}

export interface FakeUser {
  id: string;
  username: string;
  displayName: string;
  [field: string]: unknown;
}

// A flat 8x6 PNG.
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEklEQVR4nGPInhWJFTEMLQkAaQ9PQU5JOGMAAAAASUVORK5CYII=',
  'base64',
);

let counter = 0;
const nextId = () => `01990000-0000-7000-8000-${(++counter).toString(16).padStart(12, '0')}`;

const refuse = (code: string, message: string, more: Record<string, unknown> = {}) =>
  new GraphQLError(message, { extensions: { code, ...more } });

// As the services word it: the argument's path, and what is wrong with it.
const badUserInput = (field: string, message: string) =>
  refuse('BAD_USER_INPUT', `${field} ${message}`, { field });

/** Gives a person for the fake gateway. */
export function person(username: string, displayName: string, more: Record<string, unknown> = {}): FakeUser {
  const counts = { followerCount: 3, followingCount: 5, postCount: 12 };
  return { id: nextId(), username, displayName, bio: null, avatar: null, ...counts, ...more };
}

/** Gives a post for the fake gateway. */
export function post(author: FakeUser | null, text: string, more: Record<string, unknown> = {}): FakePost {
  return {
    id: nextId(),
    author,
    text,
    contentWarning: null,
    visibility: 'PUBLIC',
    media: [],
    quoteOf: null,
    repostOf: null,
    createdAt: new Date(Date.now() - 3 * 60_000).toISOString(),
    editedAt: null,
    commentCount: 0,
    repostCount: 0,
    reactions: [],
    viewerReactions: [],
    ...more,
  };
}

/** Gives a picture for the fake gateway, served from its own address as presigned ones are. */
export function picture(origin: string, altText: string, more: Record<string, unknown> = {}) {
  const url = `${origin}/media/picture.png?X-Amz-Signature=abc`;
  const size = { width: 1200, height: 900, blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj' };
  return { id: nextId(), kind: 'IMAGE', status: 'READY', altText, ...size, url, ...more };
}

interface Session {
  user: FakeUser;
  refreshToken: string;
}

/** Starts the fake gateway. State is public: a test arranges it and looks at what arrived. */
export async function startFakeGateway() {
  const state = {
    users: new Map<string, { user: FakeUser; password: string }>(),
    accessTokens: new Map<string, Session>(),
    posts: [] as FakePost[],
    calls: [] as string[],
    postKeys: new Map<string, FakePost>(),
    /** Root fields that are down: they answer null and UNAVAILABLE. */
    down: new Set<string>(),
  };
  const sessions = new Map<string, Session>();

  function issue(user: FakeUser) {
    const session = { user, refreshToken: `refresh-${nextId()}` };
    const accessToken = `access-${nextId()}`;
    sessions.set(session.refreshToken, session);
    state.accessTokens.set(accessToken, session);
    return {
      accessToken,
      accessTokenExpiresAt: new Date(Date.now() + 900_000).toISOString(),
      refreshToken: session.refreshToken,
      refreshTokenExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
  }

  function page(all: FakePost[], { first, after }: { first: number; after?: string | null }) {
    const from = after ? all.findIndex((entry) => entry.id === after) + 1 : 0;
    if (after && from === 0) throw badUserInput('after', 'is not a cursor of this list');
    const rows = all.slice(from, from + first);
    return {
      edges: rows.map((node) => ({ cursor: node.id, node })),
      pageInfo: {
        startCursor: rows[0]?.id ?? null,
        endCursor: rows.at(-1)?.id ?? null,
        hasNextPage: from + first < all.length,
        hasPreviousPage: from > 0,
      },
    };
  }

  function roots(session: Session | undefined) {
    const call = <Args, Result>(name: string, run: (args: Args) => Result) => {
      return (args: Args) => {
        state.calls.push(name);
        if (state.down.has(name)) throw refuse('UNAVAILABLE', 'Not now.');
        return run(args);
      };
    };
    const signedIn = () => {
      if (!session) throw refuse('UNAUTHENTICATED', 'Sign in first.');
      return session.user;
    };
    return {
      viewer: call('viewer', () => session?.user ?? null),
      homeTimeline: call('homeTimeline', (args: { first: number; after?: string }) => {
        signedIn();
        return page(state.posts, args);
      }),
      publicTimeline: call('publicTimeline', (args: { first: number; after?: string }) =>
        page(
          state.posts.filter((entry) => entry.visibility === 'PUBLIC'),
          args,
        ),
      ),
      register: call('register', ({ input }: { input: Record<string, string> }) => {
        const { username = '', password = '', displayName = '' } = input;
        if (password.length < 8) {
          throw badUserInput('input.password', 'takes at least 8 characters');
        }
        if (state.users.has(username)) {
          throw refuse('CONFLICT', 'This username is taken', { field: 'input.username' });
        }
        const user = person(username, displayName || username);
        state.users.set(username, { user, password });
        return { tokens: issue(user), user };
      }),
      logIn: call('logIn', ({ input }: { input: { identifier: string; password: string } }) => {
        const known = state.users.get(input.identifier);
        if (known?.password !== input.password) throw refuse('UNAUTHENTICATED', 'No such account.');
        return { tokens: issue(known.user), user: known.user };
      }),
      refreshTokens: call('refreshTokens', ({ refreshToken }: { refreshToken: string }) => {
        // As the API does within ten seconds, a token that two tabs spend at once is forgiven.
        const found = sessions.get(refreshToken);
        if (!found) throw refuse('UNAUTHENTICATED', 'This session has ended.');
        return { tokens: issue(found.user) };
      }),
      logOut: call('logOut', () => {
        signedIn();
        if (session) sessions.delete(session.refreshToken);
        for (const [token, open] of state.accessTokens) {
          if (open === session) state.accessTokens.delete(token);
        }
        return { ok: true };
      }),
      createPost: call('createPost', ({ input }: { input: Record<string, string> }) => {
        const author = signedIn();
        const { text = '', visibility, idempotencyKey = '' } = input;
        if ([...text].length > 500) {
          throw badUserInput('input.text', 'takes at most 500 characters');
        }
        const made = state.postKeys.get(idempotencyKey) ?? post(author, text, { visibility });
        if (!state.postKeys.has(idempotencyKey)) state.posts.unshift(made);
        state.postKeys.set(idempotencyKey, made);
        return { post: made };
      }),
    };
  }

  async function answer(request: IncomingMessage): Promise<unknown> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const token = request.headers.authorization?.replace('Bearer ', '');
    const session = token ? state.accessTokens.get(token) : undefined;
    if (token && !session) {
      return { errors: [{ message: 'Refused.', extensions: { code: 'UNAUTHENTICATED' } }] };
    }
    return graphql({ schema, source: query, variableValues: variables, rootValue: roots(session) });
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith('/media/')) {
      response.setHeader('content-type', 'image/png').end(PICTURE);
      return;
    }
    answer(request).then(
      (result) => response.setHeader('content-type', 'application/json').end(JSON.stringify(result)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  };
  const port = await listen(0);

  return {
    state,
    url: `http://127.0.0.1:${port}`,
    issue,
    /** Forgets everything that a test arranged. */
    reset() {
      for (const part of [state.users, state.accessTokens, state.postKeys, state.down, sessions])
        part.clear();
      state.posts.length = 0;
      state.calls.length = 0;
    },
    /** Ends every session, as another device's "sign out everywhere" would. */
    endSessions() {
      sessions.clear();
      state.accessTokens.clear();
    },
    async goDown() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
    async comeBack() {
      await listen(port);
    },
    async stop() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type FakeGateway = Awaited<ReturnType<typeof startFakeGateway>>;
