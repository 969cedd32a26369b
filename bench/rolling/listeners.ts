import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** A socket that follows a chat as a client does: it comes back after a while of its own, with the cursor of what it saw last. */
export interface Listener {
  /** Numbers of the messages, as they came. */
  readonly seen: number[];
  readonly isListening: boolean;
  /** Breaks its socket off, as a network does. */
  cut(): void;
  stop(): void;
}

/** What all of them went through. */
export interface Journal {
  /** When sockets were closed, by code. */
  closed: Map<number, number[]>;
  /** How long each was away. */
  awayMs: number[];
  /** Subscriptions that ended with an error while their socket stayed. */
  refusals: string[];
}

export const newJournal = (): Journal => ({ closed: new Map(), awayMs: [], refusals: [] });

const query = `subscription ($after: String) {
  chatEvents(after: $after) { cursor kind conversationId message { id seq } }
}`;
/** Between a socket's end and the next try, at most; half of it at least. */
const comeBackMs = 1_000;
const openWithinMs = 15_000;

export function listen(options: {
  url: string;
  token: () => string;
  conversationId: string;
  journal: Journal;
}): Listener {
  const { token, conversationId, journal } = options;
  const seen: number[] = [];
  let after: string | undefined;
  let socket: WebSocket | undefined;
  let isListening = false;
  let isOver = false;
  let leftAt: number | undefined;

  const comeBack = async () => {
    isListening = false;
    if (isOver) return;
    leftAt ??= performance.now();
    await delay(comeBackMs / 2 + (Math.random() * comeBackMs) / 2);
    if (!isOver) open();
  };

  const take = (message: {
    type: string;
    id?: string;
    payload?: {
      data?: {
        chatEvents: { cursor: string; kind: string; conversationId: string; message: { seq: number } | null };
      };
    };
  }) => {
    if (message.type === 'connection_ack') {
      const variables = after ? { after } : {};
      socket?.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
      // What comes over a socket is taken in order: with the answer to this the subscription runs.
      socket?.send(JSON.stringify({ id: '2', type: 'subscribe', payload: { query: '{ __typename }' } }));
    } else if (message.id === '2' && message.type === 'complete') {
      isListening = true;
      if (leftAt !== undefined) journal.awayMs.push(performance.now() - leftAt);
      leftAt = undefined;
    } else if (message.id === '1' && message.type === 'next') {
      const event = message.payload?.data?.chatEvents;
      if (!event) return;
      after = event.cursor;
      if (event.kind === 'MESSAGE_SENT' && event.conversationId === conversationId && event.message)
        seen.push(event.message.seq);
    } else if (message.id === '1') {
      journal.refusals.push(JSON.stringify(message.payload ?? message.type).slice(0, 200));
      socket?.close(1000);
    } else if (message.type === 'ping') socket?.send('{"type":"pong"}');
  };

  const open = () => {
    const opened = new WebSocket(`${options.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      handshakeTimeout: openWithinMs,
      perMessageDeflate: false,
    });
    socket = opened;
    let wasOpen = false;
    opened.on('open', () => {
      wasOpen = true;
      opened.send(
        JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token()}` } }),
      );
    });
    opened.on('message', (data) => take(JSON.parse(String(data))));
    opened.on('error', () => undefined);
    opened.once('close', (code) => {
      if (!isOver && wasOpen) {
        const times = journal.closed.get(code) ?? [];
        times.push(performance.now());
        journal.closed.set(code, times);
      }
      comeBack();
    });
  };
  open();

  return {
    seen,
    get isListening() {
      return isListening;
    },
    cut: () => socket?.terminate(),
    stop() {
      isOver = true;
      socket?.terminate();
    },
  };
}
