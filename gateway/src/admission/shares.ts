import type { FetchShare } from '@socialhub/federation-engine';
import type { GatewayContext } from '../context.ts';
import { addressKey } from './rate-limit.ts';

/** As the executor writes a fetch whose first field renews tokens. */
const renewal = /^mutation\b[^{]*\{\s*(?:\w+\s*:\s*)?refreshTokens\b/;

/**
 * Who has a fetch made, so that each has a share of the connections to a subgraph: the viewer, or the address of people
 * who are signed out. Renewing tokens has a share beside it: it must not wait behind sign-ins from the same address,
 * which wait to be hashed. Addresses are to be had by the hundred, and what is asked signed out may wait to be hashed:
 * all of it together leaves room to people who are signed in, and to renewals, which wait for nothing.
 */
export function shareOf(
  { viewer, client }: Pick<GatewayContext, 'viewer' | 'client'>,
  query: string,
): FetchShare {
  const who = viewer ? viewer.userId : addressKey(client);
  return renewal.test(query)
    ? { name: `${who} renews`, isOfCrowd: false }
    : { name: who, isOfCrowd: viewer === null };
}
