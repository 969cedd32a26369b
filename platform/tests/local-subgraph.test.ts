import { setImmediate as turn } from 'node:timers/promises';
import { makeServer } from 'graphql-ws';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { unauthenticated } from '../src/errors.ts';
import { createLocalSubgraph, LocalSubgraphs } from '../src/subgraph/local-subgraph.ts';
import { maxBodyBytes, type OperationEndpoint } from '../src/subgraph/operation-endpoint.ts';
import { until } from '../src/testing/until.ts';

const log = pino({ level: 'silent' });
const identity = { 'x-socialhub-identity': 'good' };
let closed: number;
let asked: { body: unknown; isBatch: boolean }[];

const endpoint: OperationEndpoint = {
  verifyIdentity: (header) => {
    if (header !== 'good') throw unauthenticated();
    return { viewer: null, client: { ipAddress: null, userAgent: null } };
  },
  async answer(_identity, body, { isBatch }) {
    asked.push({ body, isBatch });
    if (body === 'fails') throw new Error('internal words');
    if (body === 'waits') await new Promise((resolve) => setTimeout(resolve, 50));
    return { status: 200, body: { data: { said: String(body).length } } };
  },
};

const made = () =>
  createLocalSubgraph({
    endpoint,
    protocol: makeServer({
      schema: undefined as never,
      onDisconnect() {
        closed += 1;
      },
    }),
    log,
  });

beforeEach(() => {
  closed = 0;
  asked = [];
});

const request = (body: string, suffix = '', headers: Record<string, string> = identity) => ({
  suffix,
  headers,
  body,
});
const gone = new AbortController().signal;

it.each([
  ['an operation', request('{}'), 200],
  ['a batch', request('{}', '/batch'), 200],
  ['what is nowhere', request('{}', '/elsewhere'), 404],
  ['a body beyond its bound', request('x'.repeat(maxBodyBytes + 1)), 413],
  ['nobody who is vouched for', request('{}', '', {}), 401],
  ['a fault', request('fails'), 500],
])('answers %s as over HTTP', async (_, given, status) => {
  const answer = await made().subgraph.answer(given, gone);
  expect(answer.status).toBe(status);
  expect(answer.text).not.toContain('internal words');
  if (![200, 500].includes(status)) expect(asked).toEqual([]);
});

it('opens a connection for nobody but the gateway', () => {
  const peer = { message: () => undefined, closed: () => undefined };
  expect(() => made().subgraph.connect({}, peer)).toThrow('Sign in first');
});

it('speaks graphql-transport-ws, and tells both ends of a close', async () => {
  const { subgraph, drain } = made();
  const heard: string[] = [];
  const ends: number[] = [];
  const peer = {
    message: (text: string) => void heard.push(text),
    closed: (code: number) => void ends.push(code),
  };
  const first = subgraph.connect(identity, peer);
  first.message('{"type":"connection_init"}');
  await until(() => heard.length > 0, { what: 'an acknowledgement' });
  expect(JSON.parse(heard[0] ?? '')).toMatchObject({ type: 'connection_ack' });
  first.closed(1000, 'Idle');
  await until(() => closed === 1, { what: 'the end at the subgraph' });
  // Whoever has left is told nothing any more.
  await drain();
  expect(ends).toEqual([]);

  subgraph.connect(identity, peer);
  await drain();
  expect(ends).toEqual([1001]);
});

it('is found while it is up, and waits at its end for what it answers', async () => {
  const locals = new LocalSubgraphs();
  const local = made();
  const takeDown = locals.add('user', local);
  expect(locals.of('user')).toBe(local.subgraph);
  const answered: string[] = [];
  local.subgraph.answer(request('waits'), gone).then(() => answered.push('answer'));
  await turn();
  await takeDown();
  answered.push('down');
  expect(locals.of('user')).toBeUndefined();
  expect(answered).toEqual(['answer', 'down']);
});
