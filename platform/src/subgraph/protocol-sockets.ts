import { CloseCode, handleProtocols, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../log.ts';

/** As when a page is left or a server goes down (RFC 6455 section 7.4.1). */
const goingAway = 1001;
const keepAliveMs = 10_000;
const goodbyeMs = 3_000;
const maxMessageBytes = 1_000_000;

/** The sockets on which graphql-transport-ws is spoken. */
export interface ProtocolSockets {
  /** Gets sockets by its `handleUpgrade`, and has them spoken to by `add`. */
  server: WebSocketServer;
  add(socket: WebSocket): void;
  /** Closes all of them with 1001; who does not answer within 3 seconds is cut off. */
  close(): Promise<void>;
}

/**
 * Puts the protocol on sockets as graphql-ws's own server for `ws` does, but for what it says of failures: what a caller does
 * wrong ends its socket and is no error of ours, what fails here goes into the log, and callers are told nothing of it.
 */
export function createProtocolSockets(protocol: Server, log: Logger): ProtocolSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, handleProtocols });

  const fail = (socket: WebSocket, error: unknown) => {
    // Whoever has gone meanwhile has nothing sent to them.
    if (socket.readyState !== socket.OPEN)
      return log.debug({ err: error }, 'a socket ended before its answer');
    log.error({ err: error }, 'unexpected error in a socket');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };

  return {
    server,
    add(socket) {
      // `ws` has begun to close it, with the code for what is wrong.
      socket.on('error', (error) => log.debug({ err: error }, 'a socket failed'));
      const stopPinging = keepAlive(socket);
      const closed = protocol.opened(
        {
          protocol: socket.protocol,
          send: (data) =>
            new Promise((resolve, reject) => {
              if (socket.readyState !== socket.OPEN) return resolve();
              socket.send(data, (error) => (error ? reject(error) : resolve()));
            }),
          close: (code, reason) => socket.close(code, reason),
          onMessage: (handle) =>
            socket.on('message', (data) => {
              handle(String(data)).catch((error: unknown) => fail(socket, error));
            }),
        },
        undefined,
      );
      socket.once('close', (code, reason) => {
        stopPinging();
        closed(code, String(reason)).catch((error: unknown) =>
          log.error({ err: error }, 'a socket that closed was not given up cleanly'),
        );
      });
    },
    async close() {
      for (const socket of server.clients) socket.close(goingAway, 'Going away');
      const impatience = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, goodbyeMs);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearTimeout(impatience);
    },
  };
}

/** Ends a socket that leaves a ping unanswered. Gives what stops that. */
function keepAlive(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, keepAliveMs);
  return () => clearInterval(timer);
}
