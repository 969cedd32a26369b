import { claimOf } from './token-claims.ts';

/** Takes an access token, gives for how many more seconds it is good: what it says of itself, unverified; 0 in doubt. */
export function secondsLeft(accessToken: string, now = Date.now()): number {
  const exp = claimOf(accessToken, 'exp');
  return typeof exp === 'number' ? Math.max(0, Math.floor(exp - now / 1000)) : 0;
}
