import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { buildSchema, graphql, subscribe } from 'graphql';
import { useServer as serveSubscriptions } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { accountRoots } from './fake-account.ts';
import { badUserInput, nextId, nextNumber, refuse } from './fake-answers.ts';
import { lifecycleRoots } from './fake-lifecycle.ts';
import { person, post } from './fake-objects.ts';
import { passkeyRoots } from './fake-passkeys.ts';
import { peopleRoots } from './fake-people.ts';
import {
  type Call,
  type FakeAccount,
  type FakeSession,
  type FakeUser,
  type PageArgs,
  startState,
} from './fake-state.ts';
import { spendCode, twoFactorRoots } from './fake-two-factor.ts';

// The graph itself, answered from memory.
const supergraph = new URL('../../gateway/supergraph.graphql', import.meta.url);
const schema = buildSchema(readFileSync(supergraph, 'utf8'));

// A flat 8x6 PNG.
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEklEQVR4nGPInhWJFTEMLQkAaQ9PQU5JOGMAAAAASUVORK5CYII=',
  'base64',
);

/** Starts the fake gateway. State is public: a test arranges it and looks at what arrived. */
export async function startFakeGateway() {
  const state = startState();
  const { sessions } = state;

  function add(user: FakeUser, password: string, more: Partial<FakeAccount> = {}) {
    const email = `${user.username}@example.org`;
    const createdAt = '2026-01-01T00:00:00.000Z';
    const account: FakeAccount = {
      id: nextId('Account'),
      user,
      password,
      email,
      emailVerified: false,
      createdAt,
      twoFactor: null,
      passkeys: [],
      pendingEmailChange: null,
      role: 'MEMBER',
      ...more,
    };
    state.users.set(user.username, account);
    return account;
  }

  function issue(user: FakeUser, from: Partial<FakeSession> = {}) {
    const now = new Date().toISOString();
    const session: FakeSession = {
      id: nextId('Session'),
      userAgent: null,
      ipAddress: '192.0.2.7',
      createdAt: now,
      ...from,
      user,
      refreshToken: `refresh-${nextNumber()}`,
      lastUsedAt: from.lastUsedAt ?? now,
    };
    const accessToken = `access-${nextNumber()}`;
    sessions.set(session.refreshToken, session);
    state.accessTokens.set(accessToken, session);
    return {
      accessToken,
      accessTokenExpiresAt: new Date(Date.now() + 900_000).toISOString(),
      refreshToken: session.refreshToken,
      refreshTokenExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
  }

  function page<Row extends { id: string }>(all: Row[], { first, after }: PageArgs) {
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

  function roots(session: FakeSession | undefined, userAgent: string | null) {
    const call: Call = (name, run) => {
      return (args) => {
        state.calls.push(name);
        if (state.down.has(name)) throw refuse('UNAVAILABLE', 'Not now.');
        const result = run(args);
        if (state.lost.delete(name)) throw refuse('UNAVAILABLE', 'Not now.');
        return result;
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
        const { user } = add(person(username, displayName || username), password, {
          email: input.email ?? '',
        });
        return { tokens: issue(user, { userAgent }), user };
      }),
      logIn: call('logIn', ({ input }: { input: Record<string, string> }) => {
        const known = state.users.get(input.identifier ?? '');
        if (!known || known.password !== input.password) throw refuse('UNAUTHENTICATED', 'No such account.');
        spendCode(known, input.twoFactorCode, () =>
          refuse('UNAUTHENTICATED', 'This code is not right, or was used', { field: 'input.twoFactorCode' }),
        );
        return { tokens: issue(known.user, { userAgent }), user: known.user };
      }),
      refreshTokens: call('refreshTokens', ({ input }: { input: { refreshToken: string } }) => {
        // As the API does within ten seconds, a token that two tabs spend at once is forgiven.
        const found = sessions.get(input.refreshToken);
        if (!found) throw refuse('UNAUTHENTICATED', 'This session has ended.');
        return { tokens: issue(found.user, found) };
      }),
      logOut: call('logOut', () => {
        signedIn();
        if (session) sessions.delete(session.refreshToken);
        for (const [token, open] of state.accessTokens) {
          if (open === session) state.accessTokens.delete(token);
        }
        return { ended: true };
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
      ...accountRoots(state, call, session, page),
      ...twoFactorRoots(state, call, session),
      ...lifecycleRoots(state, call, session),
      ...peopleRoots(state, call, session, page),
      ...passkeyRoots(state, call, session, (user) => issue(user, { userAgent })),
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
    if (request.url?.startsWith('/media/')) {
      response.setHeader('content-type', 'image/png').end(PICTURE);
      return;
    }
    answer(request).then(
      (result) => response.setHeader('content-type', 'application/json').end(JSON.stringify(result)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  serveSubscriptions(
    {
      schema,
      roots: {},
      context: (context) => {
        const { authorization } = context.connectionParams ?? {};
        const session = state.accessTokens.get(String(authorization).replace('Bearer ', ''));
        return { session };
      },
      subscribe: (args) =>
        subscribe({
          ...args,
          rootValue: roots((args.contextValue as { session?: FakeSession }).session, null),
          subscribeFieldResolver: (root, _args, _context, info) => root[info.fieldName](),
        }),
    },
    new WebSocketServer({ server, path: '/graphql' }),
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
    add,
    issue,
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
