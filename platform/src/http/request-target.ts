import type { IncomingMessage } from 'node:http';

/** What a request asks for. */
export interface RequestTarget {
  /** As it was sent: not decoded, not normalised. Empty where the target names no resource (`*`, `host:port`). */
  path: string;
  /** With its question mark; empty when there is none. */
  search: string;
}

/**
 * Reads the target of a request in each of the forms that HTTP has (RFC 9112 section 3.2), and whatever else a client
 * makes up. It never throws, and unlike URL it takes no part of a path such as `//` or `//a/b` for a host.
 */
export function targetOf({ url = '' }: Pick<IncomingMessage, 'url'>): RequestTarget {
  let start = 0;
  if (url.charCodeAt(0) !== slash) {
    const scheme = absoluteForm.exec(url);
    if (!scheme) return nowhere;
    start = scheme[0].length;
  }
  const mark = url.indexOf('?', start);
  const path = url.slice(start, mark === -1 ? undefined : mark);
  return { path: path || '/', search: mark === -1 ? '' : url.slice(mark) };
}

const slash = 0x2f;
const absoluteForm = /^https?:\/\/[^/?]+/i;
const nowhere: RequestTarget = { path: '', search: '' };

/** The same as a URL, for whoever needs its parts; the host is made up. */
export function targetUrl(request: Pick<IncomingMessage, 'url'>): URL {
  const { path, search } = targetOf(request);
  const url = new URL('http://local');
  url.pathname = path;
  url.search = search;
  return url;
}

/**
 * Whether a request asks to be turned into a WebSocket. Any other Upgrade is an offer that nobody has to take
 * (RFC 9110 section 7.8): Java's HttpClient and `curl --http2` make one with every request, for HTTP/2.
 */
export const asksForWebSocket = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers.upgrade?.trim().toLowerCase() === 'websocket';
