import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { buildSchema, execute, type GraphQLObjectType, graphql, subscribe } from 'graphql';
import { useServer as serveSubscriptions } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { accountRoots } from './fake-account.ts';
import { chatRoots } from './fake-chat-roots.ts';
import { commentRoots } from './fake-comments.ts';
import { lifecycleRoots } from './fake-lifecycle.ts';
import { mediaRoots } from './fake-media.ts';
import { moderationRoots } from './fake-moderation.ts';
import { notificationRoots } from './fake-notifications.ts';
import { post } from './fake-objects.ts';
import { passkeyRoots } from './fake-passkeys.ts';
import { peopleRoots } from './fake-people.ts';
import { postRoots } from './fake-posts.ts';
import { profileRoots } from './fake-profile.ts';
import { badUserInput, page, refuse } from './fake-results.ts';
import { addAccount, issueTokens, signInRoots } from './fake-sign-in.ts';
import {
  type Call,
  type FakeAccount,
  type FakeSession,
  type FakeUser,
  type PageArgs,
  startState,
} from './fake-state.ts';
import { twoFactorRoots } from './fake-two-factor.ts';
import { mediaOf, takeUpload, uploadRoots } from './fake-uploads.ts';

// The graph itself, answered from memory.
const supergraph = new URL('../../gateway/supergraph.graphql', import.meta.url);
const schema = buildSchema(readFileSync(supergraph, 'utf8'));
const relation = (schema.getType('User') as GraphQLObjectType).getFields().viewerRelationship;
// Of whoever is there, wherever in the graph.
if (relation) {
  relation.resolve = (user, _args, _context, { rootValue }) =>
    (rootValue as ReturnType<typeof peopleRoots>).relationTo(user);
}

// A flat 8x6 PNG.
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEklEQVR4nGPInhWJFTEMLQkAaQ9PQU5JOGMAAAAASUVORK5CYII=',
  'base64',
);

interface FakePostInput {
  text?: string;
  visibility?: string;
  contentWarning?: string;
  mediaIds?: string[];
  quoteOfId?: string;
  idempotencyKey?: string;
}

/** Starts the fake gateway. State is public: a test arranges it and looks at what arrived. */
export async function startFakeGateway() {
  const state = startState();
  const { sessions } = state;

  function roots(session: FakeSession | undefined, userAgent: string | null, over = '') {
    const call: Call = (name, run) => {
      return (args) => {
        state.calls.push(name);
        if (state.down.has(name)) throw refuse('UNAVAILABLE', 'Not now.');
        const result = run(args);
        if (state.lost.delete(name)) throw refuse('UNAVAILABLE', 'Not now.');
        const until = state.held.get(over + name);
        return until ? (until.then(() => result) as typeof result) : result;
      };
    };
    const signedIn = () => {
      if (!session) throw refuse('UNAUTHENTICATED', 'Sign in first.');
      return session.user;
    };
    return {
      viewer: call('viewer', () => {
        if (!session) return null;
        const own = state.posts.filter(({ author }) => author === session.user);
        const posts = own.map((one) => ({ hashtags: [], ...one }));
        return { ...session.user, posts: (args: PageArgs) => page(posts, args) };
      }),
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
      searchPosts: call(
        'searchPosts',
        ({ query, ...args }: { first: number; after?: string; query: string }) => {
          signedIn();
          if (query.startsWith('from:')) throw badUserInput('query', 'must name a word to look for');
          return page(
            state.posts.filter((entry) => entry.text.includes(query)),
            args,
          );
        },
      ),
      hashtagTimeline: call(
        'hashtagTimeline',
        ({ tag, ...args }: { first: number; after?: string; tag: string }) => {
          if (/[^\p{L}\p{N}_]/u.test(tag)) throw badUserInput('tag', 'must be one hashtag');
          return page(
            state.posts.filter((entry) => entry.text.includes(`#${tag}`)),
            args,
          );
        },
      ),
      createPost: call('createPost', ({ input }: { input: FakePostInput }) => {
        const author = signedIn();
        const { text = '', visibility, idempotencyKey = '', contentWarning = null } = input;
        if ([...text].length > 500) {
          throw badUserInput('input.text', 'takes at most 500 characters');
        }
        const media = mediaOf(state, input.mediaIds);
        const quoteOf = state.posts.find(({ id }) => id === input.quoteOfId) ?? null;
        const more = { visibility, contentWarning, media, quoteOf };
        const made = state.postKeys.get(idempotencyKey) ?? post(author, text, more);
        if (!state.postKeys.has(idempotencyKey)) state.posts.unshift(made);
        state.postKeys.set(idempotencyKey, made);
        return { post: made };
      }),
      ...mediaRoots(state, call, signedIn),
      ...uploadRoots(state, call, signedIn, () => `http://127.0.0.1:${port}`),
      ...signInRoots(state, call, session, userAgent),
      ...accountRoots(state, call, session, page),
      ...twoFactorRoots(state, call, session),
      ...lifecycleRoots(state, call, session),
      ...peopleRoots(state, call, session, page),
      ...profileRoots(state, call, signedIn),
      ...moderationRoots(state, call, session, page),
      ...chatRoots(state, call, session),
      ...postRoots(state, call, session, page),
      ...commentRoots(state, call, session),
      ...notificationRoots(state, call, session, page),
      ...passkeyRoots(state, call, session, (user) => issueTokens(state, user, { userAgent })),
    };
  }

  async function answer(request: IncomingMessage): Promise<unknown> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    state.asked.push(request.headers);
    const userAgent = request.headers['user-agent'] ?? null;
    const token = request.headers.authorization?.replace('Bearer ', '');
    const session = token ? state.accessTokens.get(token) : undefined;
    if (token && !session) {
      return { errors: [{ message: 'Refused.', extensions: { code: 'UNAUTHENTICATED' } }] };
    }
    return graphql({
      schema,
      source: query,
      variableValues: variables,
      rootValue: roots(session, userAgent),
    });
  }

  const server = createServer((request, response) => {
    // Pages call too, from the web's origin.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*, authorization');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    if (request.url?.startsWith('/media/')) {
      response.setHeader('content-type', 'image/png').end(PICTURE);
      return;
    }
    if (request.url?.startsWith('/uploads/')) {
      void takeUpload(state, request, response);
      return;
    }
    answer(request).then(
      (result) => response.setHeader('content-type', 'application/json').end(JSON.stringify(result)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const close = async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  // A ping with a token, by which a socket outlives the one it began with.
  sockets.on('connection', (socket) =>
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data)) as {
        type: string;
        payload?: { authorization?: string };
      };
      if (type === 'ping' && payload?.authorization) state.pings.push(payload.authorization);
    }),
  );
  serveSubscriptions(
    {
      schema,
      roots: {},
      context: (context) => {
        const { authorization } = context.connectionParams ?? {};
        const session = state.accessTokens.get(String(authorization).replace('Bearer ', ''));
        return { session };
      },
      execute: (args) =>
        execute({
          ...args,
          rootValue: roots((args.contextValue as { session?: FakeSession }).session, null, 'socket '),
        }),
      subscribe: (args) =>
        subscribe({
          ...args,
          rootValue: roots((args.contextValue as { session?: FakeSession }).session, null),
          subscribeFieldResolver: (root, args, _context, info) => root[info.fieldName](args),
        }),
    },
    sockets,
  );
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
    add: (user: FakeUser, password: string, more?: Partial<FakeAccount>) =>
      addAccount(state, user, password, more),
    issue: (user: FakeUser, from?: Partial<FakeSession>) => issueTokens(state, user, from),
    /** Forgets everything that a test arranged. */
    reset() {
      for (const part of Object.values(state)) {
        if (Array.isArray(part)) part.length = 0;
        else part.clear();
      }
    },
    /** Ends every session, as another device's "sign out everywhere" would. */
    endSessions() {
      sessions.clear();
      state.accessTokens.clear();
    },
    goDown: close,
    openSockets: () => sockets.clients.size,
    /** Cuts the sockets of all pages. */
    cutSockets() {
      for (const socket of sockets.clients) socket.terminate();
    },
    async comeBack() {
      await listen(port);
    },
    async stop() {
      if (server.listening) await close();
    },
  };
}

export type FakeGateway = Awaited<ReturnType<typeof startFakeGateway>>;
