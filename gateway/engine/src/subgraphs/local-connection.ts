import { EventEmitter } from 'node:events';
import { ConnectionBroke } from '../http/response.ts';
import type { FindLocal, LocalPeer } from './transport.ts';

/** A connection that speaks graphql-transport-ws: as much of a WebSocket as that needs. */
export interface ProtocolConnection {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  on(event: 'open', listener: () => void): unknown;
  on(event: 'message', listener: (data: unknown) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'close', listener: (code: number, reason: unknown) => void): unknown;
}

/** What a WebSocket says of a connection that ended without a word (RFC 6455 section 7.1.5). */
const abnormal = 1006;

/** A connection to a subgraph in this process. Opens, or fails, in a later turn of the event loop, as one over a network does. */
export function connectLocally(
  find: FindLocal,
  headers: Readonly<Record<string, string>>,
): ProtocolConnection {
  const events = new EventEmitter();
  let other: LocalPeer | undefined;
  let isOver = false;

  const end = (code: number, reason: string) => {
    if (isOver) return;
    isOver = true;
    events.emit('close', code, reason);
  };
  const leave = (code: number, reason: string) => {
    if (isOver) return;
    other?.closed(code, reason);
    setImmediate(end, code, reason);
  };
  setImmediate(() => {
    if (isOver) return;
    try {
      const local = find();
      if (!local) throw new ConnectionBroke('the subgraph is not up');
      other = local.connect(headers, {
        message: (text) => {
          if (!isOver) events.emit('message', text);
        },
        closed: (code, reason) => setImmediate(end, code, reason),
      });
      events.emit('open');
    } catch (error) {
      events.emit('error', error);
      end(abnormal, '');
    }
  });

  return {
    send: (text) => {
      if (!isOver) other?.message(text);
    },
    close: (code = 1000, reason = '') => leave(code, reason),
    terminate: () => leave(abnormal, ''),
    on: (event: string, listener: (...args: never[]) => void) => events.on(event, listener as () => void),
    once: (event: string, listener: (...args: never[]) => void) => events.once(event, listener as () => void),
  };
}
