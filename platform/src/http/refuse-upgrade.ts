import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Why a handshake is refused, told in its answer. */
export interface UpgradeRefusal {
  status: number;
  code: string;
  message: string;
  extensions?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Answers a handshake with an error, as a request would be, and closes. */
export function refuseUpgrade(socket: Duplex, refusal: UpgradeRefusal): void {
  const { status, code, message, extensions, headers } = refusal;
  const body = JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] });
  const head = {
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  };
  // Node's own limits of time do not hold for it any more: whoever does not close after this must not keep it open.
  socket.once('finish', () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...Object.entries(head).map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\r\n'),
  );
}
