import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { unauthenticated, unavailable } from '@socialhub/platform/errors';
import type { ClientInfo } from '@socialhub/platform/identity/identity';
import { Place } from '@socialhub/platform/limits/fair-places';
import { currentRequestId } from '@socialhub/platform/log';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import type { GraphQLFormattedError } from 'graphql';
import { type AtOnce, takeSocketPlace, takeSubscription, tooMany } from '../../admission/at-once.ts';
import { addressKey } from '../../admission/rate-limit.ts';
import { errorsOfEnd, type FormatError } from '../../errors/format-error.ts';
import { revocationTexts, type VerifiedToken } from '../../identity/access-token.ts';
import type { CloseReason, ConnectionSessions } from '../../identity/connection-sessions.ts';
import type { OperationParams } from '../../operations/operation-params.ts';
import type { Operations } from '../../operations/operations.ts';
import { cutSlowest } from '../slow-readers.ts';
import { ResultStream } from './result-stream.ts';
import type { StreamFormat } from './stream-format.ts';

/** What streams may cost; how many there are at once is `AtOnce`'s. */
export interface StreamLimits {
  /** Bytes that may wait for a slow reader before more is written; and for all of them together. */
  waitingBytes: number;
  waitingBytesOfAll: number;
  /** Between heartbeats, which keep proxies from closing a stream that is idle. */
  keepAliveMs: number;
}

export const defaultStreamLimits: StreamLimits = {
  waitingBytes: 1_000_000,
  waitingBytesOfAll: 256_000_000,
  keepAliveMs: 12_000,
};

const lookAtSlowestMs = 1_000;

export interface StreamRequest {
  request: IncomingMessage;
  response: ServerResponse;
  format: StreamFormat;
  client: ClientInfo;
  session: VerifiedToken | null;
  params: OperationParams;
}

/** GraphQL over HTTP answers that stay open, each operation on a request of its own. */
export interface StreamEdge {
  /** Throws UNAVAILABLE when there are too many streams or the gateway drains, RateLimited when they are somebody's. */
  serve(request: StreamRequest): Promise<void>;
  /** Ends all streams without completing them, in batches, so that their clients come back elsewhere. */
  close(): Promise<void>;
}

export function createStreamEdge(options: {
  operations: Operations;
  sessions: ConnectionSessions;
  atOnce: AtOnce;
  formatError: FormatError;
  limits?: Partial<StreamLimits>;
}): StreamEdge {
  const { operations, sessions, atOnce, formatError } = options;
  const limits = { ...defaultStreamLimits, ...options.limits };
  const streams = new Set<ResultStream>();
  let isDraining = false;
  const keepAlive = setInterval(() => {
    for (const stream of streams) stream.heartbeat();
  }, limits.keepAliveMs).unref();
  const lookAtSlowest = setInterval(
    () => cutSlowest(streams, limits.waitingBytesOfAll),
    lookAtSlowestMs,
  ).unref();

  return {
    async serve({ request, response, format, client, session: signedIn, params }) {
      if (isDraining) throw unavailable();
      // Nothing more is heard of it: what it took it would hold for ever.
      if (response.destroyed) return;
      const stream = new ResultStream(response, format, limits.waitingBytes);
      const leave = takePlaces(atOnce, { client, session: signedIn, stream });
      const owner = { closeFor: (reason: CloseReason) => stream.finish(endOf(reason, formatError)) };
      const session = sessions.open(owner, { client, requestId: currentRequestId() ?? '' });
      if (signedIn) session.take(signedIn);
      streams.add(stream);
      response.once('close', () => {
        leave();
        streams.delete(stream);
        stream.stop();
        session.end();
      });
      const outcome = await operations.executeSocket(
        { ...params, isReadOnly: request.method !== 'POST' },
        session.context,
      );
      stream.open();
      if (outcome.kind === 'refused') {
        stream.answer(JSON.stringify({ errors: outcome.errors }));
      } else if (outcome.kind === 'answered') {
        stream.answer(JSON.stringify(outcome.result));
      } else {
        stream.follow(outcome.stream, (error) => errorsOfEnd(error, formatError));
      }
    },
    async close() {
      isDraining = true;
      clearInterval(keepAlive);
      clearInterval(lookAtSlowest);
      const batchSize = 200;
      const open = [...streams];
      for (let start = 0; start < open.length; start += batchSize) {
        if (start > 0) await delay(50);
        for (const stream of open.slice(start, start + batchSize)) stream.breakOff();
      }
    },
  };
}

class StreamPlace extends Place {
  readonly stream: ResultStream;

  constructor(stream: ResultStream) {
    super();
    this.stream = stream;
  }

  cut(): void {
    countRefusal('sockets');
    this.stream.breakOff();
  }
}

/**
 * A stream is a connection that stays, of its address and of its viewer, and it carries one subscription at most. Gives
 * what gives its places back. Throws RateLimited or UNAVAILABLE.
 */
function takePlaces(
  atOnce: AtOnce,
  from: { client: ClientInfo; session: VerifiedToken | null; stream: ResultStream },
): () => void {
  const { socketsOfViewers, subscriptions, sockets, settings } = atOnce;
  const address = addressKey(from.client);
  const userId = from.session?.viewer.userId;
  if (userId !== undefined && !socketsOfViewers.take(userId)) {
    countRefusal('sockets');
    throw tooMany('sockets and streams', settings.socketsPerViewer);
  }
  const place = new StreamPlace(from.stream);
  let counted: string | undefined;
  const leave = () => {
    sockets.leave(place);
    if (userId !== undefined) socketsOfViewers.leave(userId);
    if (counted !== undefined) subscriptions.leave(counted);
  };
  try {
    counted = takeSubscription(atOnce, { viewer: from.session?.viewer ?? null, client: from.client });
    takeSocketPlace(atOnce, address, place);
  } catch (error) {
    leave();
    throw error;
  }
  return leave;
}

/** Why the gateway ends a stream of its own accord, told as the operation's last errors. */
function endOf(reason: CloseReason, formatError: FormatError): readonly GraphQLFormattedError[] {
  const texts = {
    forbidden: 'The access token is not valid',
    expired: 'The access token has expired',
    ...revocationTexts,
  } as const;
  return errorsOfEnd(reason === 'unavailable' ? unavailable() : unauthenticated(texts[reason]), formatError);
}
