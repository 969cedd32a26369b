import type { Database } from '@socialhub/platform/database/database';
import { networkOf } from '@socialhub/platform/http/network';
import type { Client } from '../../store/client.ts';
import { listSignInAddresses } from '../../store/sessions/sessions.ts';
import type { Throttle, Throttles } from '../throttling/throttles.ts';
import type { PasswordHasher } from './password-hasher.ts';

/** Whose counts a guess goes to. */
export interface Guesser {
  /** Null: nobody has the name. */
  accountId: string | null;
  /** The name that was typed, in the spelling under which it is looked up. */
  name: string;
  address: string | null;
  /** The session in which somebody confirms that they are its owner; null at sign-in. */
  sessionId: string | null;
}

export interface ThrottledCheckDeps {
  db: Database<Client>;
  throttles: Throttles;
  passwords: PasswordHasher;
}

type Kind = 'password' | 'code';

/**
 * Runs a check of a password, so often only: tries are counted, and failures by themselves. Throws RATE_LIMITED instead
 * of an answer once there were too many, be the password right or wrong; a right one before that begins the count of
 * failures anew.
 */
export const checkPasswordThrottled = (
  deps: ThrottledCheckDeps,
  by: Guesser,
  check: () => Promise<boolean>,
): Promise<boolean> => guess(deps, 'password', by, check);

/** The same for a two-factor code, which has counts of its own: whoever guesses at it has the password. */
export const checkCodeThrottled = (
  deps: ThrottledCheckDeps,
  by: Guesser,
  check: () => Promise<boolean>,
): Promise<boolean> => guess(deps, 'code', by, check);

function guess(
  deps: ThrottledCheckDeps,
  kind: Kind,
  by: Guesser,
  check: () => Promise<boolean>,
): Promise<boolean> {
  // Before anything is asked of the database: who tries a thousand times at once waits for themselves, and for nobody elsewhere.
  return deps.passwords.inTurn(by.sessionId ?? placeOf(by.name, networkAt(by)), async () => {
    const { failures, attempts } = await countsOf(deps, kind, by);
    await Promise.all(failures.map(({ throttle, key }) => throttle.check(key)));
    await Promise.all(attempts.map(({ throttle, key }) => throttle.count(key)));
    const isRight = await check();
    const [first] = failures;
    if (isRight) {
      // Guesses that came at once all found the count low: by now it has what failed before this one.
      if (first) await first.throttle.pass(first.key);
    } else {
      // At once, the account's first: a right guess that ended later must find it counted.
      await Promise.all(failures.map(({ throttle, key }) => throttle.count(key)));
    }
    return isRight;
  });
}

interface Count {
  throttle: Throttle;
  key: string;
}

/**
 * The counts of failures, the guesser's own first, and of tries. A session, and a network that the account has signed in
 * from, have counts of their own: no stranger elsewhere uses up what the owner may. Passwords count by the name that was
 * typed: a count that two names share would tell that they are one person's, or that there is such a person at all.
 */
async function countsOf(
  deps: ThrottledCheckDeps,
  kind: Kind,
  by: Guesser,
): Promise<{ failures: Count[]; attempts: Count[] }> {
  const { throttles } = deps;
  const ofPlace = kind === 'password' ? throttles.failuresPerPlace : throttles.codeFailuresPerPlace;
  if (by.sessionId !== null) {
    const key = by.sessionId;
    return {
      failures: [{ throttle: ofPlace, key }],
      attempts: [{ throttle: throttles.attemptsPerPlace, key }],
    };
  }
  const { address } = by;
  const ofAddress = (throttle: Throttle) => (address === null ? [] : [{ throttle, key: address }]);
  // Whoever is asked for a code has given the password: there is no name to hide any more.
  const account = kind === 'password' ? by.name : (by.accountId ?? by.name);
  const place = kind === 'password' ? await knownPlace(deps, by) : null;
  const ofAccount = kind === 'password' ? throttles.failuresPerAccount : throttles.codeFailuresPerAccount;
  const own = place === null ? { throttle: ofAccount, key: account } : { throttle: ofPlace, key: place };
  const tries =
    place === null
      ? { throttle: throttles.attemptsPerAccount, key: account }
      : { throttle: throttles.attemptsPerPlace, key: place };
  return {
    failures: [own, ...ofAddress(throttles.failuresPerAddress)],
    attempts: [tries, ...ofAddress(throttles.attemptsPerAddress)],
  };
}

/**
 * The key of the name at the network that asks; null where its account is not known to have signed in from there, nor to
 * have had its password reset from there just now.
 */
async function knownPlace({ db, throttles }: ThrottledCheckDeps, by: Guesser): Promise<string | null> {
  const network = networkAt(by);
  const place = placeOf(by.name, network);
  // Asked for nobody's account too: time must not tell whether there is one.
  const [addresses, wasReset] = await Promise.all([
    listSignInAddresses(db.pool, by.accountId),
    throttles.resetsPerPlace.isUsedUp(place),
  ]);
  const isKnown = wasReset || addresses.some((address) => networkOf(address) === network);
  return network !== nowhere && isKnown ? place : null;
}

/** In the place of a network, where nobody knows it. */
const nowhere = '';
const networkAt = ({ address }: Guesser): string => (address === null ? nowhere : networkOf(address));

/** The key of a name at a network. */
export const placeOf = (name: string, network: string): string => `${name} ${network}`;
