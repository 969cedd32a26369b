import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where pages find what they tell of themselves: they are bundled, this server is not. */
const place = Symbol.for('socialhub.page-status');

interface PageStatus {
  isUnavailable: boolean;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Seconds after which a page is worth asking for again. */
const retryAfter = '10';

/**
 * Answers 503 with Retry-After for a page that has nothing to show because the gateway is away (`tellUnavailable` of
 * src/gateway/page-status.ts): what pages render has no other way to a status. What a script asks within the site keeps its own.
 */
export function withPageStatus(handle: Handle): Handle {
  const pages = new AsyncLocalStorage<PageStatus>();
  (globalThis as Record<symbol, unknown>)[place] = pages;
  return (request, response) => {
    if (!isPage(request)) return handle(request, response);
    const page: PageStatus = { isUnavailable: false };
    const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
    response.writeHead = ((status: number, ...more: unknown[]) => {
      if (status !== 200 || !page.isUnavailable) return writeHead(status, ...more);
      response.setHeader('retry-after', retryAfter);
      return writeHead(503, ...more);
    }) as ServerResponse['writeHead'];
    return pages.run(page, () => handle(request, response));
  };
}

const isPage = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && headers.rsc === undefined;
