import type { IncomingMessage } from 'node:http';
import { multipart } from './multipart-format.ts';
import { serverSentEvents } from './sse-format.ts';
import type { StreamFormat } from './stream-format.ts';

/**
 * The format in which a client wants its answer as a stream; null for one that does not. Who asks for events and takes JSON
 * too gets JSON. The multipart protocol's clients take JSON always, and ask for parts with their subscriptions alone.
 */
export function wantedStream({ headers: { accept } }: IncomingMessage): StreamFormat | null {
  if (accept === undefined) return null;
  const wanted = accept.toLowerCase();
  if (wanted.includes('multipart/mixed') && wanted.split(',').some(isOfParts)) return multipart;
  return wanted.includes('text/event-stream') && !wanted.includes('json') ? serverSentEvents : null;
}

function isOfParts(range: string): boolean {
  const [type, ...parameters] = range.split(';').map((text) => text.trim());
  return type === 'multipart/mixed' && parameters.some(isOfSubscriptions);
}

const isOfSubscriptions = (parameter: string) => /^subscriptionspec="?1\.0"?$/.test(parameter);
