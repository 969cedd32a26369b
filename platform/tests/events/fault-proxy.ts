import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy before a server that can break off, and fall silent without closing anything. */
export interface FaultProxy {
  /** The server's URL with the proxy's address. */
  url: string;
  /** From now on no byte passes, in either direction, on old connections and new ones. */
  hang(): void;
  /** Breaks off every connection that there is; new ones work. */
  cut(): void;
  /** New connections work again; those that hung stay silent. */
  heal(): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free local port before the server of this URL. */
export async function faultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<[Socket, Socket]>();
  let hangs = false;
  const server = createServer((client) => {
    client.on('error', () => {});
    if (hangs) return;
    const upstream = connect(Number(port), hostname);
    upstream.on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => {
      client.destroy();
      pairs.delete(pair);
    });
  });
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    hang() {
      hangs = true;
      for (const pair of pairs) {
        for (const socket of pair) {
          socket.unpipe();
          socket.pause();
        }
      }
    },
    heal() {
      hangs = false;
    },
    cut,
    async close() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
