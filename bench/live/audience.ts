import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { clientFrame, createFrameReader, opcodes } from './frames.ts';

export interface Audience {
  /** Opens so many more sockets, each with one subscription; at most `atOnce` on their way at a time. */
  join(count: number, atOnce: number): Promise<void>;
  size(): number;
  /** Resolves when every socket has had so many events since the audience was made; gives when that was. */
  heard(events: number): Promise<{ half: number; all: number }>;
  /** Sockets that have had an event. */
  reached(): number;
  /** Sockets that were closed from the other side. */
  lost(): number;
  /** What the first event was on each socket that has had one, told apart. */
  firstEvents(): ReadonlySet<string>;
  /** Opens them all in one moment, each again, a little later, until it has its subscription; gives the failures. */
  storm(count: number): Promise<number>;
  /** Reads no more, but for closing. */
  stopReading(): void;
  leave(): Promise<void>;
}

const request = (port: number) =>
  `GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c29jaWFsaHViLWJlbmNoIQ==\r\n' +
  'Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n';
const initFrame = clientFrame('{"type":"connection_init"}');
const ackStart = '{"type":"connection_ack"';
const joinWithinMs = 60_000;

/** Clients of graphql-transport-ws on bare sockets, which count what they hear. */
export function createAudience(
  port: number,
  query: string,
  /** Called for every event on every socket, with the event's number. */
  onEvent: (event: number) => void = () => {},
): Audience {
  const subscribe = clientFrame(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  const sockets = new Set<Socket>();
  const firstEvents = new Set<string>();
  const waiting = new Map<
    number,
    { half: number; resolve: (times: { half: number; all: number }) => void }
  >();
  /** How many sockets have had event number n. */
  const heardBy: number[] = [];
  let lost = 0;
  let reached = 0;

  const countEvent = (event: number) => {
    const by = (heardBy[event] ?? 0) + 1;
    heardBy[event] = by;
    const waiter = waiting.get(event);
    if (!waiter) return;
    if (by === sockets.size >> 1) waiter.half = performance.now();
    if (by < sockets.size) return;
    waiting.delete(event);
    waiter.resolve({ half: waiter.half, all: performance.now() });
  };

  /** `from` is the number of the last event that was sent before this socket came. */
  const open = (from: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let isUpgraded = false;
      let isSubscribed = false;
      let event = from;
      const timer = setTimeout(() => socket.destroy(new Error('no answer')), joinWithinMs);
      const read = createFrameReader((opcode, payload) => {
        if (opcode === opcodes.ping) return socket.write(clientFrame(payload.toString(), opcodes.pong));
        if (opcode === opcodes.close) return socket.destroy(new Error(`closed: ${payload.readUInt16BE(0)}`));
        if (opcode !== opcodes.text) return;
        if (!isSubscribed) {
          if (!payload.toString().startsWith(ackStart)) return socket.destroy(new Error('not acknowledged'));
          isSubscribed = true;
          clearTimeout(timer);
          socket.write(subscribe);
          return resolve();
        }
        if (event === from) {
          reached += 1;
          firstEvents.add(payload.toString());
        }
        event += 1;
        onEvent(event);
        countEvent(event);
      });
      socket.setNoDelay(true);
      socket.on('connect', () => socket.write(request(port)));
      socket.on('data', (data) => {
        if (isUpgraded) return read(data);
        const end = data.indexOf('\r\n\r\n');
        if (end === -1 || !data.toString('latin1', 0, 12).endsWith('101')) {
          return socket.destroy(new Error(`not upgraded: ${data.toString('latin1', 0, 100)}`));
        }
        isUpgraded = true;
        socket.write(initFrame);
        if (data.length > end + 4) read(data.subarray(end + 4));
      });
      socket.on('error', reject);
      socket.on('close', () => {
        clearTimeout(timer);
        if (sockets.delete(socket) && isSubscribed) lost += 1;
        reject(new Error('closed'));
      });
      sockets.add(socket);
    });

  return {
    async join(count, atOnce) {
      const from = heardBy.length === 0 ? 0 : heardBy.length - 1;
      let left = count;
      const lane = async () => {
        while (left > 0) {
          left -= 1;
          await open(from);
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
    },
    async storm(count) {
      const from = Math.max(0, heardBy.length - 1);
      let failures = 0;
      const one = async () => {
        for (let attempt = 1; ; attempt += 1) {
          const isIn = await open(from).then(
            () => true,
            () => false,
          );
          if (isIn) return;
          failures += 1;
          if (attempt === 10) throw new Error('a client could not come back in ten attempts');
          await delay(200 + Math.random() * 800);
        }
      };
      await Promise.all(Array.from({ length: count }, one));
      return failures;
    },
    size: () => sockets.size,
    heard: (events) =>
      (heardBy[events] ?? 0) >= sockets.size
        ? Promise.resolve({ half: performance.now(), all: performance.now() })
        : new Promise((resolve) => waiting.set(events, { half: Number.NaN, resolve })),
    reached: () => reached,
    lost: () => lost,
    firstEvents: () => firstEvents,
    stopReading() {
      for (const socket of sockets) socket.pause();
    },
    async leave() {
      const all = [...sockets];
      sockets.clear();
      await Promise.all(
        all.map((socket) => {
          const gone = new Promise((resolve) => socket.once('close', resolve));
          socket.destroy();
          return gone;
        }),
      );
    },
  };
}
