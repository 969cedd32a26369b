import { HeaderMap } from '@apollo/server';
import { CodedError } from '@socialhub/platform/errors';
import { networkOf } from '@socialhub/platform/http/network';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import { createTokenBuckets, type TokenBuckets } from '@socialhub/platform/limits/rate-limit-buckets';
import { countRefusal, type LimitName } from '@socialhub/platform/metrics/refusals';

/** How much may be asked for in a minute; 0 sets no limit. */
export interface RateSettings {
  requestsPerAddress: number;
  requestsPerViewer: number;
  /** Operations that were never seen before. */
  newOperationsPerAddress: number;
  newOperationsPerViewer: number;
  /** The sum of the operations' static costs, for each viewer, and for each address of people who are signed out. */
  cost: number;
  /** Of bodies and messages that are not short, for each address and for each viewer. */
  longBytes: number;
}

/** Each throws RateLimited when it is too much. */
export interface RateLimits {
  /** A request or an operation from there, whoever asks. */
  fromAddress(client: ClientInfo): void;
  /** The same, of somebody who is signed in. */
  fromViewer(viewer: Viewer | null): void;
  /** An operation that was never seen before. */
  newOperation(by: { viewer: Viewer | null; client: ClientInfo }): void;
  cost(by: { viewer: Viewer | null; client: ClientInfo }, amount: number): void;
  /** The same of events, out of a budget of their own: others make them happen, who could use up what one asks for oneself. */
  eventCost(by: { viewer: Viewer | null; client: ClientInfo }, amount: number): void;
  /** What an answer had, beyond what is usual: owed as a cost. */
  answered(by: { viewer: Viewer | null; client: ClientInfo }, chars: number): void;
  /** Of a body or a message that is not short. */
  bytes(by: { viewer: Viewer | null; client: ClientInfo }, amount: number): void;
  /** What a body turned out to have beyond what was counted before it came; throws nothing, but is owed. */
  moreBytes(by: { viewer: Viewer | null; client: ClientInfo }, amount: number): void;
}

/** RATE_LIMITED, with the limit and the seconds after which there is room again; 429 over HTTP. */
export class RateLimited extends CodedError {
  readonly headers: Record<string, string>;

  constructor(message: string, limit: number, retryAfter: number) {
    super('RATE_LIMITED', message, { retryAfter });
    this.headers = { 'retry-after': String(retryAfter) };
    this.extensions.limit = limit;
    this.extensions.http = { status: 429, headers: new HeaderMap(Object.entries(this.headers)) };
  }
}

export function createRateLimits(settings: RateSettings): RateLimits {
  const addresses = bucketsOf(settings.requestsPerAddress);
  const viewers = bucketsOf(settings.requestsPerViewer);
  const costs = bucketsOf(settings.cost);
  const eventCosts = bucketsOf(settings.cost);
  const { newOperationsPerAddress, newOperationsPerViewer } = settings;
  const newFromAddresses = bucketsOf(newOperationsPerAddress);
  const newFromViewers = bucketsOf(newOperationsPerViewer);
  const bytes = bucketsOf(settings.longBytes);
  const ownersOf = ({ viewer, client }: { viewer: Viewer | null; client: ClientInfo }) =>
    viewer ? [`viewer ${viewer.userId}`, addressKey(client)] : [addressKey(client)];

  return {
    fromAddress(client) {
      if (!addresses) return;
      take(
        addresses,
        addressKey(client),
        1,
        'requests from this address',
        settings.requestsPerAddress,
        'requests of an address',
      );
    },
    fromViewer(viewer) {
      if (viewer)
        take(viewers, viewer.userId, 1, 'requests', settings.requestsPerViewer, 'requests of a viewer');
    },
    newOperation({ viewer, client }) {
      if (viewer) take(newFromViewers, viewer.userId, 1, newOnes, newOperationsPerViewer, 'new operations');
      if (!newFromAddresses) return;
      take(
        newFromAddresses,
        addressKey(client),
        1,
        `${newOnes} from this address`,
        newOperationsPerAddress,
        'new operations',
      );
    },
    cost({ viewer, client }, amount) {
      if (!costs) return;
      take(
        costs,
        askerOf({ viewer, client }),
        amount,
        'costly operations, by the sum of what they cost',
        settings.cost,
        'cost',
      );
    },
    eventCost(by, amount) {
      const what = 'live events, by the sum of what they cost';
      take(eventCosts, askerOf(by), amount, what, settings.cost, 'cost');
    },
    answered(by, chars) {
      if (chars > usualResultChars) costs?.charge(askerOf(by), (chars - usualResultChars) / charsPerCost);
    },
    bytes(by, amount) {
      for (const owner of ownersOf(by))
        take(bytes, owner, amount, 'bytes of long requests', settings.longBytes, 'long bytes');
    },
    moreBytes(by, amount) {
      for (const owner of ownersOf(by)) bytes?.charge(owner, amount);
    },
  };
}

/** Values belong into variables: an operation is new with every value that is written into it. */
const newOnes = 'operations that were never sent before';

/**
 * What an operation asks for is priced before it runs, but not how long the texts are nor how often each is asked for. An
 * object that costs 1 has a few hundred characters as a rule.
 */
const usualResultChars = 100_000;
const charsPerCost = 50;

const bucketsOf = (perMinute: number) => (perMinute > 0 ? createTokenBuckets({ perMinute }) : undefined);

function take(
  buckets: TokenBuckets | undefined,
  key: string,
  amount: number,
  what: string,
  limit: number,
  name: LimitName,
) {
  const retryAfter = buckets?.take(key, amount) ?? 0;
  if (retryAfter <= 0) return;
  countRefusal(name);
  throw new RateLimited(`Too many ${what}: at most ${limit} a minute are allowed`, limit, retryAfter);
}

/** By what a client's address is counted. */
export const addressKey = ({ ipAddress }: ClientInfo): string =>
  ipAddress ? networkOf(ipAddress) : 'unknown';

/** Names whoever asks among those who share what there is. */
export const askerOf = ({ viewer, client }: { viewer: Viewer | null; client: ClientInfo }): string =>
  viewer ? `viewer ${viewer.userId}` : addressKey(client);
