import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { WatchedResponse } from './client-times.ts';

/**
 * A response that gathers the headers that go with whatever is answered. Node writes headers that come all at once at
 * a third of the price of those that are set before.
 */
export class GatheringResponse extends WatchedResponse {
  /** Names and values in turn, as Node takes them. */
  readonly #gathered: (string | number | readonly string[])[] = [];

  /** Takes headers whose names are in lower case; what writeHead is given wins over them, but for `vary`, a list to which it adds. */
  gather(headers: Readonly<Record<string, string>>): void {
    for (const name in headers) this.#put(name, headers[name] as string);
  }

  #put(name: string, value: string | number | readonly string[]): void {
    const gathered = this.#gathered;
    for (let i = 0; i < gathered.length; i += 2) {
      if (gathered[i] !== name) continue;
      // Each of those who look at a header of the request adds it; nobody's takes the place of another's.
      gathered[i + 1] = name === 'vary' ? `${gathered[i + 1]}, ${value}` : value;
      return;
    }
    gathered.push(name, value);
  }

  override writeHead(status: number, headers?: string | OutgoingHttpHeaders | unknown[]): this {
    for (const name in headers as OutgoingHttpHeaders) {
      const value = (headers as OutgoingHttpHeaders)[name];
      if (value !== undefined) this.#put(name, value);
    }
    return super.writeHead(status, this.#gathered as string[]);
  }
}

/** Aborted when the client goes away before it has its answer, and only then. */
export function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    // Every response closes; making the error that an abort carries is work that most of them need not do.
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Sends a text whose type is among the headers. */
export function sendText(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  text: string,
): void {
  if (text.length <= maxJoinedChars) {
    // Node writes a text together with its head; one without a character beyond ASCII the quick way.
    const length = Buffer.byteLength(text);
    const encoding = length === text.length ? 'latin1' : 'utf8';
    response.writeHead(status, { ...headers, 'content-length': length }).end(text, encoding);
    return;
  }
  // Encoded once, for its length and for the socket.
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes);
}

const maxJoinedChars = 4096;

/** Sends a JSON body; `headers` win over the defaults. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const defaults = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  sendText(response, status, { ...defaults, ...headers }, JSON.stringify(body));
}

/** Sends one GraphQL error with its code, for a request that never became an operation. */
export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] }, headers);
}
