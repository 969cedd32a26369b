import { dataOf, type OperationResult, until } from '@socialhub/platform/testing/until';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const timeoutMs = 20_000;

/** SocialHub as a mobile app sees it: one address, HTTP and WebSocket, a bearer token. */
export interface Phone {
  /** Sends an operation over HTTP and gives the whole answer. */
  send(query: string, variables?: object): Promise<OperationResult>;
  /** ... and gives the data, failing on any error. */
  ask(query: string, variables?: object): Promise<NonNullable<OperationResult['data']>>;
  /** Subscribes over a WebSocket of its own; resolves when the server has taken the subscription. */
  watch(query: string, variables?: object): Promise<Watch>;
}

/** A running subscription and all that has arrived on it. */
export interface Watch {
  readonly answers: OperationResult[];
  /** The first answer, of those that have come or will, whose data `matches`. */
  first<T>(
    matches: (data: NonNullable<OperationResult['data']>) => T,
  ): Promise<Exclude<T, null | undefined | false | 0 | ''>>;
  /** Resolves when the subscription has ended from the other side. */
  readonly ended: Promise<unknown>;
  /** Drops the connection at once, as a phone in a tunnel does. */
  drop(): void;
}

/** A phone that talks to the gateway at `url`, signed in when there is a token. */
export function phone(url: string, accessToken?: string): Phone {
  const authorization = accessToken && { authorization: `Bearer ${accessToken}` };

  const send: Phone['send'] = async (query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return (await response.json()) as OperationResult;
  };

  return {
    send,
    ask: async (query, variables) => dataOf(await send(query, variables)),
    async watch(query, variables) {
      const answers: OperationResult[] = [];
      let socket: WebSocket | undefined;
      const ended = Promise.withResolvers<unknown>();
      const connected = Promise.withResolvers<void>();
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: authorization ?? {},
        lazy: false,
        retryAttempts: 0,
        onNonLazyError: connected.reject,
        on: {
          opened: (opened) => {
            socket = opened as WebSocket;
          },
          connected: () => connected.resolve(),
          closed: ended.resolve,
        },
      });
      client.subscribe(
        { query, variables: { ...variables } },
        {
          next: (answer) => answers.push(answer as OperationResult),
          error: ended.resolve,
          complete: () => ended.resolve('complete'),
        },
      );
      await connected.promise;
      // The gateway takes what comes over a socket in order: with this answer the subscription has begun, or was refused.
      await new Promise<void>((resolve) => {
        client.subscribe(
          { query: '{ __typename }' },
          { next: () => undefined, error: () => resolve(), complete: resolve },
        );
      });
      return {
        answers,
        ended: ended.promise,
        first: (matches) =>
          until(() => answers.map((answer) => answer.data && matches(answer.data)).find(Boolean), {
            timeoutMs,
            what: `the awaited event among ${JSON.stringify(answers).slice(0, 2_000)}`,
          }),
        drop: () => socket?.terminate(),
      };
    },
  };
}
