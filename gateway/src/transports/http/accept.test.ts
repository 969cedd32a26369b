import { expect, it } from 'vitest';
import { multipart } from '../streams/multipart-format.ts';
import { serverSentEvents } from '../streams/sse-format.ts';
import { acceptedBy } from './accept.ts';

const deferred = 'multipart/mixed;deferSpec=20220824';
const subscribed = 'multipart/mixed;subscriptionSpec=1.0';

/** What a client says, whether it takes a stream, deferred fragments in parts, and which JSON. */
it.each<[string | undefined, 'events' | 'parts' | null, boolean, 'json' | 'response' | null]>([
  [undefined, null, false, 'json'],
  ['', null, false, 'json'],
  [',,;q=1, ;,', null, false, 'json'],
  ['*/*', null, false, 'json'],
  ['application/*', null, false, 'json'],
  ['application/json', null, false, 'json'],
  ['APPLICATION/JSON; charset=utf-8', null, false, 'json'],
  ['application/graphql-response+json', null, false, 'response'],
  ['application/graphql-response+json, application/json', null, false, 'response'],
  ['application/json, application/graphql-response+json', null, false, 'json'],
  ['application/json;q=0.9, application/graphql-response+json', null, false, 'response'],
  ['application/graphql-response+json;q=0.5, */*;q=0.8', null, false, 'json'],
  ['application/graphql-response+json, */*', null, false, 'response'],
  ['application/json;q=0, */*', null, false, 'response'],
  ['application/json;q=0', null, false, null],
  ['application/json ; q=0.000', null, false, null],
  ['*/*;q=0, application/json', null, false, 'json'],
  ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', null, false, 'json'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', null, false, 'json'],
  ['text/html', null, false, null],
  ['image/png, text/*', null, false, null],
  // urql.
  [
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    null,
    false,
    'response',
  ],
  ['text/event-stream', 'events', false, null],
  ['text/event-stream;q=0', null, false, null],
  ['text/event-stream;q=0, */*', null, false, 'json'],
  ['text/event-stream;q=0.0, application/json;q=0.1', null, false, 'json'],
  ['text/event-stream, */*', 'events', false, 'json'],
  ['text/event-stream;q=0.5, */*', null, false, 'json'],
  ['text/event-stream, application/json', null, false, 'json'],
  ['text/event-stream, application/json;q=0', 'events', false, null],
  ['text/event-stream, application/json;q=0.9', 'events', false, 'json'],
  ['text/event-stream;q=0.9, application/json', null, false, 'json'],
  ['text/*', null, false, null],
  [subscribed, 'parts', false, null],
  [`${subscribed}, application/json`, 'parts', false, 'json'],
  [`multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json`, 'parts', false, 'json'],
  ['multipart/mixed; boundary="graph,ql;"; SubscriptionSpec="1.0"; q=0.1, */*', 'parts', false, 'json'],
  [`${subscribed};q=0, application/json`, null, false, 'json'],
  [`${subscribed};q=0`, null, false, null],
  [
    'multipart/mixed;boundary="a,multipart/mixed;subscriptionSpec=1.0", application/json',
    null,
    false,
    'json',
  ],
  ['multipart/mixed;subscriptionSpec=2.0, application/json', null, false, 'json'],
  ['multipart/mixed, application/json', null, false, 'json'],
  ['multipart/*', null, false, null],
  [deferred, null, true, null],
  [`${deferred}, application/json`, null, true, 'json'],
  [`${deferred}, application/graphql-response+json, application/json`, null, true, 'response'],
  [`${deferred};q=0, application/json`, null, false, 'json'],
  [`${deferred};q=0`, null, false, null],
  [`${deferred}, application/json;q=0`, null, true, null],
  [`${deferred}, ${subscribed};q=0`, null, true, null],
  [`${deferred};q=0, ${subscribed}`, 'parts', false, null],
])('an Accept of %j takes as a stream %j, in parts %j, and JSON as %j', (header, stream, inParts, whole) => {
  const streams = { events: serverSentEvents, parts: multipart };
  const types = { json: 'application/json', response: 'application/graphql-response+json' };
  for (const time of ['first', 'second']) {
    expect(acceptedBy(header), time).toEqual({
      stream: stream && streams[stream],
      inParts,
      whole: whole && `${types[whole]}; charset=utf-8`,
    });
  }
});

it('reads a long header in one pass', () => {
  for (const part of ['text/html;q=0,', '"', '"\\', ';', ',', 'a/b;"x']) {
    const began = performance.now();
    acceptedBy(part.repeat(16_000 / part.length));
    expect(performance.now() - began).toBeLessThan(50);
  }
});
