import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Crowd } from '../limits/crowd.ts';
import { backlog, type WatchedResponse } from './client-times.ts';

const silenceMs = 500;

/** How a server begins and how it ends: nobody who has an answer coming is cut off, and nobody holds it up. */
export interface OrderlyEnd<Response extends WatchedResponse> {
  /** What is being answered. */
  readonly underWay: Crowd<Response>;
  readonly isDraining: boolean;
  /** Takes a response as its request begins. */
  add(response: Response): void;
  /** Listens and gives the address (`http://host:port`). Throws when the port is taken. */
  listen(host: string, port: number): Promise<string>;
  /** From now on each answer is the last on its connection. */
  drain(): void;
  /** Drains, takes nothing new, waits for what is being answered, `timeoutMs` at most, and closes. */
  close(): Promise<void>;
}

export function createOrderlyEnd<Response extends typeof WatchedResponse>(
  server: Server<typeof IncomingMessage, Response>,
  timeoutMs: number,
): OrderlyEnd<InstanceType<Response>> {
  const underWay = new Crowd<InstanceType<Response>>();
  let isDraining = false;
  let isClosing = false;

  const drain = () => {
    isDraining = true;
    // Their connections would else be kept alive for a next request, which nobody will answer.
    for (const response of underWay) response.shouldKeepAlive = false;
  };

  return {
    underWay,
    get isDraining() {
      return isDraining;
    },
    add(response) {
      if (isDraining) response.shouldKeepAlive = false;
      underWay.add(response);
      // All of them close once: `once` would make functions for nothing.
      response.on('close', () => {
        underWay.delete(response);
        // One that had begun to be written before has promised to keep its connection.
        if (isClosing) setImmediate(() => server.closeIdleConnections());
      });
    },
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host, backlog }, () => {
          server.off('error', reject);
          const address = server.address() as AddressInfo;
          const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
          resolve(`http://${name}:${address.port}`);
        });
      }),
    drain,
    close: () =>
      new Promise((resolve) => {
        drain();
        isClosing = true;
        const force = setTimeout(() => server.closeAllConnections(), timeoutMs);
        // To Node one on which nothing was asked yet is not idle; whoever opens it in advance may never ask.
        const silent = setInterval(() => {
          if (underWay.size === 0) server.closeAllConnections();
        }, silenceMs);
        server.close(() => {
          clearTimeout(force);
          clearInterval(silent);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
