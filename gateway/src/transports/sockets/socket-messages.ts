import { CodedError } from '@socialhub/platform/errors';
import { shortBytes } from '../../admission/at-once.ts';
import type { RateLimits } from '../../admission/rate-limit.ts';
import type { GatewayContext } from '../../context.ts';
import { readJson } from '../../operations/operation-json.ts';

/** Counts a message as a request of its address and of its viewer. Gives why it is more than they may send; null when it is not. */
export function countMessage(rates: RateLimits, context: GatewayContext, bytes: number): CodedError | null {
  try {
    rates.fromAddress(context.client);
    rates.fromViewer(context.viewer);
    if (bytes > shortBytes) rates.bytes(context, bytes);
    return null;
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
}

/**
 * The protocol library takes what is parsed already as it is. It keeps what it was given for as long as the subscription runs:
 * a text would be the whole operation once more for each socket. Gives the error for what is no text, or has too many parts
 * to be read.
 */
export function parseMessage(text: string, isBinary: boolean): string | CodedError {
  if (isBinary) return new CodedError('BAD_USER_INPUT', 'Messages are text');
  try {
    return readJson(text) as string;
  } catch (error) {
    // What is no JSON the library tells the client itself.
    return error instanceof CodedError ? error : text;
  }
}
