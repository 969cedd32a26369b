import type { Throttles } from './throttles.ts';

/**
 * Runs a check of a password, so often only: failures are counted by account and by address. Throws RATE_LIMITED
 * instead of an answer once there were too many, be the password right or wrong; a right one before that begins the
 * account's count anew.
 */
export async function guessPassword(
  { failuresPerAccount, failuresPerAddress }: Throttles,
  by: { account: string; address: string | null },
  check: () => Promise<boolean>,
): Promise<boolean> {
  await Promise.all([failuresPerAccount.check(by.account), failuresPerAddress.check(by.address)]);
  const isRight = await check();
  if (isRight) {
    // Guesses that came at once all found the count low: by now it has what failed before this one.
    await failuresPerAccount.check(by.account);
    await failuresPerAccount.reset(by.account);
  } else {
    await failuresPerAddress.count(by.address);
    await failuresPerAccount.count(by.account);
  }
  return isRight;
}
