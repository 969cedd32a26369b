import { rateLimited } from '@socialhub/platform/errors';
import { networkOf } from '@socialhub/platform/http/network';
import { countRefusal, type LimitName } from '@socialhub/platform/metrics/refusals';
import type { Pool } from 'pg';
import { type Counter, createCounter, type Limit } from '../../store/throttling/rate-limits.ts';

/** One limit. A key that is null (an address that nobody knows) is not limited. */
export interface Throttle {
  /** Throws RATE_LIMITED when the key has used up what it may. */
  check(key: string | null): Promise<void>;
  /** Counts once; throws RATE_LIMITED when that is once too often. */
  count(key: string | null): Promise<void>;
  /** Throws RATE_LIMITED like `check`; else the key begins anew. */
  pass(key: string): Promise<void>;
  /** Begins anew. */
  reset(key: string): Promise<void>;
  /** Counts once, and refuses nothing. */
  note(key: string): Promise<void>;
  isUsedUp(key: string): Promise<boolean>;
}

/**
 * What is limited, by whom it is counted. Addresses are counted by network. A place is an account's session, or a network
 * that the account has signed in from.
 */
export const throttleNames = [
  'attemptsPerAccount',
  'attemptsPerAddress',
  'attemptsPerPlace',
  'failuresPerAccount',
  'failuresPerAddress',
  'failuresPerPlace',
  'codeFailuresPerAccount',
  'codeFailuresPerPlace',
  // Refuses nothing: a place that has one is the owner's.
  'resetsPerPlace',
  'passkeyFailuresPerAddress',
  'passkeySignInsPerAddress',
  'registrationsPerAddress',
  'mailsPerRequester',
  'mailsPerRecipient',
  'mailsPerAddress',
  'tokenFailuresPerAddress',
] as const;

export type ThrottleName = (typeof throttleNames)[number];
export type Limits = Record<ThrottleName, Limit>;

export type Throttles = Record<ThrottleName, Throttle>;

/** The throttles of one instance; their counts are those of all instances. */
export function createThrottles(pool: Pool, limits: Limits): Throttles {
  const throttles = throttleNames.map((name) => {
    const throttle = createThrottle(limitOf(name), createCounter(pool, name, limits[name]));
    return [name, name.endsWith('PerAddress') ? byNetwork(throttle) : throttle] as const;
  });
  return Object.fromEntries(throttles) as Throttles;
}

function createThrottle(limit: LimitName, counter: Counter): Throttle {
  const refuseFor = (ms: number | null) => {
    if (ms === null) return;
    countRefusal(limit);
    throw rateLimited(Math.max(1, Math.ceil(ms / 1000)));
  };
  return {
    async check(key) {
      if (key !== null) refuseFor(await counter.wait(key));
    },
    async count(key) {
      if (key !== null) refuseFor(await counter.count(key));
    },
    async pass(key) {
      refuseFor(await counter.pass(key));
    },
    reset: (key) => counter.forget(key),
    async note(key) {
      await counter.count(key);
    },
    isUsedUp: async (key) => (await counter.wait(key)) !== null,
  };
}

/** Under which what a throttle refuses is counted. */
function limitOf(name: ThrottleName): LimitName {
  if (name.startsWith('mails')) return 'mails';
  if (name === 'registrationsPerAddress') return 'registrations';
  return name === 'tokenFailuresPerAddress' ? 'mail links' : 'sign-ins';
}

const byNetwork = (throttle: Throttle): Throttle => ({
  check: (address) => throttle.check(address && networkOf(address)),
  count: (address) => throttle.count(address && networkOf(address)),
  pass: (address) => throttle.pass(networkOf(address)),
  reset: (address) => throttle.reset(networkOf(address)),
  note: (address) => throttle.note(networkOf(address)),
  isUsedUp: (address) => throttle.isUsedUp(networkOf(address)),
});
