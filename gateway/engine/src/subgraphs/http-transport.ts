import { originOf } from '../http/connection.ts';
import { createPool } from '../http/pool.ts';
import type { Transport, TransportRequest } from './transport.ts';

/** Nothing but visible characters, spaces and tabs: whatever else could end the header and begin another. */
const goodHeader = /^[\t\x20-\x7e]*$/;

/** Requests to a subgraph at `url` over HTTP/1.1, on connections that are kept and used again. */
export function createHttpTransport(
  url: URL,
  options: { connectTimeoutMs: number; maxResponseBytes: number },
): Transport {
  const pool = createPool(originOf(url), options);
  const heads = new Map<string, string>();
  const headOf = (suffix: string) => {
    let head = heads.get(suffix);
    if (head === undefined) {
      head =
        `POST ${url.pathname}${suffix}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n` +
        'accept: application/graphql-response+json, application/json\r\n';
      heads.set(suffix, head);
    }
    return head;
  };

  const write = ({ suffix, headers, body }: TransportRequest): { text: string; isAscii: boolean } => {
    let text = headOf(suffix);
    for (const name in headers) {
      const value = headers[name] as string;
      if (!goodHeader.test(value)) throw new Error(`the header ${name} has characters that none may have`);
      text += `${name}: ${value}\r\n`;
    }
    const length = Buffer.byteLength(body);
    return { text: `${text}content-length: ${length}\r\n\r\n${body}`, isAscii: length === body.length };
  };

  return {
    send(request, sink, unusedForMs) {
      const { text, isAscii } = write(request);
      return pool.send(text, isAscii, sink, unusedForMs);
    },
    close: () => pool.close(),
  };
}
