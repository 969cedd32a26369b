import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TakePart } from '../../operations/http-operation.ts';
import { deferredParts } from './multipart-format.ts';

/**
 * Writes the parts of an answer as they come. It is an answer like others: a gateway that drains waits for it, and what it may
 * hold is what one whole answer may.
 */
export function partsInto(response: ServerResponse): TakePart {
  const { contentType, opening, part, complete } = deferredParts;
  return (json, isLast) => {
    if (response.destroyed) return;
    if (!response.headersSent) {
      response.writeHead(200, {
        'content-type': contentType,
        'cache-control': 'no-store',
        // Proxies of the nginx family would keep parts until they have many.
        'x-accel-buffering': 'no',
      });
      response.write(opening);
    }
    if (isLast) response.end(part(json) + complete);
    else response.write(part(json));
  };
}

/** Whether a client takes an answer in parts, as Apollo's clients ask for it. They take JSON always. */
export function takesParts({ headers: { accept = '' } }: IncomingMessage): boolean {
  if (!accept.includes('multipart/mixed')) return false;
  return accept.toLowerCase().split(',').some(isOfDeferred);
}

function isOfDeferred(range: string): boolean {
  const [type, ...parameters] = range.split(';').map((text) => text.trim());
  return type === 'multipart/mixed' && parameters.some((one) => /^deferspec="?20220824"?$/.test(one));
}
