import type { StreamFormat } from './stream-format.ts';

const boundary = '\r\n--graphql';

/** The boundary goes with the part before it: clients wait for it before they read a part. */
const part = (json: string) => `\r\ncontent-type: application/json\r\n\r\n${json}${boundary}`;

/** Deferred fragments over HTTP as Apollo's clients and router have them: `multipart/mixed` with `deferSpec=20220824`. */
export const deferredParts = {
  contentType: 'multipart/mixed;boundary="graphql";deferSpec=20220824',
  opening: boundary,
  part,
  complete: '--\r\n',
};

/** Subscriptions over HTTP as Apollo's clients and router have them: `multipart/mixed` with `subscriptionSpec=1.0`. */
export const multipart: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  opening: boundary + part('{}'),
  heartbeat: part('{}'),
  next: (result) => part(`{"payload":${result}}`),
  // Errors beside the payload are the transport's: clients subscribe again where they retry at all.
  ending: (errors) => part(JSON.stringify({ payload: null, errors })),
  complete: '--\r\n',
};
