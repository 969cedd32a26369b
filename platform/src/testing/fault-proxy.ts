import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pause } from '../retry.ts';

/** A TCP proxy before a server, which does to connections what networks do. Of a fault new connections have their share, too. */
export interface FaultProxy {
  /** The server's URL with the proxy's address. */
  url: string;
  /** From now on no byte passes, in either direction, and nothing is closed. */
  hang(): void;
  /** What the client sends arrives; what the server answers does not. */
  loseAnswers(): void;
  /** Each piece comes so much later. */
  delay(ms: number): void;
  /** No more bytes a second than these, in each direction of a connection. */
  throttle(bytesPerSecond: number): void;
  /** Breaks off every connection that there is; new ones work. */
  cut(): void;
  /** The same without a goodbye: both ends read ECONNRESET. */
  reset(): void;
  /** No connection is taken, and those that there are break off: as of a server that is away. */
  refuse(): void;
  /** New connections work again, and slow ones run; those that fell silent stay so. */
  heal(): void;
  close(): Promise<void>;
}

type Direction = 'question' | 'answer';

class Connection {
  readonly sockets: Socket[];
  readonly silent = new Set<Direction>();

  constructor(sockets: Socket[]) {
    this.sockets = sockets;
  }
}

/** Starts a proxy on a free local port before the server of this URL. */
export async function faultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const connections = new Set<Connection>();
  const silent = new Set<Direction>();
  let isRefusing = false;
  let delayMs = 0;
  let bytesPerSecond = Number.POSITIVE_INFINITY;

  const server = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => {});
    if (isRefusing) return client.resetAndDestroy();
    const upstream = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    upstream.on('error', () => client.destroy());
    const connection = new Connection([client, upstream]);
    for (const direction of silent) connection.silent.add(direction);
    connections.add(connection);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => connections.delete(connection));
    void forward(connection, 'question', client, upstream);
    void forward(connection, 'answer', upstream, client);
  });

  async function forward(
    connection: Connection,
    direction: Direction,
    from: Socket,
    to: Socket,
  ): Promise<void> {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        const waitMs = delayMs + (piece.length / bytesPerSecond) * 1000;
        if (waitMs > 0) await pause(waitMs);
        if (connection.silent.has(direction) || to.destroyed) continue;
        if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      }
      if (!connection.silent.has(direction)) to.end();
    } catch {
      // It broke off: the other end does so, too.
    }
  }

  const each = (act: (socket: Socket) => void) => {
    for (const { sockets } of connections) for (const socket of sockets) act(socket);
  };
  const cut = () => each((socket) => socket.destroy());
  const silence = (...directions: Direction[]) => {
    for (const direction of directions) {
      silent.add(direction);
      for (const connection of connections) connection.silent.add(direction);
    }
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    hang: () => silence('question', 'answer'),
    loseAnswers: () => silence('answer'),
    delay(ms) {
      delayMs = ms;
    },
    throttle(rate) {
      bytesPerSecond = rate;
    },
    cut,
    reset: () => each((socket) => socket.resetAndDestroy()),
    refuse() {
      isRefusing = true;
      cut();
    },
    heal() {
      silent.clear();
      isRefusing = false;
      delayMs = 0;
      bytesPerSecond = Number.POSITIVE_INFINITY;
    },
    async close() {
      isRefusing = true;
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
