import type { Database } from '@socialhub/platform/database';
import { networkOf } from '@socialhub/platform/network';
import type { Client } from '../store/client.ts';
import { listSignInAddresses } from '../store/sessions.ts';
import type { PasswordHasher } from './password-hasher.ts';
import type { Throttle, Throttles } from './throttles.ts';

/** Whose counts a guess goes to. */
export interface Guesser {
  /** Null: nobody has the name. */
  accountId: string | null;
  /** As it was typed, where nobody has it. */
  name: string;
  address: string | null;
  /** The session in which somebody confirms that they are its owner; null at the door. */
  sessionId: string | null;
}

export interface GuessDeps {
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
export const guessPassword = (
  deps: GuessDeps,
  by: Guesser,
  check: () => Promise<boolean>,
): Promise<boolean> => guess(deps, 'password', by, check);

/** The same for a second factor, which has counts of its own: whoever guesses at it has the password. */
export const guessCode = (deps: GuessDeps, by: Guesser, check: () => Promise<boolean>): Promise<boolean> =>
  guess(deps, 'code', by, check);

function guess(deps: GuessDeps, kind: Kind, by: Guesser, check: () => Promise<boolean>): Promise<boolean> {
  const account = by.accountId ?? by.name;
  // Before anything is asked of the database: who tries a thousand times at once waits for themselves.
  return deps.passwords.inTurn(account, async () => {
    const { failures, attempts } = await countsOf(deps, kind, by, account);
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
 * from, have counts of their own: no stranger elsewhere uses up what the owner may.
 */
async function countsOf(
  { db, throttles }: GuessDeps,
  kind: Kind,
  by: Guesser,
  account: string,
): Promise<{ failures: Count[]; attempts: Count[] }> {
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
  const place = kind === 'password' ? await knownPlace(db, by, account) : null;
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

/** The key of the account at the network that asks; null where the account is not known to have signed in from there. */
async function knownPlace(db: Database<Client>, by: Guesser, account: string): Promise<string | null> {
  // Asked for nobody's account too: time must not tell whether there is one.
  const addresses = await listSignInAddresses(db.pool, by.accountId);
  const network = by.address === null ? null : networkOf(by.address);
  const isKnown = network !== null && addresses.some((address) => networkOf(address) === network);
  return isKnown ? placeOf(account, network) : null;
}

/** The key of an account at a network. */
export const placeOf = (accountId: string, network: string): string => `${accountId} ${network}`;
