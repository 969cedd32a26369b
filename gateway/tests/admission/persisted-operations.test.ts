import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { until } from '@socialhub/platform/testing/until';
import { type DocumentNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeManifest, operationsOf } from '../../../web/manifest.ts';
import { readManifest, sha256 } from '../../src/admission/persisted-operations-manifest.ts';
import { startGateway, type TestGateway, type TestResponse } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let folder: string;
const gateways: TestGateway[] = [];

beforeAll(async () => {
  graph = await startGraph();
  folder = await mkdtemp(join(tmpdir(), 'manifest-test-'));
});

afterAll(async () => {
  await Promise.all(gateways.map((one) => one.stop()));
  await graph?.stop();
  await rm(folder, { recursive: true, force: true });
});

const listed = 'query Limits { mediaLimits }';
const entry = (body: string, id = sha256(body)) => ({ id, name: 'Limits', type: 'query', body });
const manifestOf = (...operations: object[]) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

let files = 0;
async function start(mode: string, manifest: string, env: Record<string, string> = {}) {
  const file = join(folder, `manifest-${++files}.json`);
  await writeFile(file, manifest);
  const gateway = await startGateway(graph.all, {
    PERSISTED_OPERATIONS: mode,
    PERSISTED_OPERATIONS_MANIFEST: file,
    ...env,
  });
  gateways.push(gateway);
  return {
    gateway,
    async replace(text: string) {
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    },
    logged: (what: string) => gateway.logged.filter((line) => line.includes(what)),
  };
}

const byId = (id: string, query?: string) => ({
  ...(query !== undefined && { query }),
  extensions: { persistedQuery: { version: 1, sha256Hash: id } },
});
const codeOf = ({ body }: TestResponse) => body.errors?.[0]?.extensions.code ?? 'ok';

/** Runs it over a socket; graphql-ws has to be sent some query, so the one that is asked for by its id is empty. */
async function overSocket(
  gateway: TestGateway,
  payload: { query: string; extensions?: Record<string, unknown> },
) {
  const results = gateway.socket().iterate(payload);
  try {
    const { value } = await results.next();
    return value as unknown;
  } catch (error) {
    return error;
  }
}

describe('automatic persisted queries', () => {
  test('are registered by sending hash and text, and then found by the hash, by GET and over sockets too', async () => {
    const gateway = await startGateway(graph.all);
    gateways.push(gateway);
    const query = '{ mediaLimits }';
    const id = sha256(query);
    const missing = await gateway.post(byId(id));
    expect([missing.status, missing.body]).toEqual([
      200,
      { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
    ]);
    expect((await gateway.post(byId(id, query))).body).toEqual({ data: { mediaLimits: 4 } });
    expect((await gateway.post(byId(id))).body).toEqual({ data: { mediaLimits: 4 } });
    const search = new URLSearchParams({ extensions: JSON.stringify(byId(id).extensions) });
    const headers = { 'apollo-require-preflight': 'true' };
    expect((await gateway.fetch(`/graphql?${search}`, { headers })).body).toEqual({
      data: { mediaLimits: 4 },
    });
    expect(await overSocket(gateway, { query: '', ...byId(id) })).toEqual({ data: { mediaLimits: 4 } });
  });

  test('keep variables and the name of the operation', async () => {
    const gateway = await startGateway(graph.all);
    gateways.push(gateway);
    const query = 'query A($n: Int!) { count(of: $n) } query B { mediaLimits }';
    const ask = { ...byId(sha256(query), query), variables: { n: 7 }, operationName: 'A' };
    expect((await gateway.post(ask)).body).toEqual({ data: { count: 7 } });
    expect((await gateway.post({ ...ask, query: undefined })).body).toEqual({ data: { count: 7 } });
  });

  test.each<[string, object]>([
    ['another hash', byId(sha256('other'), '{ mediaLimits }')],
    [
      'another version',
      { query: '{ mediaLimits }', extensions: { persistedQuery: { version: 2, sha256Hash: 'a' } } },
    ],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['a text instead', { extensions: { persistedQuery: 'abc' } }],
  ])('with %s are BAD_USER_INPUT', async (_what, body) => {
    expect(codeOf(await (gateways[0] as TestGateway).post(body))).toBe('BAD_USER_INPUT');
  });

  test('over a limit are not kept', async () => {
    const query = `{ ${'mediaLimits '.repeat(21)} }`;
    const gateway = gateways[0] as TestGateway;
    expect(codeOf(await gateway.post(byId(sha256(query), query)))).toBe('BAD_USER_INPUT');
    expect(codeOf(await gateway.post(byId(sha256(query))))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});

test('operations of the list do not count as new ones, others do', async () => {
  const texts = ['{ twin }', '{ a: twin }', '{ b: twin }'];
  const env = { NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '1' };
  const { gateway } = await start('log-only', manifestOf(...texts.map((text) => entry(text))), env);
  for (const query of texts) expect(codeOf(await gateway.query(query))).toBe('ok');
  expect(codeOf(await gateway.query('{ c: twin }'))).toBe('ok');
  expect(codeOf(await gateway.query('{ d: twin }'))).toBe('RATE_LIMITED');
});

describe('a list of operations that is enforced', () => {
  test('serves what is on it, by text in whatever layout and by id, over HTTP and sockets', async () => {
    const { gateway } = await start('enforcing', manifestOf(entry(listed), entry('{ twin }', 'my-own-id')));
    for (const query of [listed, '# hello\nquery Limits {\n  mediaLimits,\n}']) {
      expect((await gateway.query(query)).body).toEqual({ data: { mediaLimits: 4 } });
      expect(await overSocket(gateway, { query })).toEqual({ data: { mediaLimits: 4 } });
    }
    expect((await gateway.post(byId(sha256(listed)))).body).toEqual({ data: { mediaLimits: 4 } });
    expect((await gateway.post(byId('my-own-id'))).body).toEqual({ data: { twin: 2 } });
    expect((await gateway.post(byId('my-own-id', '{ twin }'))).body).toEqual({ data: { twin: 2 } });
  });

  test('refuses what is not, and registers nothing', async () => {
    const { gateway } = await start('enforcing', manifestOf(entry(listed)));
    const other = 'query Limits { mediaLimits twin }';
    const refusal = {
      message: 'The operation is not on the list of those that are served',
      extensions: { code: 'FORBIDDEN' },
    };
    for (const body of [
      { query: other },
      byId(sha256(other)),
      byId(sha256(other), other),
      { query: '{ __typename }' },
    ]) {
      const { status, body: answer } = await gateway.post(body, {
        accept: 'application/graphql-response+json',
      });
      expect([status, answer]).toEqual([403, { errors: [refusal] }]);
    }
    expect(await overSocket(gateway, { query: other })).toEqual([refusal]);
    expect(await overSocket(gateway, { query: 'subscription { chatEvents { cursor } }' })).toEqual([refusal]);
    expect(graph.feed.listeners()).toBe(0);
    expect(codeOf(await gateway.query('{ '))).toBe('FORBIDDEN');
    expect(codeOf(await gateway.post(byId(sha256(listed), other)))).toBe('BAD_USER_INPUT');
  });

  test('is replaced as a whole when its file changes, and a bad one is refused and leaves the last good one', async () => {
    const { gateway, replace, logged } = await start('enforcing', manifestOf(entry(listed)));
    await replace(manifestOf(entry('{ twin }')));
    await until(async () => codeOf(await gateway.query('{ twin }')) === 'ok');
    expect(codeOf(await gateway.query(listed))).toBe('FORBIDDEN');
    for (const bad of [
      '{',
      '{"format":"other"}',
      manifestOf(entry('{ ')),
      manifestOf(entry('{ a }', 'i'), entry('{ b }', 'i')),
    ]) {
      const before = logged('the last good one stays').length;
      await replace(bad);
      await until(() => logged('the last good one stays').length > before);
      expect(codeOf(await gateway.query('{ twin }'))).toBe('ok');
    }
    await replace(manifestOf(entry(listed)));
    await until(async () => codeOf(await gateway.query(listed)) === 'ok');
  });
});

test('a list that is only logged serves everything and tells once of each operation that is not on it', async () => {
  const { gateway, logged } = await start('log-only', manifestOf(entry(listed)));
  for (let i = 0; i < 3; i++) {
    for (const query of [listed, 'query Other { twin }'])
      expect(codeOf(await gateway.query(query))).toBe('ok');
  }
  const lines = logged('not on the list').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ id }) => id)).toEqual([sha256('query Other { twin }')]);
  expect(codeOf(await gateway.post(byId(sha256('{ twin }'), '{ twin }')))).toBe('ok');
  expect(codeOf(await gateway.post(byId(sha256('{ twin }'))))).toBe('ok');
});

test('a gateway does not start with a list that is bad, or with none to hold operations to', async () => {
  await expect(start('enforcing', '{}')).rejects.toThrow('not a manifest');
  const listless = startGateway(graph.all, { PERSISTED_OPERATIONS: 'enforcing' });
  await expect(listless).rejects.toThrow('PERSISTED_OPERATIONS_MANIFEST');
});

test("the manifest of the web's operations has each as Apollo Client sends it", async () => {
  const documents = await operationsOf(
    fileURLToPath(new URL('../../../web/src/gateway/operations.ts', import.meta.url)),
  );
  expect(documents.length).toBeGreaterThan(5);
  const manifest = makeManifest(documents);
  const { has, bodyOf } = readManifest(JSON.stringify(manifest));
  const sent: string[] = [];
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({
      uri: 'http://127.0.0.1:9/graphql',
      fetch: async (_input, init) => {
        sent.push((JSON.parse(String(init?.body)) as { query: string }).query);
        return new Response('{"errors":[{"message":"x"}]}', {
          headers: { 'content-type': 'application/json' },
        });
      },
    }),
  });
  const typeOf = ({ definitions }: DocumentNode) =>
    definitions.find((node) => node.kind === 'OperationDefinition')?.operation;
  const follow = (query: DocumentNode) =>
    new Promise<void>((resolve) => {
      client.subscribe({ query }).subscribe({ next: () => resolve(), error: resolve, complete: resolve });
    });
  const send = async (document: DocumentNode): Promise<unknown> => {
    if (typeOf(document) === 'mutation') return client.mutate({ mutation: document });
    if (typeOf(document) === 'subscription') return follow(document);
    return client.query({ query: document, fetchPolicy: 'no-cache' });
  };
  for (const document of documents) await send(document).catch(() => undefined);
  expect(sent).toHaveLength(documents.length);
  for (const body of sent) {
    expect(has(body)).toBe(true);
    expect(bodyOf(sha256(body))).toBe(body);
  }
  expect(() => makeManifest([parse('query A { a }'), parse('query A { b }')])).toThrow('called A');
});
