import { CodedError } from '@socialhub/platform/errors';
import type { Throttles } from './throttles.ts';

/**
 * Runs what takes a token out of a mail; one that is refused counts against the address that presents it. After too many
 * of them another is RATE_LIMITED; a good one is taken all the same, since whoever shares the address may have shown the others.
 */
export async function useTokenThrottled<T>(
  { tokenFailuresPerAddress }: Throttles,
  address: string | null,
  use: () => Promise<T>,
): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof CodedError && error.extensions.field === 'input.token') {
      await tokenFailuresPerAddress.count(address);
    }
    throw error;
  }
}
