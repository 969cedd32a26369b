import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';
import { CodedError } from '@socialhub/platform/errors';
import { clientAddress } from '@socialhub/platform/http/client-address';
import { networkOf } from '@socialhub/platform/http/network';
import { whenGone } from '@socialhub/platform/http/response';
import { type ConnectionGuard, guardConnections } from '@socialhub/platform/limits/connection-guard';
import { createFairPlaces, type NoPlace, Place } from '@socialhub/platform/limits/fair-places';
import { createFairQueue, type FairQueueLimits } from '@socialhub/platform/limits/fair-queue';
import { connectionsWithin, openFilesLimit } from '@socialhub/platform/limits/open-files';
import { createTokenBuckets } from '@socialhub/platform/limits/rate-limit-buckets';
import { countRefusal, type LimitName } from '@socialhub/platform/metrics/refusals';
import type { WebConfig } from './config.ts';
import { type Refusal, refusalOfBody } from './refused-requests.ts';
import { untilWhole } from './whole-body.ts';

/** What a request asks for, as far as it matters to what it may cost. */
export type Kind = 'file' | 'page';

/** How much of what the web can do somebody may have at once; a Refusal where it is more. */
export interface Admission {
  /** Bounds the connections of a server. */
  guard(server: Server): ConnectionGuard;
  /** Counts a request of its address, whatever is asked for. */
  count(request: IncomingMessage, kind: Kind): Refusal | null;
  /** Waits for the whole body of a form, of at most that many bytes, and looks whether it is one. */
  readBody(request: IncomingMessage, limit: number): Promise<Refusal | null>;
  /** Answers by `work`, when it is its address's turn. */
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    kind: Kind,
    work: () => void,
  ): Promise<Refusal | null>;
}

/** Each is up to the limit of a form in memory, for half a minute at most. */
const bodiesAtOnce = { total: 128, perKey: 16 };
/** What a file costs of a request. */
const costOfFile = 0.1;

/** Pages and forms under way. Most of the time of each is the gateway's; whoever waits, waits in a line of their own. */
const pagesAtOnce: FairQueueLimits = {
  name: 'pages',
  atOnce: 128,
  atOncePerOwner: 16,
  waiting: 1024,
  waitingPerOwner: 128,
  waitMs: 10_000,
};

export function createAdmission(
  config: Omit<WebConfig, 'identityKeys' | 'metricsPort'>,
  limits: { pages?: FairQueueLimits; bodies?: { total: number; perKey: number } } = {},
): Admission {
  const { trustedProxies, requestsPerMinutePerAddress: perMinute } = config;
  const { connections = connectionsWithin(openFilesLimit()) } = config;
  const total = connections > 0 ? connections : Number.POSITIVE_INFINITY;
  const buckets = perMinute > 0 ? createTokenBuckets({ perMinute }) : undefined;
  const bodies = createFairPlaces(limits.bodies ?? bodiesAtOnce);
  const pages = createFairQueue(limits.pages ?? pagesAtOnce);

  const addressOf = (request: IncomingMessage): string => {
    const address = clientAddress(request, trustedProxies);
    return address === null ? 'unknown' : networkOf(address);
  };

  const answerPage = async (request: IncomingMessage, response: ServerResponse, work: () => void) => {
    let hasBegun = false;
    const untilAnswered = () =>
      new Promise<void>((resolve) => {
        hasBegun = true;
        response.once('close', resolve);
        work();
      });
    try {
      await pages.run(addressOf(request), untilAnswered, whenGone(response));
      return null;
    } catch (error) {
      if (hasBegun || !(error instanceof CodedError)) throw error;
      return error.code === 'RATE_LIMITED' ? tooManyAtOnce : isBusy;
    }
  };

  return {
    guard(server) {
      // Proxies connect for many; what each of those asks for is counted by the address that they tell.
      const perKey = trustedProxies > 0 ? 0 : config.connectionsPerAddress;
      const keyOf = ({ remoteAddress }: Socket) =>
        trustedProxies > 0 ? 'our proxies' : networkOf(remoteAddress ?? 'unknown');
      return guardConnections(server, createFairPlaces({ total, perKey }), keyOf);
    },
    count(request, kind) {
      const seconds = buckets?.take(addressOf(request), kind === 'file' ? costOfFile : 1) ?? 0;
      if (seconds <= 0) return null;
      countRefusal('requests of an address');
      return tooMany(seconds);
    },
    async readBody(request, limit) {
      const place = new Held('forms', () => request.destroy());
      const refused = bodies.take(addressOf(request), place);
      if (refused) return refusalFor(refused, 'forms');
      const outcome = await untilWhole(request, limit);
      const refusal = typeof outcome === 'string' ? null : await refusalOfBody(request, outcome);
      bodies.leave(place);
      return outcome === 'too large' ? isTooLarge : refusal;
    },
    async answer(request, response, kind, work) {
      if (kind === 'page') return answerPage(request, response, work);
      work();
      return null;
    },
  };
}

class Held extends Place {
  readonly limit: LimitName;
  readonly end: () => void;

  constructor(limit: LimitName, end: () => void) {
    super();
    this.limit = limit;
    this.end = end;
  }

  cut(): void {
    countRefusal(this.limit);
    this.end();
  }
}

const tooMany = (seconds: number): Refusal => ({
  status: 429,
  reason: `Too much was asked for from your address. Try again in ${seconds} s.`,
  headers: { 'retry-after': String(seconds) },
});

const tooManyAtOnce: Refusal = {
  status: 429,
  reason: 'Too much is asked for from your address at once. Try again in a few seconds.',
  headers: { 'retry-after': '5' },
};

const isBusy: Refusal = {
  status: 503,
  reason: 'Too much is asked for by everybody at this moment. Try again in a few seconds.',
  headers: { 'retry-after': '5' },
};

function refusalFor(refused: NoPlace, limit: LimitName): Refusal {
  countRefusal(limit);
  return refused === 'share' ? tooManyAtOnce : isBusy;
}

const isTooLarge: Refusal = { status: 413, reason: 'This is more than a form may hold.' };
