import { defaultPlanning, type PlanningThread } from '@socialhub/federation-engine';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

// An operation that was never seen before has to be validated and planned, and planning can take seconds.

let graph: FixtureGraph;
const gateways: TestGateway[] = [];

beforeAll(async () => {
  graph = await startGraph();
});

afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
});

afterAll(() => graph?.stop());

/** A gateway whose planning thread notes what it is given, and does nothing while it is held. */
async function start(env: Record<string, string> = {}) {
  const tasks: { kind: string; text: string }[] = [];
  let free = Promise.resolve();
  let release = () => {};
  const gateway = await startGateway(graph.all, env, {
    startThread(setup): PlanningThread {
      const thread = defaultPlanning.startThread(setup);
      return {
        ready: thread.ready,
        async perform(task) {
          tasks.push(task);
          await free;
          return thread.perform(task);
        },
        lastMs: 0,
        spentMs: () => thread.spentMs(),
        stop: () => thread.stop(),
      };
    },
    budgetMs: 60_000,
    waitMs: 60_000,
  });
  gateways.push(gateway);
  return {
    gateway,
    tasks,
    hold() {
      free = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => release(),
    as: (address: string, query: string, more: object = {}) =>
      gateway.post({ query, ...more }, { 'x-forwarded-for': address }),
  };
}

const codes = ({ body }: { body: { errors?: { extensions: Record<string, unknown> }[] } }) =>
  body.errors?.map(({ extensions }) => extensions.code);

describe('an operation that is known', () => {
  test('is answered while those that are new wait, whoever sent them and however many they are', async () => {
    const { gateway, tasks, hold, release, as } = await start({ TRUSTED_PROXIES: '1' });
    const known = '{ posts { text author { displayName postCount } } }';
    const expected = await gateway.query(known);
    expect(expected.body.data).toBeTruthy();
    hold();
    const waiting = Array.from({ length: 200 }, (_, at) =>
      as(`192.0.2.${at % 50}`, `{ a${at % 20}: twin } # ${at}`),
    );
    const socket = gateway.socket();
    const overSocket = new Promise((resolve, reject) =>
      socket.subscribe({ query: '{ b: twin }' }, { next: resolve, error: reject, complete: () => undefined }),
    );
    await until(() => tasks.some(({ text }) => text.includes('#')));
    for (let at = 0; at < 20; at += 1) expect((await gateway.query(known)).body).toEqual(expected.body);
    const [first] = await Promise.all([
      Promise.race([...waiting, overSocket]),
      gateway.query(known).then(release),
    ]);
    expect(first).toBeTruthy();
    for (const answer of await Promise.all(waiting)) expect(codes(answer)).toBe(undefined);
    expect(await overSocket).toEqual({ data: { b: 2 } });
  });

  test('is validated once and planned once, though many send it in the same moment', async () => {
    const { gateway, tasks } = await start();
    const query = '{ mediaLimits twin }';
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.query(query)));
    for (const { body } of answers) expect(body.data).toEqual({ mediaLimits: 4, twin: 2 });
    expect(tasks.map(({ kind }) => kind)).toEqual(['validate', 'plan']);
  });
});

describe('an operation that is new', () => {
  test('is not planned for somebody who may not ask for it, nor where it costs too much or its variables are wrong', async () => {
    const { gateway, tasks } = await start({ COST_PER_OPERATION: '10' });
    const refused: [string, string, object?][] = [
      ['UNAUTHENTICATED', '{ viewer { id } }'],
      ['BAD_USER_INPUT', '{ posts { author { friends { friends { id } } } } }'],
      ['BAD_USER_INPUT', 'query ($of: Int!) { count(of: $of) }', { of: 'many' }],
    ];
    for (const [code, query, variables] of refused) {
      expect(codes(await gateway.post({ query, variables }))).toEqual([code]);
      expect(codes(await gateway.post({ query, variables }))).toEqual([code]);
    }
    expect(tasks.map(({ kind }) => kind)).toEqual(['validate', 'validate', 'validate']);
  });

  test('is counted once, whether it is valid or not, and however often it is sent', async () => {
    const { as, tasks } = await start({ TRUSTED_PROXIES: '1', NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '3' });
    const send = (query: string) => as('192.0.2.1', query);
    for (let at = 0; at < 10; at += 1) {
      expect((await send('{ twin }')).body.data).toEqual({ twin: 2 });
      expect(codes(await send('{ nope }'))).toEqual(['BAD_USER_INPUT']);
    }
    expect((await send('{ a: twin }')).body.data).toEqual({ a: 2 });
    const refused = await send('{ b: twin }');
    expect(refused.status).toBe(429);
    expect(refused.body.errors).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', limit: 3, retryAfter: expect.any(Number) } },
    ]);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await send('{ a: twin }')).body.data).toEqual({ a: 2 });
    expect((await as('192.0.2.2', '{ b: twin }')).body.data).toEqual({ b: 2 });
    expect((await send('{ b: twin }')).body.data).toEqual({ b: 2 });
    expect(tasks.filter(({ kind }) => kind === 'validate')).toHaveLength(4);
  });

  test('is counted for each of the operations of one document', async () => {
    const { gateway } = await start({ NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '3' });
    const query = ['A', 'B', 'C', 'D'].map((name) => `query ${name} { twin }`).join(' ');
    const send = (operationName: string) => gateway.post({ query, operationName });
    for (const name of ['A', 'B', 'C', 'A']) expect(codes(await send(name))).toBe(undefined);
    expect(codes(await send('D'))).toEqual(['RATE_LIMITED']);
  });

  test('is counted for its viewer as well, wherever they are, and over every transport', async () => {
    const { gateway, as } = await start({ TRUSTED_PROXIES: '1', NEW_OPERATIONS_PER_MINUTE_PER_VIEWER: '2' });
    const authorization = `Bearer ${await gateway.token()}`;
    const from = (address: string, query: string, accept = 'application/json') =>
      gateway.post({ query }, { authorization, accept, 'x-forwarded-for': address });
    expect(codes(await from('192.0.2.1', '{ twin }'))).toBe(undefined);
    expect(codes(await from('192.0.2.2', '{ a: twin }'))).toBe(undefined);
    expect(codes(await from('192.0.2.3', '{ b: twin }'))).toEqual(['RATE_LIMITED']);
    expect((await from('192.0.2.3', '{ b: twin }', 'text/event-stream')).text).toContain('RATE_LIMITED');
    const socket = gateway.socket({ token: await gateway.token() });
    const refused = await new Promise((resolve) =>
      socket.subscribe(
        { query: 'subscription { chatEvents { cursor } }' },
        { next: () => undefined, error: resolve, complete: () => undefined },
      ),
    );
    expect(refused).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect(codes(await as('192.0.2.1', '{ b: twin }'))).toBe(undefined);
  });
});
