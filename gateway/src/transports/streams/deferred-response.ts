import type { ServerResponse } from 'node:http';
import type { HttpResponse, TakePart } from '../../operations/http-operation.ts';
import { deferredParts } from './multipart-format.ts';

/**
 * Writes the parts of an answer as they come. It is an answer like others: a gateway that drains waits for it, and what it may
 * hold is what one whole answer may.
 */
export function partsInto(response: ServerResponse): TakePart {
  const { opening, part, complete } = deferredParts;
  return (json, isLast) => {
    if (response.destroyed) return;
    if (!response.headersSent) {
      response.writeHead(200, headersOfParts);
      response.write(opening);
    }
    if (isLast) response.end(part(json) + complete);
    else response.write(part(json));
  };
}

/**
 * Sends an answer that is whole to a client that takes nothing but parts, as the only one: what was refused, and what defers
 * nothing.
 */
export function sendOnlyPart(response: ServerResponse, { status, headers, text }: HttpResponse): void {
  const { opening, part, complete } = deferredParts;
  // It is an object that has something in it.
  const json = `${text.slice(0, text.lastIndexOf('}'))},"hasNext":false}`;
  response.writeHead(status, { ...headers, ...headersOfParts }).end(opening + part(json) + complete);
}

const headersOfParts = {
  'content-type': deferredParts.contentType,
  'cache-control': 'no-store',
  // Proxies of the nginx family would keep parts until they have many.
  'x-accel-buffering': 'no',
};
