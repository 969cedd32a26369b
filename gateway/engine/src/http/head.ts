import { ProtocolFault } from './response.ts';

/** What the head of an answer says of its body and its connection. */
export interface ResponseHead {
  status: number;
  /** Undefined: the body is chunked, or lasts until the connection ends. */
  length: number | undefined;
  isChunked: boolean;
  /** Milliseconds for which the connection may be kept unused; 0: it ends with this answer. */
  keepAliveMs: number;
}

/** Servers that say nothing mostly close after five seconds. */
const defaultKeepAliveMs = 4000;
const maxKeepAliveMs = 60_000;
/** A server counts from when it has sent, we from when we have read. */
const keepAliveMarginMs = 1000;

/** Reads an answer's head (RFC 9112 sections 4 to 6), without the empty line at its end. Throws ProtocolFault. */
export function readHead(text: string): ResponseHead {
  const match = /^HTTP\/1\.([01]) (\d{3})(?: |\r|$)/.exec(text);
  if (!match) throw new ProtocolFault('the answer does not begin as one of HTTP/1.1');
  const status = Number(match[2]);
  let length: number | undefined;
  let isChunked = false;
  let closes = match[1] === '0';
  let keepAliveMs = defaultKeepAliveMs;

  for (let start = text.indexOf('\r\n'); start !== -1; ) {
    const begin = start + 2;
    start = text.indexOf('\r\n', begin);
    const end = start === -1 ? text.length : start;
    const colon = text.indexOf(':', begin);
    if (colon <= begin || colon >= end) throw new ProtocolFault('a header of the answer has no name');
    // Only names as long as those that matter are looked at.
    switch (colon - begin) {
      case 10: {
        const name = text.slice(begin, colon).toLowerCase();
        if (name === 'connection') closes ||= /\bclose\b/i.test(text.slice(colon + 1, end));
        else if (name === 'keep-alive') keepAliveMs = readKeepAlive(text.slice(colon + 1, end));
        break;
      }
      case 14:
        if (text.slice(begin, colon).toLowerCase() === 'content-length') {
          const value = readLength(text.slice(colon + 1, end).trim());
          if (length !== undefined && length !== value) {
            throw new ProtocolFault('the answer has more than one length');
          }
          length = value;
        }
        break;
      case 16:
        if (text.slice(begin, colon).toLowerCase() === 'content-encoding') {
          throw new ProtocolFault('the answer is encoded, which was not asked for');
        }
        break;
      case 17:
        if (text.slice(begin, colon).toLowerCase() === 'transfer-encoding') {
          if (
            text
              .slice(colon + 1, end)
              .trim()
              .toLowerCase() !== 'chunked' ||
            isChunked
          ) {
            throw new ProtocolFault('the answer has a transfer coding other than chunked');
          }
          isChunked = true;
        }
        break;
    }
  }
  if (isChunked && length !== undefined) throw new ProtocolFault('the answer has a length and is chunked');
  if (status === 101) throw new ProtocolFault('the subgraph wants to switch protocols');
  if (status === 204 || status === 304) length = 0;
  const endsByClosing = !isChunked && length === undefined;
  return { status, length, isChunked, keepAliveMs: closes || endsByClosing ? 0 : keepAliveMs };
}

function readLength(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new ProtocolFault("the answer's length is no number");
  return Number(text);
}

function readKeepAlive(text: string): number {
  const seconds = /\btimeout=(\d{1,6})\b/i.exec(text)?.[1];
  if (seconds === undefined) return defaultKeepAliveMs;
  return Math.min(Math.max(Number(seconds) * 1000 - keepAliveMarginMs, 0), maxKeepAliveMs);
}
