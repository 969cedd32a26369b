import type { Duplex } from 'node:stream';
import type { Logger } from '@socialhub/platform/log';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { LiveEvent, LiveStream, Subscriber } from './engine/index.ts';
import type { SocketSession } from './socket-session.ts';

/** Close codes beside those of the protocol. Clients of graphql-ws come back after the first two. */
export const closeCode = { goingAway: 1001, tryAgainLater: 1013, badRequest: 4400, forbidden: 4403 } as const;

/** Events longer than this are kept once for all readers; shorter ones are cheaper to copy. */
const sharedFrom = 4096;

type OnMessage = (text: string) => Promise<void>;

/**
 * One client's socket as the protocol sees it, and the short way for subscriptions' events. A class and no
 * closures: there are tens of thousands, and what each of them weighs counts.
 */
export class Connection implements ProtocolSocket {
  readonly protocol: string;
  readonly socket: WebSocket;
  readonly session: SocketSession;
  /** Heard from since the last ping. */
  isAlive = true;
  /** Which of the turns of pings it takes part in. */
  readonly turn: number;
  readonly #raw: Duplex;
  readonly #waitingBytes: number;
  readonly #log: Logger;

  constructor(options: {
    socket: WebSocket;
    /** What the WebSocket writes to. */
    raw: Duplex;
    session: (connection: Connection) => SocketSession;
    waitingBytes: number;
    log: Logger;
  }) {
    this.socket = options.socket;
    this.protocol = options.socket.protocol;
    this.#raw = options.raw;
    this.#waitingBytes = options.waitingBytes;
    this.#log = options.log;
    this.session = options.session(this);
    lastTurn = (lastTurn + 1) % turns;
    this.turn = lastTurn;
    byWebSocket.set(this.socket, this);
    this.socket.on('pong', heard);
    this.socket.on('error', failed);
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Bytes that wait for the reader. */
  get waiting(): number {
    return this.#raw.writableLength;
  }

  send(data: string): void {
    if (this.isOpen && this.hasRoom()) this.socket.send(data);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  onMessage(handle: OnMessage): void {
    this.socket.on('message', (data: RawData, isBinary: boolean) => {
      this.isAlive = true;
      if (isBinary) return this.close(closeCode.badRequest, 'Messages are text');
      handle(String(data)).catch((error: unknown) => {
        this.#log.error({ err: error }, 'unexpected error in a socket operation');
        this.close(closeCode.tryAgainLater, 'Try again later');
      });
    });
  }

  async onPing(payload: Record<string, unknown> | undefined): Promise<void> {
    const { authorization, ...rest } = payload ?? {};
    if (authorization !== undefined && !(await this.session.renew(authorization))) return;
    this.send(JSON.stringify({ type: 'pong', ...(Object.keys(rest).length > 0 && { payload: rest }) }));
  }

  /** Pings by a WebSocket frame, which browsers answer by themselves; an unanswered one ends the socket. */
  ping(): void {
    if (!this.isAlive) this.socket.terminate();
    this.isAlive = false;
    if (this.isOpen) this.socket.ping();
  }

  /** False: the reader is too slow and is being sent away; it may come back with its cursor. */
  hasRoom(): boolean {
    if (this.waiting <= this.#waitingBytes) return true;
    this.close(closeCode.tryAgainLater, 'Too slow');
    return false;
  }

  /**
   * Sends an event past the protocol library and past `ws`, as one text frame: serialised for all of its readers,
   * and but for the id the same bytes. False when nothing goes to this socket any more.
   */
  sendEvent(prefix: string, event: LiveEvent): boolean {
    if (!this.isOpen || !this.hasRoom()) return false;
    const { bytes } = event;
    const start = frameHeader(prefix.length + bytes.length + 1) + prefix;
    if (bytes.length < sharedFrom) {
      this.#raw.write(`${start}${bytes}}`, 'latin1');
    } else {
      this.#raw.cork();
      this.#raw.write(start, 'latin1');
      this.#raw.write(event.buffer);
      this.#raw.write('}', 'latin1');
      this.#raw.uncork();
    }
    return true;
  }

  failed(error: Error): void {
    this.#log.debug({ err: error }, 'a socket failed');
  }
}

/** The pings of all sockets are spread over so many turns, so that they don't go out in one moment. */
const turns = 16;
let lastTurn = 0;

/** So that handlers need no closure for each socket. */
const byWebSocket = new WeakMap<WebSocket, Connection>();

function heard(this: WebSocket): void {
  const connection = byWebSocket.get(this);
  if (connection) connection.isAlive = true;
}

function failed(this: WebSocket, error: Error): void {
  byWebSocket.get(this)?.failed(error);
}

/** Of an unmasked text frame that is not continued, one byte a character. */
function frameHeader(length: number): string {
  if (length < 126) return String.fromCharCode(0x81, length);
  if (length < 65_536) return String.fromCharCode(0x81, 126, length >> 8, length & 255);
  const high = Math.floor(length / 2 ** 32);
  const bytes = [high, length % 2 ** 32].flatMap((word) =>
    [24, 16, 8, 0].map((shift) => (word >>> shift) & 255),
  );
  return String.fromCharCode(0x81, 127, ...bytes);
}

/**
 * A subscription as the protocol library runs one: something to iterate that starts at the first `next`. It yields
 * nothing, though; events go straight to the socket, and what the library is told is the end alone.
 */
export class SocketSubscription implements AsyncIterableIterator<never>, Subscriber {
  readonly #connection: Connection;
  readonly #prefix: string;
  #stream: LiveStream | undefined;
  #stop: (() => void) | undefined;
  #settle:
    | { resolve: (done: IteratorReturnResult<undefined>) => void; reject: (error: Error) => void }
    | undefined;
  #isOver = false;

  constructor(connection: Connection, id: string, stream: LiveStream) {
    this.#connection = connection;
    this.#prefix = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`).toString('latin1');
    this.#stream = stream;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorReturnResult<undefined>> {
    const stream = this.#stream;
    if (this.#isOver || !stream) return Promise.resolve(done);
    this.#stream = undefined;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      const stop = stream.start(this);
      if (this.#isOver) stop();
      else this.#stop = stop;
    });
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#stop?.();
    this.end();
    return done;
  }

  deliver(event: LiveEvent): void {
    if (this.#isOver || this.#connection.sendEvent(this.#prefix, event)) return;
    this.#stop?.();
    this.end();
  }

  end(error?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop = undefined;
    if (error) this.#settle?.reject(error);
    else this.#settle?.resolve(done);
    this.#settle = undefined;
  }
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Pings all connections, each once in `keepAliveMs`, by one timer for all; and when what waits for slow readers is
 * too much together, sends those away for whom most waits. Gives what ends it.
 */
export function careFor(
  connections: ReadonlySet<Connection>,
  limits: { keepAliveMs: number; waitingBytesOfAll: number },
): () => void {
  let turn = 0;
  const timer = setInterval(() => {
    turn = (turn + 1) % turns;
    let waiting = 0;
    for (const connection of connections) {
      waiting += connection.waiting;
      if (connection.turn === turn) connection.ping();
    }
    if (waiting > limits.waitingBytesOfAll) cutSlowest(connections, waiting - limits.waitingBytesOfAll);
  }, limits.keepAliveMs / turns).unref();
  return () => clearInterval(timer);
}

function cutSlowest(connections: ReadonlySet<Connection>, tooMuch: number): void {
  let left = tooMuch;
  for (const connection of [...connections].sort((a, b) => b.waiting - a.waiting)) {
    if (left <= 0) return;
    left -= connection.waiting;
    connection.socket.terminate();
  }
}
