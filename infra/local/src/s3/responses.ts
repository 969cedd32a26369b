import type { ServerResponse } from 'node:http';
import type { S3Fault } from './fault.ts';

/** So long whoever was refused in the middle of an upload may go on sending, to nobody. */
const lingerMs = 2_000;

export function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body?: Buffer,
): void {
  response.writeHead(status, body ? { 'content-length': String(body.length), ...headers } : headers);
  response.end(body);
}

/**
 * Writes a fault as S3 does. Where the body was not read to its end, the rest is thrown away for a moment before the
 * connection ends: who is still sending would else meet a broken connection instead of the reason.
 */
export function sendFault(response: ServerResponse, fault: S3Fault): void {
  const request = response.req;
  const body = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${fault.code}</Code><Message>${escapeXml(fault.message)}</Message></Error>`,
  );
  const headers = { 'content-type': 'application/xml', 'content-length': String(body.length) };
  if (request.complete) {
    send(response, fault.status, headers, body);
    return;
  }
  response.writeHead(fault.status, { ...headers, connection: 'close' });
  response.write(request.method === 'HEAD' ? '' : body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once('close', end);
  request.once('end', end);
  request.unpipe();
  request.resume();
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
