import type { Throttle, Throttles } from './throttles.ts';

/** Whose count a failure goes to. */
interface Guesser {
  account: string;
  address: string | null;
}

/**
 * Runs a check of a password, so often only: failures are counted by account and by address. Throws RATE_LIMITED
 * instead of an answer once there were too many, be the password right or wrong; a right one before that begins the
 * account's count anew.
 */
export const guessPassword = (
  { failuresPerAccount, failuresPerAddress }: Throttles,
  by: Guesser,
  check: () => Promise<boolean>,
): Promise<boolean> => guess(failuresPerAccount, failuresPerAddress, by, check);

/** The same for a second factor, which has a count of its own: whoever guesses at it has the password. */
export const guessCode = (
  { codeFailuresPerAccount, failuresPerAddress }: Throttles,
  by: Guesser,
  check: () => Promise<boolean>,
): Promise<boolean> => guess(codeFailuresPerAccount, failuresPerAddress, by, check);

async function guess(
  perAccount: Throttle,
  perAddress: Throttle,
  by: Guesser,
  check: () => Promise<boolean>,
): Promise<boolean> {
  await Promise.all([perAccount.check(by.account), perAddress.check(by.address)]);
  const isRight = await check();
  if (isRight) {
    // Guesses that came at once all found the count low: by now it has what failed before this one.
    await perAccount.pass(by.account);
  } else {
    // At once, the account's first: a right guess that ended later must find it counted.
    await Promise.all([perAccount.count(by.account), perAddress.count(by.address)]);
  }
  return isRight;
}
