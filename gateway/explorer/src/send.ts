import { createClient } from 'graphql-ws';

export interface Params {
  query: string;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | undefined;
}

export type Headers = Readonly<Record<string, string>>;

/** A response, and what is told of it beside its body. */
export interface ReadResponse {
  body: unknown;
  status: number;
  bytes: number;
}

const url = new URL('/graphql', location.href);
const socketUrl = new URL(url);
socketUrl.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';

/** Asks by POST. What is not JSON comes as the text that it is. */
export async function send(params: Params, headers: Headers, signal?: AbortSignal): Promise<ReadResponse> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(params),
    ...(signal && { signal }),
  });
  const text = await response.text();
  return { body: parsed(text), status: response.status, bytes: new Blob([text]).size };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Subscribes over a socket of its own, which `signal` closes. Resolves when the events end; rejects when they break off. */
export async function subscribe(
  params: Params,
  headers: Headers,
  signal: AbortSignal,
  take: (event: unknown) => void,
): Promise<void> {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const client = createClient({
    url: socketUrl.href,
    // Whoever looks at events wants to see that the socket was closed, and why.
    retryAttempts: 0,
    ...(authorization && { connectionParams: { authorization } }),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const unsubscribe = client.subscribe(
        { query: params.query, variables: params.variables, operationName: params.operationName },
        { next: take, error: (reason) => reject(faultOf(reason)), complete: resolve },
      );
      signal.addEventListener('abort', unsubscribe);
    });
  } finally {
    await client.dispose();
  }
}

/** A refused operation gives a list of errors, a closed socket its close event. */
function faultOf(reason: unknown): unknown {
  if (Array.isArray(reason)) return new Refused(reason);
  if (reason instanceof CloseEvent)
    return new Error(`The socket was closed: ${reason.code} ${reason.reason}`.trimEnd());
  return reason;
}

/** A subscription that the gateway did not begin. */
export class Refused extends Error {
  readonly errors: readonly unknown[];

  constructor(errors: readonly unknown[]) {
    super('The subscription was refused');
    this.errors = errors;
  }
}
