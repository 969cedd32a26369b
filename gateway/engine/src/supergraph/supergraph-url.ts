import { type SupergraphSource, SupergraphUnreadable } from './supergraph-source.ts';

/** How a supergraph is asked for by URL. */
export interface Polling {
  /** Between two looks, a tenth more or less, so that many gateways don't ask at one moment. */
  pollMs: number;
  /** For one answer, its body included. */
  timeoutMs: number;
  maxBytes: number;
}

export const defaultPolling: Polling = { pollMs: 10_000, timeoutMs: 10_000, maxBytes: 20_000_000 };

export const isUrl = (place: string): boolean => /^https?:\/\//i.test(place);

/** A supergraph behind a URL, which is asked for again and again, with the ETag of the last answer. */
export function supergraphAtUrl(url: string, polling: Polling): SupergraphSource {
  let etag: string | null = null;

  async function read(): Promise<string | null> {
    const response = await fetch(url, {
      headers: { accept: 'application/graphql, text/plain;q=0.9, */*;q=0.1', ...ifNot(etag) },
      signal: AbortSignal.timeout(polling.timeoutMs),
    });
    if (response.status === 304 && etag !== null) {
      await response.body?.cancel();
      return null;
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new SupergraphUnreadable(`${url} answered with status ${response.status}`);
    }
    const text = await readWithin(response, polling.maxBytes, url);
    etag = response.headers.get('etag');
    return text;
  }

  return {
    name: url,
    read: () =>
      read().catch((error: unknown) => {
        if (error instanceof SupergraphUnreadable) throw error;
        throw new SupergraphUnreadable(`the supergraph ${url} can't be read: ${reasonOf(error)}`, {
          cause: error,
        });
      }),
    follow(mayHaveChanged) {
      let timer: NodeJS.Timeout;
      const wait = () => {
        timer = setTimeout(look, polling.pollMs * (0.9 + Math.random() / 5)).unref();
      };
      const look = () => {
        mayHaveChanged();
        wait();
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}

const ifNot = (etag: string | null): Record<string, string> =>
  etag === null ? {} : { 'if-none-match': etag };

/** Stops reading as soon as the answer is too long. */
async function readWithin(response: Response, maxBytes: number, url: string): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let text = '';
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw new SupergraphUnreadable(`${url} answered with more than ${maxBytes} bytes`);
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

/** `fetch` tells what failed in its cause. */
function reasonOf(error: unknown): string {
  const told = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return told instanceof Error ? told.message : String(told);
}
