import { gzipSync } from 'node:zlib';
import { until } from '@socialhub/platform/testing/until';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { otherUserId, startGateway, type TestGateway, type TokenParts } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  // Deep lists cost more than a minute has, and this is about depth: admission.test.ts is about cost.
  gateway = await startGateway(graph.all, { COST_PER_OPERATION: '0', COST_PER_MINUTE: '0' });
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

beforeEach(() => {
  for (const subgraph of graph.all) subgraph.requests.length = 0;
  gateway.logged.length = 0;
});

const json = { 'content-type': 'application/json' };
const errorsLogged = () => gateway.logged.filter((line) => /"level":(50|"error")/.test(line));

describe('a query', () => {
  test('is answered from the subgraphs that own its fields', async () => {
    const { status, body, headers } = await gateway.query(
      '{ posts { text author { displayName avatar { url } } } }',
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        posts: [
          {
            text: 'hello',
            author: { displayName: 'User 1', avatar: { url: 'https://cdn.example/avatar-1/LARGE' } },
          },
        ],
      },
    });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('reaches subgraphs with a signed identity and the request id, and with no header of the client', async () => {
    const token = await gateway.token();
    const { headers } = await gateway.post(
      { query: '{ posts { id } }' },
      {
        authorization: `Bearer ${token}`,
        cookie: 'a=b',
        'x-socialhub-identity': 'forged',
        'x-request-id': 'request-0001',
      },
    );
    const seen = graph.post.requests[0]?.headers;
    expect(Object.keys(seen ?? {}).sort()).toEqual([
      'accept',
      'content-length',
      'content-type',
      'host',
      'x-request-id',
      'x-socialhub-identity',
    ]);
    expect(seen?.['x-socialhub-identity']).toMatch(/^k1\./);
    expect(seen?.['x-request-id']).toBe('request-0001');
    expect(headers.get('x-request-id')).toBe('request-0001');
  });

  test('may come by GET, where a page of another site cannot make a browser send it', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ mediaLimits }')}`;
    const plain = await gateway.fetch(path);
    expect(plain.status).toBe(400);
    expect(plain.body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const preflighted = await gateway.fetch(path, { headers: { 'apollo-require-preflight': 'true' } });
    expect(preflighted.body).toEqual({ data: { mediaLimits: 4 } });
    const mutation = await gateway.fetch(`/graphql?query=${encodeURIComponent('mutation { broken }')}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    expect(mutation.status).toBe(405);
    expect(graph.user.requests).toEqual([]);
  });

  test('is answered as application/graphql-response+json where that is asked for', async () => {
    const accept = 'application/graphql-response+json';
    const good = await gateway.post({ query: '{ mediaLimits }' }, { accept });
    expect(good.headers.get('content-type')).toContain(accept);
    const refused = await gateway.post({ query: '{ viewer { id } }' }, { accept });
    expect(refused.status).toBe(401);
    const asJson = await gateway.post({ query: '{ viewer { id } }' });
    expect(asJson.status).toBe(200);
    expect(asJson.body.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });

  test('may be persisted by its hash, with the codes that the protocol wants', async () => {
    const sha256Hash = 'f6c8a4b6ec3ef48a2a5b8b4a1e6a9d6d8a3b0f6b1c2d3e4f5a6b7c8d9e0f1a2b';
    const { status, body } = await gateway.post({
      extensions: { persistedQuery: { version: 1, sha256Hash } },
    });
    expect(status).toBe(200);
    expect(body.errors?.[0]).toEqual({
      message: 'PersistedQueryNotFound',
      extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
    });
  });
});

describe('bad input', () => {
  test.each<[string, number, RequestInit]>([
    ['malformed JSON', 400, { body: '{"query": ', headers: json }],
    ['a body that is not UTF-8', 400, { body: Buffer.from([0x7b, 0xff, 0x7d]), headers: json }],
    ['JSON that is not an object', 400, { body: 'null', headers: json }],
    ['a batch', 400, { body: '[{"query":"{ mediaLimits }"}]', headers: json }],
    ['no query', 400, { body: '{}', headers: json }],
    ['variables as text', 400, { body: '{"query":"{ mediaLimits }","variables":"{}"}', headers: json }],
    ['a query that does not parse', 200, { body: '{"query":"{ mediaLimits "}', headers: json }],
    ['an unknown field', 200, { body: '{"query":"{ nope }"}', headers: json }],
    ['a wrong type', 200, { body: '{"query":"{ count(of: \\"x\\") }"}', headers: json }],
    [
      'an operation that is not there',
      200,
      { body: '{"query":"query A { mediaLimits }","operationName":"B"}', headers: json },
    ],
    [
      'two operations and no name',
      200,
      { body: '{"query":"query A { mediaLimits } query B { mediaLimits }"}', headers: json },
    ],
    [
      'a conditional subscription root',
      200,
      {
        body: '{"query":"subscription ($a: Boolean) { chatEvents @skip(if: $a) { cursor } }"}',
        headers: json,
      },
    ],
    ['text/plain', 415, { body: '{"query":"{ mediaLimits }"}', headers: { 'content-type': 'text/plain' } }],
    [
      'a form',
      415,
      { body: 'query=%7B__typename%7D', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [
      'a body that is not what it says',
      400,
      { body: '{}', headers: { ...json, 'content-encoding': 'gzip' } },
    ],
    ['an unknown coding', 415, { body: '{}', headers: { ...json, 'content-encoding': 'compress' } }],
    ['two codings', 415, { body: '{}', headers: { ...json, 'content-encoding': 'gzip, br' } }],
    [
      'a bomb',
      413,
      { body: gzipSync(Buffer.alloc(20_000_000, ' ')), headers: { ...json, 'content-encoding': 'gzip' } },
    ],
    ['10 MB', 413, { body: JSON.stringify({ query: `# ${'x'.repeat(10_000_000)}` }), headers: json }],
  ])('%s is BAD_USER_INPUT', async (_what, status, init) => {
    const answer = await gateway.fetch('/graphql', { method: 'POST', ...init });
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([status, 'BAD_USER_INPUT']);
    expect(answer.text).not.toMatch(/stack|node_modules|127\.0\.0\.1/);
    expect(errorsLogged()).toEqual([]);
  });

  test('with a variable of the wrong type is told without suggestions from the schema', async () => {
    const { body } = await gateway.query('query ($n: Int!) { count(of: $n) }', { variables: { n: 'x' } });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const misspelt = await gateway.query('{ mediaLimit }');
    expect(misspelt.body.errors?.[0]?.message).toBe('Cannot query field "mediaLimit" on type "Query".');
  });

  test('by another method or at another address is refused', async () => {
    expect((await gateway.fetch('/graphql', { method: 'PUT' })).status).toBe(405);
    expect((await gateway.fetch('/nowhere')).status).toBe(404);
    expect((await gateway.fetch('/')).status).toBe(404);
  });

  test('introspection is refused in production, whatever the operation is called', async () => {
    for (const query of [
      '{ __schema { types { name } } }',
      'query __schema { __type(name: "User") { name } }',
    ]) {
      expect((await gateway.query(query)).body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect((await gateway.query('{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('an operation over a limit', () => {
  const deep = (levels: number) =>
    `{ user(id: 1) ${'{ friends '.repeat(levels - 2)}{ id }${' }'.repeat(levels - 2)} }`;
  test.each<[string, string, string]>([
    ['depth', deep(15), deep(16)],
    [
      'aliases',
      `{ ${Array.from({ length: 15 }, (_, i) => `a${i}: mediaLimits`).join(' ')} posts { ${Array.from({ length: 15 }, (_, i) => `b${i}: id`).join(' ')} } }`,
      `{ ${Array.from({ length: 15 }, (_, i) => `a${i}: mediaLimits`).join(' ')} posts { ${Array.from({ length: 16 }, (_, i) => `b${i}: id`).join(' ')} } }`,
    ],
    ['root fields', `{ ${'mediaLimits '.repeat(20)} }`, `{ ${'mediaLimits '.repeat(21)} }`],
    [
      'directives',
      `{ posts { ${'id @skip(if: false) '.repeat(50)} } }`,
      `{ posts { ${'id @skip(if: false) '.repeat(51)} } }`,
    ],
    ['tokens', `{ posts { ${'id '.repeat(100)} } }`, `{ posts { ${'id '.repeat(4000)} } }`],
  ])('of %s is refused, and one at the limit is not', async (_what, within, over) => {
    expect((await gateway.query(within)).body.errors).toBeUndefined();
    const { body } = await gateway.query(over);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(body.errors?.[0]?.message).toMatch(/at most \d+|more that \d+/);
  });

  test('by fragments that unfold into millions of fields is refused at once', async () => {
    const fragments = Array.from(
      { length: 25 },
      (_, i) => `fragment F${i} on User { ...F${i + 1} ...F${i + 1} }`,
    );
    const query = `{ user(id: 1) { ...F0 } } ${fragments.join(' ')} fragment F25 on User { id }`;
    const started = performance.now();
    const { body } = await gateway.query(query);
    expect(body.errors?.[0]?.message).toContain('fields');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('by fragments that contain each other is refused as the invalid document that it is', async () => {
    const { body } = await gateway.query(
      '{ user(id: 1) { ...A } } fragment A on User { friends { ...B } } fragment B on User { friends { ...A } }',
    );
    expect(body.errors?.[0]?.message).toContain('Cannot spread fragment');
  });

  test('by nesting that no stack can hold is refused', async () => {
    const { body } = await gateway.query(`{ a(x: ${'['.repeat(1900)}${']'.repeat(1900)}) }`);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('an access token', () => {
  const viewer = (token: string) => gateway.query('{ viewer { id email } }', { token });

  test('that is good signs in', async () => {
    expect((await viewer(await gateway.token())).body).toEqual({
      data: { viewer: { id: '1', email: '1@example.org' } },
    });
  });

  test.each<[string, TokenParts]>([
    ['expired', { expires: -10 }],
    ['of another issuer', { issuer: 'evil' }],
    ['for another audience', { audience: 'other' }],
    ['that is a refresh token', { header: { typ: 'rt+jwt' } }],
    ['without a type', { header: { typ: undefined } }],
    ['of an unknown key', { header: { kid: 'nope' } }],
    ['without a session', { claims: { sid: undefined } }],
    ['without a role', { claims: { role: undefined } }],
    ['with a role that does not exist', { claims: { role: 'ROOT' } }],
    ['for nobody', { claims: { sub: 'admin' } }],
    ['from far ahead', { claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }],
  ])('%s is refused with 401', async (_what, parts) => {
    const { status, body } = await viewer(await gateway.token(parts));
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(graph.user.requests).toEqual([]);
    expect(errorsLogged()).toEqual([]);
  });

  test('forged is refused with 401: another key, alg none, HS256 with the public key, a changed payload, jku', async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    const good = await gateway.token();
    const [header, , signature] = good.split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = encode({
      sub: otherUserId,
      sid: 's',
      role: 'ADMIN',
      iss: 'socialhub',
      aud: 'socialhub',
      exp: 9e9,
    });
    const publicKey = Buffer.from(gateway.keys.keys[0]?.x ?? '', 'base64url');
    const forged = [
      await gateway.token({ key: privateKey }),
      await gateway.token({ key: privateKey, header: { jku: 'https://evil.example/jwks.json' } }),
      `${encode({ alg: 'none', typ: 'at+jwt', kid: 'k1' })}.${payload}.`,
      `${encode({ alg: 'none', typ: 'at+jwt', kid: 'k1' })}.${payload}.${signature}`,
      await gateway.token({ key: publicKey, header: { alg: 'HS256' } }),
      `${header}.${payload}.${signature}`,
      'Bearer',
      'a.b.c',
    ];
    for (const token of forged) {
      const { status, body } = await viewer(token);
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect(errorsLogged()).toEqual([]);
  });

  test('of an unknown key asks the issuer at most once in a while', async () => {
    const before = gateway.keyRequests();
    for (let i = 0; i < 20; i++) await viewer(await gateway.token({ header: { kid: `k${i + 5}` } }));
    expect(gateway.keyRequests() - before).toBeLessThanOrEqual(1);
  });

  test('of a session that has ended is refused from then on', async () => {
    const token = await gateway.token({ claims: { sid: 'ended' } });
    expect((await viewer(token)).status).toBe(200);
    gateway.revoke('ended');
    expect((await viewer(token)).status).toBe(401);
  });
});

describe('the sessions that ended', () => {
  const statusOf = async (token: string) => (await gateway.query('{ viewer { id } }', { token })).status;

  test('while the broker was away are asked for when it is back', async () => {
    const token = await gateway.token({ claims: { sid: 'ended-meanwhile' } });
    expect(await statusOf(token)).toBe(200);
    gateway.ended.push('ended-meanwhile');
    gateway.missSignals();
    await until(async () => (await statusOf(token)) === 401);
    expect(await statusOf(await gateway.token({ claims: { sid: 'another' } }))).toBe(200);
  });
});

describe('a page of another origin', () => {
  const preflight = (origin: string) =>
    gateway.fetch('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  test('may call when its origin is listed, and reads the answer', async () => {
    const { status, headers } = await preflight('https://app.example');
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example');
    // An Accept with quotes in it, as of the multipart protocol, is asked for.
    expect(headers.get('access-control-allow-headers')?.split(', ')).toContain('accept');
    const { headers: answer } = await gateway.post(
      { query: '{ mediaLimits }' },
      { origin: 'https://app.example' },
    );
    expect(answer.get('access-control-allow-origin')).toBe('https://app.example');
    expect(answer.get('vary')).toContain('Origin');
  });

  test.each(['https://app.example.evil.org', 'http://app.example', 'null', 'https://APP.example'])(
    'may not when it is %s',
    async (origin) => {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
      const { headers } = await gateway.post({ query: '{ mediaLimits }' }, { origin });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

describe('an error of a subgraph', () => {
  const failing = (args: string) => gateway.query(`{ again: fails(${args}) mediaLimits }`);

  test('with a public code keeps message, path, field and retryAfter, and nothing else', async () => {
    const { status, body } = await failing('code: "RATE_LIMITED", text: "Slow down"');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: { again: null, mediaLimits: 4 },
      errors: [
        {
          message: 'Slow down',
          path: ['again'],
          extensions: { code: 'RATE_LIMITED', field: 'input.text', retryAfter: 7 },
        },
      ],
    });
  });

  test.each(['', ', code: "INTERNAL_SERVER_ERROR"', ', code: "PG_42P01"'])(
    'of any other kind leaves without its text (%s)',
    async (code) => {
      const { body, text } = await failing(`text: "select from users where postgres"${code}`);
      expect(body.errors).toEqual([
        { message: 'Internal server error', path: ['again'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ]);
      expect(text).not.toContain('postgres');
      expect(body.data).toEqual({ again: null, mediaLimits: 4 });
    },
  );
});

describe('a subgraph that is down', () => {
  test.each(['media', 'user', 'post'] as const)('costs the fields that are its own: %s', async (name) => {
    const query =
      '{ posts { text author { postCount avatar { url } } } mediaLimits user(id: 3) { displayName } }';
    await graph[name].stop();
    try {
      const { status, body, text } = await gateway.query(query);
      expect(status).toBe(200);
      expect(body.errors?.length).toBeGreaterThan(0);
      for (const error of body.errors ?? []) expect(error.extensions).toEqual({ code: 'UNAVAILABLE' });
      expect(text).not.toMatch(/127\.0\.0\.1|ECONN|stack/);
      const alive = JSON.stringify(body.data);
      if (name !== 'media') expect(alive).toContain('"mediaLimits":4');
      if (name !== 'user') expect(alive).toContain('"displayName":"User 3"');
      if (name === 'media') expect(alive).toContain('"text":"hello"');
    } finally {
      await graph[name].restart();
    }
    expect((await gateway.query(query)).body.errors?.length ?? 0).toBe(0);
  });

  test.each<[string, { status: number; body: string }]>([
    ['rubbish', { status: 200, body: '<html>' }],
    ['a status and no GraphQL', { status: 502, body: 'Bad Gateway' }],
    ['JSON that is no answer', { status: 200, body: '{"ok":true}' }],
    ['data that is a list', { status: 200, body: '{"data":[1]}' }],
    ['that it does not know the gateway', { status: 401, body: '{"errors":[{"message":"no"}]}' }],
  ])('or answers %s is UNAVAILABLE', async (_what, answer) => {
    graph.media.answerNext(answer);
    const { body } = await gateway.query('{ mediaLimits }');
    expect(body).toEqual({
      data: { mediaLimits: null },
      errors: [
        { message: 'A part of the service is temporarily unavailable', extensions: { code: 'UNAVAILABLE' } },
      ],
    });
  });

  test('or breaks a connection is asked a query once more, and a mutation never', async () => {
    graph.media.answerNext('break');
    expect((await gateway.query('{ mediaLimits }')).body).toEqual({ data: { mediaLimits: 4 } });
    expect(graph.media.requests).toHaveLength(2);
    graph.user.answerNext('break');
    const { body } = await gateway.query('mutation { rename(id: 1, name: "x") { id } }');
    expect(body.errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
    expect(graph.user.requests).toHaveLength(1);
  });
});

describe('authorisation by the schema', () => {
  const ask = async (query: string, role?: string) => {
    const token = role ? await gateway.token({ claims: { role } }) : undefined;
    const { body } = await gateway.query(query, token ? { token } : {});
    return body.errors?.[0]?.extensions.code ?? 'ok';
  };

  test.each([
    ['a field', '{ viewer { id } }'],
    [
      'a field through fragments',
      '{ ...Q } fragment Q on Query { user(id: 1) { ...U } } fragment U on User { email }',
    ],
    ['an inline fragment on an object', '{ thing { ... on Vault { id } } }'],
    ['a field of an interface, one of whose types is protected', '{ nodes { id } }'],
    ['a scalar', '{ secret }'],
    ['an aliased field', '{ mine: viewer { id } }'],
  ])('%s asks for a sign-in', async (_what, query) => {
    expect(await ask(query)).toBe('UNAUTHENTICATED');
    expect(await ask(query, 'MEMBER')).toBe('ok');
    expect(graph.user.requests).toHaveLength(1);
  });

  test('scopes are asked of fields and of the types they return', async () => {
    expect(await ask('{ admin }')).toBe('UNAUTHENTICATED');
    expect(await ask('{ admin }', 'MEMBER')).toBe('FORBIDDEN');
    expect(await ask('{ admin }', 'MODERATOR')).toBe('FORBIDDEN');
    expect(await ask('{ admin }', 'ADMIN')).toBe('ok');
    expect(await ask('{ level }', 'MEMBER')).toBe('FORBIDDEN');
    expect(await ask('{ level }', 'MODERATOR')).toBe('ok');
  });

  test('a policy that nobody grants refuses everybody', async () => {
    expect(await ask('{ forNobody }')).toBe('UNAUTHENTICATED');
    expect(await ask('{ forNobody }', 'ADMIN')).toBe('FORBIDDEN');
  });

  test('what a condition leaves out needs nothing, and what it lets in does', async () => {
    const query = 'query ($own: Boolean!) { user(id: 1) { id email @include(if: $own) } }';
    const own = await gateway.query(query, { variables: { own: true } });
    expect(own.body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const other = await gateway.query(query, { variables: { own: false } });
    expect(other.body).toEqual({ data: { user: { id: '1' } } });
  });

  test('a refused operation runs no part', async () => {
    const { body } = await gateway.query('{ mediaLimits viewer { id } }');
    expect(body.data).toBeUndefined();
    expect(graph.media.requests).toEqual([]);
  });
});

test('the gateway says that it lives and is ready, without any subgraph', async () => {
  await graph.media.stop();
  try {
    expect((await gateway.fetch('/livez')).status).toBe(200);
    expect((await gateway.fetch('/readyz')).status).toBe(200);
  } finally {
    await graph.media.restart();
  }
});
