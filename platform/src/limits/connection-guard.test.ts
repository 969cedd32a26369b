import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { guardConnections } from './connection-guard.ts';
import { createFairPlaces, Place } from './fair-places.ts';

const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

/** A server to which every connection comes from the address that the test says. */
async function serve(options: { total: number; perKey: number }) {
  let address = '';
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket.on('error', () => undefined)));
  const places = createFairPlaces(options);
  const guard = guardConnections(server, places, () => address);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.push(() => new Promise((resolve) => server.close(resolve)));
  return {
    places,
    guard,
    accepted,
    async from(name: string) {
      address = name;
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('error', () => undefined);
      cleanUp.push(() => socket.destroy());
      const state = { closed: false };
      socket.on('close', () => {
        state.closed = true;
      });
      socket.resume();
      const before = accepted.length;
      await until(() => accepted.length > before);
      return { socket, state };
    },
  };
}

test('one address has so many connections and no more, until some are closed', async () => {
  const { from, places } = await serve({ total: 10, perKey: 2 });
  const first = await from('a');
  await from('a');
  const third = await from('a');
  await until(() => third.state.closed);
  expect(places.size).toBe(2);
  await from('b');
  first.socket.destroy();
  await until(() => places.size === 2);
  expect((await from('a')).state.closed).toBe(false);
  await until(() => places.size === 3);
});

test('when there are as many as can be served, who has most loses one to who has fewer', async () => {
  const { from, places } = await serve({ total: 4, perKey: 0 });
  const many = [await from('a'), await from('a'), await from('a'), await from('a')];
  const one = await from('b');
  await until(() => many.some(({ state }) => state.closed));
  expect(many.map(({ state }) => state.closed)).toEqual([false, false, false, true]);
  expect(one.state.closed).toBe(false);
  const refused = await from('a');
  await until(() => refused.state.closed);
  expect(places.size).toBe(4);
});

test('a connection gives back with its own place the one that it holds for what it has become', async () => {
  const { from, guard, accepted } = await serve({ total: 4, perKey: 0 });
  const { socket } = await from('a');
  const [raw] = accepted;
  if (!raw) throw new Error('nothing is accepted');
  const further = createFairPlaces({ total: 4, perKey: 0 });
  class Held extends Place {
    cut() {}
  }
  const place = new Held();
  further.take('client', place);
  guard.hold(raw, further, place);
  expect(guard.heldBy(raw)).toBe(place);
  socket.destroy();
  await until(() => further.size === 0);
});

test('a connection that has to give way ends as what it has become', async () => {
  const { from, guard, accepted } = await serve({ total: 2, perKey: 0 });
  const ended: string[] = [];
  class Held extends Place {
    readonly name: string;
    constructor(name: string) {
      super();
      this.name = name;
    }
    cut() {
      ended.push(this.name);
    }
  }
  const further = createFairPlaces({ total: 4, perKey: 0 });
  const states = [await from('a'), await from('a')];
  for (const [at, raw] of accepted.entries()) {
    const place = new Held(`socket ${at}`);
    further.take('client', place);
    guard.hold(raw, further, place);
  }
  await from('b');
  expect(ended).toEqual(['socket 1']);
  // It takes leave in its own way, and is not torn off.
  expect(accepted.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  expect(states.some(({ state }) => state.closed)).toBe(false);
});

test('a connection that is trusted is not counted any more', async () => {
  const { from, places, guard, accepted } = await serve({ total: 1, perKey: 0 });
  const first = await from('web');
  const [raw] = accepted;
  if (!raw) throw new Error('nothing is accepted');
  guard.trust(raw);
  expect(places.size).toBe(0);
  await from('web');
  first.socket.destroy();
  await until(() => raw.destroyed);
  expect(places.size).toBe(1);
});
