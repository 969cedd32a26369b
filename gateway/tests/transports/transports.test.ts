import { once } from 'node:events';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all);
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

type Params = Record<string, unknown>;

/** What came of it: an answer's data, or the code of what was refused. */
type Outcome = Record<string, unknown> | string;

interface Result {
  data?: Record<string, unknown>;
  errors?: { extensions: { code: string } }[];
}
const outcomeOf = ({ data, errors }: Result): Outcome => errors?.[0]?.extensions.code ?? data ?? 'nothing';

async function byPost(params: unknown): Promise<Outcome> {
  return outcomeOf((await gateway.post(params)).body as Result);
}

async function byGet(params: Params): Promise<Outcome> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const headers = { 'apollo-require-preflight': 'true' };
  return outcomeOf((await gateway.fetch(`/graphql?${search}`, { headers })).body as Result);
}

async function byEvents(params: unknown): Promise<Outcome> {
  const { text, body } = await gateway.post(params, { accept: 'text/event-stream' });
  const data = /^event: next\ndata: (.*)$/m.exec(text)?.[1];
  return outcomeOf(data ? (JSON.parse(data) as Result) : (body as Result));
}

const bySocket = (params: unknown) =>
  bySocketAs(JSON.stringify({ id: '1', type: 'subscribe', payload: params }));

async function bySocketAs(message: string): Promise<Outcome> {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  let outcome: Outcome | undefined;
  socket.on('close', (code) => {
    // The protocol has this for messages that are none; 1009 is WebSocket's own, for one that is too long.
    outcome ??= code === 4400 || code === 1009 ? 'BAD_USER_INPUT' : `closed with ${code}`;
  });
  socket.on('message', (text) => {
    const { type, payload } = JSON.parse(String(text)) as { type: string; payload: unknown };
    if (type === 'connection_ack') socket.send(message);
    if (type === 'next') outcome = outcomeOf(payload as Result);
    if (type === 'error') outcome = outcomeOf({ errors: payload } as Result);
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await until(() => outcome);
  socket.terminate();
  return outcome as Outcome;
}

const query = 'query A { mediaLimits }';
const good = { mediaLimits: 4 };
const bad = 'BAD_USER_INPUT';
const text = 'query ($n: Int = 5) { count(of: $n) }';

describe('POST, GET, WebSocket and Server-Sent Events judge alike', () => {
  test.each<[string, Params, Outcome]>([
    ['a query', { query }, good],
    ['an empty operationName', { query, operationName: '' }, good],
    ['the operationName of two', { query: `${query} query B { twin }`, operationName: 'B' }, { twin: 2 }],
    ['an empty operationName of two', { query: `${query} query B { twin }`, operationName: '' }, bad],
    ['an operationName of nothing', { query, operationName: 'B' }, bad],
    ['empty variables', { query, variables: {} }, good],
    ['variables', { query: text, variables: { n: 7 } }, { count: 7 }],
    ['variables that the query does not know', { query, variables: { n: 7 } }, good],
    ['variables that are null', { query: text, variables: null }, { count: 5 }],
    ['variables that are a list', { query: text, variables: [] }, bad],
    ['variables that are a text', { query: text, variables: '"a"' }, bad],
    ['variables that are a number', { query: text, variables: 1 }, bad],
    ['extensions that are null', { query, extensions: null }, good],
    ['empty extensions', { query, extensions: {} }, good],
    ['extensions that are a list', { query, extensions: [] }, bad],
    ['extensions that are a text', { query, extensions: '"a"' }, bad],
    ['an empty query', { query: '' }, bad],
    ['no query', { variables: {} }, bad],
    ['an id that is no id', { query, extensions: { persistedQuery: { version: 2 } } }, bad],
    ['something else beside them', { query, id: '1' }, good],
  ])('%s', async (_what, params, outcome) => {
    expect({ post: await byPost(params) }).toEqual({ post: outcome });
    expect({ get: await byGet(params) }).toEqual({ get: outcome });
    expect({ socket: await bySocket(params) }).toEqual({ socket: outcome });
    expect({ events: await byEvents(params) }).toEqual({ events: outcome });
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a list', [{ query }]],
    ['a text', 'query A { mediaLimits }'],
    ['a query that is a number', { query: 1 }],
    ['an operationName that is a number', { query, operationName: 1 }],
  ])('%s, where it can be sent', async (_what, body) => {
    const posted = JSON.stringify(body);
    expect([await byPost(posted), await bySocket(body), await byEvents(posted)]).toEqual([bad, bad, bad]);
  });

  test('a parameter that an address has twice', async () => {
    const headers = { 'apollo-require-preflight': 'true' };
    for (const search of [
      'query={a}&query={b}',
      'query={twin}&variables={}&variables={}',
      'query={twin}&variables={',
    ]) {
      const { status, body } = await gateway.fetch(`/graphql?${encodeURI(search)}`, { headers });
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, bad]);
    }
  });

  test('a plus and %20 in an address are spaces, and empty parts are absent', async () => {
    const headers = { 'apollo-require-preflight': 'true' };
    const { body } = await gateway.fetch(
      '/graphql?query=query+A%20{+mediaLimits%20}&operationName=&variables=&extensions=',
      { headers },
    );
    expect(body).toEqual({ data: good });
  });

  test('the size of all of it', async () => {
    // Every character takes six bytes on the wire, as some clients write what is beyond ASCII.
    const escaped = (bytes: number) => {
      const params = JSON.stringify({ query, extensions: { note: '' } });
      return params.replace('"note":""', `"note":"${'\\u00e9'.repeat((bytes - params.length - 100) / 6)}"`);
    };
    const overSocket = (params: string) => bySocketAs(`{"id":"1","type":"subscribe","payload":${params}}`);
    const within = escaped(1_000_000);
    expect([await byPost(within), await byEvents(within), await overSocket(within)]).toEqual([
      good,
      good,
      good,
    ]);
    const over = escaped(1_000_800);
    expect([await byPost(over), await byEvents(over), await overSocket(over)]).toEqual([bad, bad, bad]);
  });
});
