import { WebSocket } from 'ws';
import type { EngineLog } from '../log.ts';
import { connectLocally, type ProtocolConnection } from './local-connection.ts';
import { isRecord } from './subgraph-errors.ts';
import type { FindLocal } from './transport.ts';
import type { SocketOptions } from './upstream-operation.ts';

/** What a subgraph says on a connection. */
export interface SubgraphMessage {
  type?: unknown;
  id?: unknown;
  payload?: unknown;
}

/** Is told what becomes of a connection. */
export interface ConnectionListener {
  acknowledged(): void;
  /** Of an operation. */
  message(message: SubgraphMessage): void;
  /** Comes once, and nothing after it. */
  closed(how: { code: number; reason: string; fault: Error | undefined }): void;
}

/**
 * Connects to a subgraph by graphql-transport-ws: initialises the connection, answers pings and sends its own. One that is not
 * acknowledged in time, or doesn't answer a ping, is ended.
 */
export function connectToSubgraph(
  options: {
    name: string;
    url: string;
    socket: SocketOptions;
    /** What the handshake says beside what it has to. */
    headers: Record<string, string> | undefined;
    /** In this process, in place of whatever is at the URL. */
    local: FindLocal | undefined;
    log: EngineLog;
  },
  listener: ConnectionListener,
): Pick<ProtocolConnection, 'send' | 'close' | 'terminate'> {
  const { name: subgraph, socket: limits, headers, log } = options;
  const connection: ProtocolConnection = options.local
    ? connectLocally(options.local, headers ?? {})
    : new WebSocket(options.url.replace(/^http/, 'ws'), 'graphql-transport-ws', {
        handshakeTimeout: limits.connectTimeoutMs,
        maxPayload: limits.maxMessageBytes,
        perMessageDeflate: false,
        headers,
      });
  const ackTimer = setTimeout(() => connection.terminate(), limits.connectTimeoutMs);
  let isAcknowledged = false;
  let pingTimer: NodeJS.Timeout | undefined;
  let pongTimer: NodeJS.Timeout | undefined;
  let fault: Error | undefined;

  const acknowledged = () => {
    clearTimeout(ackTimer);
    isAcknowledged = true;
    pingTimer = setInterval(() => {
      connection.send('{"type":"ping"}');
      pongTimer ??= setTimeout(() => {
        log.warn({ subgraph }, 'a subgraph does not answer pings; the connection is given up');
        connection.terminate();
      }, limits.pongTimeoutMs);
    }, limits.keepAliveMs);
    listener.acknowledged();
  };

  connection.on('open', () => connection.send('{"type":"connection_init"}'));
  connection.on('message', (data) => {
    const message = parse(data);
    if (!message) connection.close(4400, 'Invalid message');
    else if (message.type === 'ping') connection.send('{"type":"pong"}');
    else if (message.type === 'pong') {
      clearTimeout(pongTimer);
      pongTimer = undefined;
    } else if (message.type !== 'connection_ack') listener.message(message);
    else if (!isAcknowledged) acknowledged();
  });
  connection.on('error', (error) => {
    fault = error;
  });
  connection.once('close', (code, reason) => {
    clearTimeout(ackTimer);
    clearInterval(pingTimer);
    clearTimeout(pongTimer);
    listener.closed({ code, reason: String(reason), fault });
  });
  return connection;
}

function parse(data: unknown): SubgraphMessage | undefined {
  try {
    const message: unknown = JSON.parse(String(data));
    return isRecord(message) ? message : undefined;
  } catch {
    return undefined;
  }
}
