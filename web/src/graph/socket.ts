import { type Client, createClient } from 'graphql-ws';
import { type AccessToken, SignedOut } from './access-token.ts';

/** Whether what happens arrives: `away` from the moment on in which it may not. */
export type Connection = 'connecting' | 'here' | 'away';

interface SocketEvents {
  connection: (now: Connection) => void;
  /** Nobody is signed in any more. */
  signedOut: () => void;
}

/** The gateway answers a ping within this, or is not there. */
const pongMs = 5_000;
const pingEveryMs = 20_000;
const longestPauseMs = 30_000;
/** Whoever is cut sooner than this waits longer each time. */
const briefMs = 10_000;
/** The close code of a token that was refused (0008). */
const refused = 4403;

/** The browser's one socket to the gateway. It comes back by itself, whatever ended it, for as long as somebody is signed in. */
export function openSocket(url: string, token: AccessToken, events: SocketEvents): Client {
  let socket: WebSocket | undefined;
  let pong: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let hereSince = 0;
  /** How many attempts in a row came to nothing, since the last connection. */
  let failed = 0;
  /** How many connections in a row were cut soon. */
  let brief = 0;
  let sentToken: string | undefined;
  let newestToken: string | undefined;

  const end = () => {
    if (isOver) return;
    isOver = true;
    events.signedOut();
  };
  const endIfSignedOut = (error: unknown) => {
    if (error instanceof SignedOut) end();
  };

  /** Keeps the socket beyond the token it began with (0008). */
  function renew(fresh: string): void {
    if (socket?.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ type: 'ping', payload: { authorization: bearer(fresh) } }));
  }

  const client = createClient({
    url,
    // For as long as the layout is there: subscriptions come and go with pages.
    lazy: false,
    onNonLazyError: () => undefined,
    async connectionParams() {
      sentToken = await token.get();
      return { authorization: bearer(sentToken) };
    },
    connectionAckWaitTimeout: 10_000,
    keepAlive: pingEveryMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => !isOver,
    async retryWait() {
      await pauseUnlessWoken(
        Math.min(500 * 2 ** (failed + brief), longestPauseMs) * (0.5 + Math.random() / 2),
      );
      // Before the connection is made: the gateway does not wait long for whoever has one and says nothing.
      await token.get().catch(endIfSignedOut);
      // graphql-ws would connect once more, and it takes no refusal here.
      if (isOver) await new Promise(() => undefined);
    },
    on: {
      connected(opened) {
        socket = opened as WebSocket;
        hereSince = performance.now();
        failed = 0;
        // Another tab may have renewed it while this connection was made.
        if (newestToken !== undefined && newestToken !== sentToken) renew(newestToken);
        events.connection('here');
      },
      ping(isReceived) {
        if (isReceived) return;
        clearTimeout(pong);
        pong = setTimeout(() => client.terminate(), pongMs);
      },
      pong: (isReceived) => isReceived && clearTimeout(pong),
      error: endIfSignedOut,
      closed(event) {
        if (socket === undefined) failed += 1;
        else brief = performance.now() - hereSince > briefMs ? 0 : brief + 1;
        socket = undefined;
        clearTimeout(pong);
        if ((event as CloseEvent).code === refused) token.doubt();
        if (!isOver) events.connection('away');
      },
    },
  });

  token.onNew((fresh) => {
    newestToken = fresh;
    renew(fresh);
  });
  // A network that is gone says so long before a ping does.
  const leave = () => client.terminate();
  window.addEventListener('offline', leave);
  return {
    ...client,
    async dispose() {
      isOver = true;
      clearTimeout(pong);
      window.removeEventListener('offline', leave);
      // It waits for a connection that is being made, whatever becomes of that.
      await Promise.resolve(client.dispose()).catch(() => undefined);
    },
  };
}

const bearer = (token: string) => `Bearer ${token}`;

/** Waits, longer while offline; whoever comes back to the network or to the page does not wait on. */
function pauseUnlessWoken(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const seen = () => {
      if (navigator.onLine && document.visibilityState === 'visible') done();
    };
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      document.removeEventListener('visibilitychange', seen);
      resolve();
    };
    const timer = setTimeout(done, navigator.onLine ? ms : longestPauseMs);
    window.addEventListener('online', done);
    document.addEventListener('visibilitychange', seen);
  });
}
