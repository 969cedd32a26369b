import { rateLimited } from '@socialhub/platform/errors';
import { networkOf } from '@socialhub/platform/network';
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

/** All throttles; they work once `open` has given them the database. */
export type Throttles = Record<ThrottleName, Throttle> & { open(pool: Pool): void };

export function createThrottles(limits: Limits): Throttles {
  let pool: Pool | undefined;
  const throttles = throttleNames.map((name) => {
    const throttle = createThrottle(() => {
      if (!pool) throw new Error('the throttles are not open');
      return createCounter(pool, name, limits[name]);
    });
    return [name, name.endsWith('PerAddress') ? byNetwork(throttle) : throttle] as const;
  });
  return {
    ...(Object.fromEntries(throttles) as Record<ThrottleName, Throttle>),
    open(given) {
      pool = given;
    },
  };
}

function createThrottle(open: () => Counter): Throttle {
  let counter: Counter | undefined;
  const opened = () => {
    counter ??= open();
    return counter;
  };
  const refuseFor = (ms: number | null) => {
    if (ms !== null) throw rateLimited(Math.max(1, Math.ceil(ms / 1000)));
  };
  return {
    async check(key) {
      if (key !== null) refuseFor(await opened().wait(key));
    },
    async count(key) {
      if (key !== null) refuseFor(await opened().count(key));
    },
    async pass(key) {
      refuseFor(await opened().pass(key));
    },
    reset: (key) => opened().forget(key),
    async note(key) {
      await opened().count(key);
    },
    isUsedUp: async (key) => (await opened().wait(key)) !== null,
  };
}

const byNetwork = (throttle: Throttle): Throttle => ({
  check: (address) => throttle.check(address && networkOf(address)),
  count: (address) => throttle.count(address && networkOf(address)),
  pass: (address) => throttle.pass(networkOf(address)),
  reset: (address) => throttle.reset(networkOf(address)),
  note: (address) => throttle.note(networkOf(address)),
  isUsedUp: (address) => throttle.isUsedUp(networkOf(address)),
});
