import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { chooseEncoding } from '@socialhub/platform/http/accept-encoding';

const codings = ['br', 'gzip'] as const;

/** A file that is served from memory, compressed before anybody asks. */
export interface StaticFile {
  type: string;
  bodies: Readonly<Record<(typeof codings)[number] | 'identity', Buffer>>;
  /** Changes with the body. */
  version: string;
  /** Its name changes with its body: whoever has it need never ask again. */
  isImmutable: boolean;
}

/** Answers GET or HEAD with the file, or with 304 when the client has it. */
export function sendStaticFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: StaticFile,
  headers: OutgoingHttpHeaders = {},
): void {
  const coding = chooseEncoding(request.headers['accept-encoding']?.toString(), codings);
  // Another coding is another body to whoever compares strongly.
  const etag = `"${file.version}${coding ? `-${coding}` : ''}"`;
  const shared = {
    etag,
    vary: 'accept-encoding',
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...headers,
  };
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, shared).end();
    return;
  }
  const body = file.bodies[coding ?? 'identity'];
  response.writeHead(200, {
    ...shared,
    'content-type': file.type,
    'content-length': body.length,
    ...(coding && { 'content-encoding': coding }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** RFC 9110, 13.1.2: compared weakly. A proxy that compresses makes a weak tag of a strong one. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  return ifNoneMatch
    .split(',')
    .map((tag) => tag.trim())
    .some((tag) => tag === '*' || tag === etag || tag === `W/${etag}`);
}
