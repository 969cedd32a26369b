import { once } from 'node:events';
import { until } from '@socialhub/platform/testing/until';
import type { ExecutionResult } from 'graphql';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { otherUserId, startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type LiveGraph, startLiveGraph } from '../fixture/live-graph.ts';

let graph: LiveGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startLiveGraph();
  gateway = await startGateway(graph.all, { SUBSCRIPTIONS_PER_VIEWER: '0' });
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

beforeEach(async () => {
  await until(() => graph.listeners() === 0, { what: 'every earlier subscription is closed' });
  graph.reset();
});

interface Listening {
  results: ExecutionResult[];
  end: { error?: unknown; completed?: boolean };
  stop(): void;
  got(count: number): Promise<unknown>;
}

function listen(client: Client, query: string, variables: Record<string, unknown> = {}): Listening {
  const results: ExecutionResult[] = [];
  const end: Listening['end'] = {};
  const stop = client.subscribe(
    { query, variables },
    {
      next: (result) => results.push(result as ExecutionResult),
      error: (error) => {
        end.error = error;
      },
      complete: () => {
        end.completed = true;
      },
    },
  );
  return { results, end, stop, got: (count) => until(() => results.length >= count) };
}

const signedIn = async (claims: Record<string, unknown> = {}) =>
  gateway.socket({ token: await gateway.token({ claims }) });
/** Waits until the gateway has so many subscriptions at the subgraph, and has asked for so many in all. */
const upstream = (count: number) => until(() => graph.listeners() === count);
const texts = ({ results }: Listening) =>
  results.map((result) => (result as { data: { log: { text: string } } }).data.log.text);
/** A subscription over a socket without a library, so that it can stop reading. */
async function rawClient(query: string, variables: object) {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const cursors: string[] = [];
  const closed: { code?: number } = {};
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  socket.on('message', (data) => {
    const { type, payload } = JSON.parse(String(data));
    if (type === 'next') cursors.push(payload.data.log.cursor);
    if (type === 'connection_ack') {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
    }
  });
  socket.on('close', (code) => Object.assign(closed, { code }));
  await once(socket, 'open');
  return { socket, cursors, closed };
}
/** Whether the gateway has so many subscribers, in however many groups. */
const gatewayHolds = (count: number) =>
  gateway.logged.findLast((line) => line.includes('"subscribers":'))?.includes(`"subscribers":${count},`);
const log = 'subscription ($after: String) { log(after: $after) { text } }';

test('events that come in one moment are each whole and in order, short or long, ASCII or not', async () => {
  const listening = listen(gateway.socket(), log);
  await upstream(1);
  const sent = ['a', 'ü'.repeat(3000), 'b', 'x'.repeat(70_000), 'é', 'y'.repeat(4096), '\u{1f600}'];
  for (const text of sent) graph.append(text);
  await listening.got(sent.length);
  expect(texts(listening)).toEqual(sent);
  listening.stop();
});

describe('a subscription whose subgraph is killed and comes back', () => {
  test('goes on from its last cursor: no gap, no repeat, and no cursor that the client did not ask for', async () => {
    const listening = listen(gateway.socket(), log, { after: '0' });
    await upstream(1);
    for (const text of ['a', 'b']) graph.append(text);
    await listening.got(2);
    await graph.chat.stop();
    for (const text of ['c', 'd', 'e']) graph.append(text);
    await graph.chat.restart();
    await listening.got(5);
    graph.append('f');
    await listening.got(6);
    expect(texts(listening)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(listening.results[0]).toEqual({ data: { log: { text: 'a' } } });
    expect(graph.asked).toEqual(['0', '2']);
    listening.stop();
  });

  test.each([
    ['without any `after`', 'subscription { log { text } }'],
    ['with its cursor selected under another name', 'subscription { log { at: cursor text } }'],
    ['with a literal', 'subscription { log(after: "0") { text } }'],
    ['with other fields called like ours', 'subscription { log { cursor: text text } }'],
    ['with a fragment', 'subscription { ...L } fragment L on Subscription { log { ... on Entry { text } } }'],
    ['from a variable that has a default', 'subscription ($a: String = "0") { log(after: $a) { text } }'],
  ])('goes on when it was asked for %s', async (_how, query) => {
    const listening = listen(gateway.socket(), query);
    await upstream(1);
    graph.append('a');
    await listening.got(1);
    graph.chat.dropSockets();
    graph.append('b');
    await listening.got(2);
    expect(texts(listening)).toEqual(['a', 'b']);
    expect(graph.asked.at(-1)).toBe('1');
    listening.stop();
  });

  test('goes on from the `after` that it came with when there was no event yet', async () => {
    graph.append('old');
    const listening = listen(gateway.socket(), log, { after: '1' });
    await upstream(1);
    graph.chat.dropSockets();
    graph.append('a');
    await listening.got(1);
    expect(texts(listening)).toEqual(['a']);
    listening.stop();
  });

  test('waits while its subgraph says that it is not ready', async () => {
    const listening = listen(gateway.socket(), log, { after: '0' });
    await upstream(1);
    graph.refuseNext('UNAVAILABLE');
    graph.chat.dropSockets();
    graph.append('a');
    await listening.got(1);
    expect(graph.asked).toEqual(['0', '0', '0']);
    listening.stop();
  });

  test('is told UNAVAILABLE when nobody knows where to go on', async () => {
    const fresh = listen(gateway.socket(), 'subscription { log { text } }');
    const other = listen(gateway.socket(), 'subscription { plain }');
    await upstream(2);
    graph.plain('x');
    await other.got(1);
    graph.chat.dropSockets();
    for (const { end } of [fresh, other]) {
      await until(() => end.error);
      expect(end.error).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    }
  });

  test('and its client that leaves meanwhile is not asked for again', async () => {
    const listening = listen(gateway.socket(), log, { after: '0' });
    await upstream(1);
    await graph.chat.stop();
    listening.stop();
    await upstream(0);
    await graph.chat.restart();
    const next = listen(gateway.socket(), log, { after: '0' });
    await upstream(1);
    expect(graph.asked).toEqual(['0', '0']);
    next.stop();
  });

  test('comes back with its neighbours a few at a time, all of them whole', async () => {
    const clients = [gateway.socket(), gateway.socket(), gateway.socket(), gateway.socket()];
    const all = clients.flatMap((client) =>
      Array.from({ length: 50 }, () => listen(client, log, { after: '0' })),
    );
    await upstream(200);
    graph.append('a');
    await Promise.all(all.map((one) => one.got(1)));
    graph.forget();
    graph.chat.dropSockets();
    graph.append('b');
    await Promise.all(all.map((one) => one.got(2)));
    for (const one of all) expect(texts(one)).toEqual(['a', 'b']);
    expect(graph.asked).toHaveLength(200);
    expect(graph.mostAtOnce()).toBeLessThan(100);
    for (const one of all) one.stop();
  });
});

describe('a subscription that its subgraph ends with UNAVAILABLE', () => {
  test('goes on from its last cursor over the same connection, after growing pauses: no gap, no repeat', async () => {
    const listening = listen(gateway.socket(), log, { after: '0' });
    const neighbour = listen(gateway.socket(), 'subscription { plain }');
    await upstream(2);
    for (const text of ['a', 'b']) graph.append(text);
    await listening.got(2);
    neighbour.stop();
    await upstream(1);
    graph.refuseNext('UNAVAILABLE', 3);
    const connections = graph.chat.connections();
    graph.fail('UNAVAILABLE');
    for (const text of ['c', 'd']) graph.append(text);
    await listening.got(4);
    graph.append('e');
    await listening.got(5);
    expect(texts(listening)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(listening.end).toEqual({});
    expect(graph.asked.filter((after) => after !== undefined)).toEqual(['0', '2', '2', '2', '2']);
    expect(graph.chat.connections()).toBe(connections);
    listening.stop();
  });

  test('goes on from the `after` that it came with, though it never began', async () => {
    graph.refuseNext('UNAVAILABLE', 2);
    const listening = listen(gateway.socket(), log, { after: '0' });
    graph.append('a');
    await listening.got(1);
    expect(texts(listening)).toEqual(['a']);
    expect(graph.asked).toEqual(['0', '0', '0']);
    listening.stop();
  });

  test('is told so when nobody knows where to go on', async () => {
    const fresh = listen(gateway.socket(), log);
    const other = listen(gateway.socket(), 'subscription { plain }');
    await upstream(2);
    graph.fail('UNAVAILABLE');
    for (const { end } of [fresh, other]) {
      await until(() => end.error);
      expect(end.error).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    }
  });

  test('is told anything else at once', async () => {
    const listening = listen(gateway.socket(), log, { after: '0' });
    await upstream(1);
    graph.fail('FORBIDDEN');
    await until(() => listening.end.error);
    expect(listening.end.error).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(graph.asked).toEqual(['0']);
  });

  test.each(['event', 'text'] as const)(
    'for the %s of one moment gets that event later, whole',
    async (what) => {
      const listening = listen(gateway.socket(), log, { after: '0' });
      await upstream(1);
      graph.append('a');
      await listening.got(1);
      graph.spoilNext('UNAVAILABLE', what);
      for (const text of ['b', 'c']) graph.append(text);
      await listening.got(3);
      expect(texts(listening)).toEqual(['a', 'b', 'c']);
      expect(graph.asked).toEqual(['0', '1']);
      await upstream(1);
      listening.stop();
    },
  );

  test('and its client that leaves meanwhile is not asked for again', async () => {
    const listening = listen(gateway.socket(), log, { after: '0' });
    await upstream(1);
    graph.fail('UNAVAILABLE');
    await upstream(0);
    listening.stop();
    await until(() => gatewayHolds(0));
    const next = listen(gateway.socket(), log, { after: '1' });
    graph.append('a');
    graph.append('b');
    await next.got(1);
    expect(graph.asked).toEqual(['0', '1']);
    next.stop();
  });
});

describe('a client that does not read', () => {
  test('is cut with a code on which it comes back, and goes on from its cursor without loss', async () => {
    const query = 'subscription ($after: String) { log(after: $after) { cursor text } }';
    const slow = await rawClient(query, { after: '0' });
    await upstream(1);
    slow.socket.pause();
    let appended = 0;
    const moreUntilCut = () => {
      if (graph.listeners() === 0) return true;
      for (let i = 0; i < 10; i++) graph.append('x'.repeat(200_000));
      appended += 10;
      return false;
    };
    await until(moreUntilCut, { timeoutMs: 20_000, what: 'it is ended upstream' });
    slow.socket.resume();
    expect(await until(() => slow.closed.code)).toBe(1013);
    expect(slow.cursors.length).toBeGreaterThan(0);
    expect(slow.cursors.length).toBeLessThan(appended);

    // What it has missed may be too much at once for it again; every time it comes further.
    const seen = [...slow.cursors];
    while (seen.length < appended) {
      const again = await rawClient(query, { after: seen.at(-1) });
      await until(() => again.closed.code || seen.length + again.cursors.length >= appended, {
        timeoutMs: 20_000,
      });
      expect(again.cursors.length).toBeGreaterThan(0);
      seen.push(...again.cursors);
      again.socket.close();
    }
    expect(seen).toEqual(Array.from({ length: appended }, (_, index) => String(index + 1)));
  });
});

test('there is no ceiling at 1,024 subscriptions: all are asked for, and all hear', async () => {
  const query = 'subscription ($topic: String) { shared(topic: $topic) { id } }';
  const clients = Array.from({ length: 24 }, () => gateway.socket());
  const all = clients.flatMap((client, at) =>
    Array.from({ length: 46 }, (_, n) => listen(client, query, { topic: `${at} ${n}` })),
  );
  await until(() => graph.listeners() === all.length, { timeoutMs: 20_000 });
  expect(all.length).toBeGreaterThan(1024);
  graph.share({ id: '1' });
  await Promise.all(all.map((one) => one.got(1)));
  for (const one of all) one.stop();
});

describe('subscribers with the same operation and variables', () => {
  const shared = 'subscription { shared { id title author { name } } }';

  test('are one group, whoever they are, when nothing that they select depends on the viewer', async () => {
    const strangers = [await signedIn(), await signedIn({ sub: otherUserId, sid: 's2' })].map((client) =>
      listen(client, shared),
    );
    await upstream(1);
    const late = listen(await signedIn({ sid: 's3' }), shared);
    await until(() => graph.asked.length === 1);
    await until(() => gatewayHolds(3));
    graph.share({ id: '1', title: 'A', author: { id: '7' } });
    for (const one of strangers) {
      await one.got(1);
      expect(one.results).toEqual([
        { data: { shared: { id: '1', title: 'A', author: { name: 'User 7' } } } },
      ]);
    }
    expect(graph.listeners()).toBe(1);
    expect(graph.user.requests).toHaveLength(1);
    for (const one of [...strangers, late]) one.stop();
    await upstream(0);
  });

  test('are groups of their own when one field depends on the viewer, wherever it is fetched', async () => {
    for (const query of [
      'subscription { shared { id seen } }',
      'subscription { shared { id author { name isFollowed } } }',
      'subscription { shared { id item { ... on Shared { seen } } } }',
    ]) {
      const strangers = [await signedIn(), await signedIn({ sub: otherUserId, sid: 's2' })].map((client) =>
        listen(client, query),
      );
      await upstream(2);
      for (const one of strangers) one.stop();
      await upstream(0);
    }
  });

  test('share always when they are the same viewer on several sockets, and never when nobody is signed in', async () => {
    const dependent = 'subscription { shared { id seen } }';
    const mine = [listen(await signedIn(), dependent), listen(await signedIn(), dependent)];
    const anonymous = [listen(gateway.socket(), dependent), listen(gateway.socket(), dependent)];
    await upstream(3);
    graph.share({ id: '1', title: 'A', author: { id: '7' } });
    for (const one of [...mine, ...anonymous]) await one.got(1);
    expect(graph.listeners()).toBe(3);
    for (const one of [...mine, ...anonymous]) one.stop();
  });

  test('do not mix with other variables, nor signed in with signed out', async () => {
    const query = 'subscription ($topic: String) { shared(topic: $topic) { id } }';
    const all = [
      listen(await signedIn(), query, { topic: 'a' }),
      listen(await signedIn({ sid: 's2' }), query, { topic: 'b' }),
      listen(gateway.socket(), query, { topic: 'a' }),
      listen(gateway.socket(), query, { topic: 'a' }),
    ];
    await upstream(3);
    for (const one of all) one.stop();
  });

  test('are authorised each for themselves', async () => {
    const query = 'subscription { members { id } }';
    const allowed = listen(await signedIn(), query);
    await upstream(1);
    const refused = listen(gateway.socket(), query);
    await until(() => refused.end.error);
    expect(refused.end.error).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    allowed.stop();
  });

  test('leave without ending the others, also while an event is being fetched for them', async () => {
    const [first, second] = [listen(await signedIn(), shared), listen(await signedIn({ sid: 's2' }), shared)];
    await upstream(1);
    await until(() => gatewayHolds(2));
    const release = graph.holdAuthors();
    graph.share({ id: '1', title: 'A', author: { id: '7' } });
    await until(() => graph.user.requests.length === 1);
    first.stop();
    await until(() => gatewayHolds(1));
    release();
    await second.got(1);
    expect(second.results).toEqual([
      { data: { shared: { id: '1', title: 'A', author: { name: 'User 7' } } } },
    ]);
    expect(graph.listeners()).toBe(1);
    graph.share({ id: '2', title: 'B', author: { id: '8' } });
    await second.got(2);
    expect(first.results).toEqual([]);
    second.stop();
    await upstream(0);
  });

  test('get the events of their own time, a newcomer none that came before it', async () => {
    const first = listen(await signedIn(), shared);
    await upstream(1);
    const release = graph.holdAuthors();
    graph.share({ id: '1', title: 'A', author: { id: '7' } });
    await until(() => graph.user.requests.length === 1);
    const newcomer = listen(await signedIn({ sid: 's2' }), shared);
    await until(() => gatewayHolds(2));
    graph.share({ id: '2', title: 'B', author: { id: '7' } });
    release();
    await first.got(2);
    await newcomer.got(1);
    expect(newcomer.results).toMatchObject([{ data: { shared: { id: '2' } } }]);
    expect(first.results).toMatchObject([
      { data: { shared: { id: '1' } } },
      { data: { shared: { id: '2' } } },
    ]);
    first.stop();
    newcomer.stop();
  });

  test('do not share what begins in the past', async () => {
    const client = await signedIn();
    const both = [listen(client, log, { after: '0' }), listen(client, log, { after: '0' })];
    await upstream(2);
    for (const one of both) one.stop();
    await upstream(0);
    const now = [listen(client, log), listen(client, log, { after: null })];
    await until(() => graph.listeners() > 0 && gatewayHolds(2));
    graph.append('a');
    for (const one of now) await one.got(1);
    for (const one of now) one.stop();
  });

  test('go on together after a break; who comes meanwhile begins alone, with now', async () => {
    const members = [listen(await signedIn(), log), listen(await signedIn(), log)];
    await upstream(1);
    await until(() => gatewayHolds(2));
    graph.append('a');
    for (const one of members) await one.got(1);
    await graph.chat.stop();
    const newcomer = listen(await signedIn(), log);
    await until(() => gatewayHolds(3));
    graph.append('missed');
    await graph.chat.restart();
    for (const one of members) await one.got(2);
    await upstream(2);
    graph.append('b');
    for (const one of members) await one.got(3);
    await newcomer.got(1);
    for (const one of members) expect(texts(one)).toEqual(['a', 'missed', 'b']);
    expect(texts(newcomer)).toEqual(['b']);
    for (const one of [...members, newcomer]) one.stop();
  });
});

describe('what events cost', () => {
  let priced: TestGateway;
  beforeAll(async () => {
    // Of `log` one costs 202.
    priced = await startGateway(graph.all, { COST_PER_MINUTE: '1000' });
  });
  afterAll(() => priced?.stop());
  const socketOf = async (sub: string) => priced.socket({ token: await priced.token({ claims: { sub } }) });

  test('is paid by whom they are for: who has used up theirs is told so, others hear on', async () => {
    const spender = listen(await socketOf(otherUserId), log, { after: '0' });
    const other = listen(await socketOf('0190a3f0-0000-7000-8000-0000000000ff'), log, { after: '0' });
    await upstream(2);
    for (const text of ['a', 'b', 'c']) graph.append(text);
    await spender.got(3);
    await other.got(3);
    other.stop();
    await upstream(1);
    const fresh = listen(await socketOf('0190a3f0-0000-7000-8000-0000000000fe'), log, { after: '3' });
    for (const text of ['d', 'e', 'f', 'g']) graph.append(text);
    await until(() => spender.end.error);
    expect(spender.end.error).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } },
    ]);
    expect(texts(spender).slice(0, 3)).toEqual(['a', 'b', 'c']);
    expect(texts(spender).length).toBeLessThan(7);
    await fresh.got(4);
    expect(texts(fresh)).toEqual(['d', 'e', 'f', 'g']);
    fresh.stop();
    // Others made these events happen: what they cost leaves the viewer what they ask for themself.
    const many = Array.from({ length: 4 }, (_, n) => `u${n}: user(id: "${n}") { id }`);
    const { body } = await priced.query(`{ ${many.join(' ')} }`, {
      token: await priced.token({ claims: { sub: otherUserId } }),
    });
    expect(body).toEqual({ data: expect.anything() });
  });

  test('is nobody’s where strangers share what is fetched', async () => {
    const query = 'subscription { shared { title } }';
    const both = [listen(await socketOf(otherUserId.replace(/.$/, '8')), query)];
    both.push(listen(await socketOf(otherUserId.replace(/.$/, '9')), query));
    await upstream(1);
    await until(() =>
      priced.logged.findLast((line) => line.includes('"subscribers":'))?.includes('"subscribers":2,'),
    );
    for (let n = 0; n < 20; n += 1) graph.share({ id: String(n), title: `Title ${n}` });
    for (const one of both) {
      await one.got(20);
      expect(one.end).toEqual({});
      one.stop();
    }
  });
});
