import type { Outcome } from '../gateway/client.ts';
import { hasCode } from '../gateway/faults.ts';
import { claimOf } from './token-claims.ts';

/*
 * Who signs out while a page of theirs asks for a token that has to be renewed gets two answers: one forgets the cookies, the other
 * sets new ones. The one that renewed may come last. Here is known which sessions were just ended by this server, so that it sets none.
 */

/** As long as a renewal may be under way: the gateway is given 8 seconds. */
const keptMs = 30_000;
const most = 10_000;

const symbol = Symbol.for('socialhub.ended-sessions');
const shared = globalThis as { [symbol]?: Map<string, number> };
shared[symbol] ??= new Map();
/** By their ids, the oldest first. What renews and what signs out are bundles of their own, which find it by the symbol. */
const ended = shared[symbol];

/** Ends the session of an access token by `end`; while that is under way, and when it worked, none of its tokens is given out. */
export async function endingSession(accessToken: string, end: () => Promise<Outcome<object>>): Promise<void> {
  const id = claimOf(accessToken, 'sid');
  if (typeof id === 'string') note(id);
  const { faults } = await end();
  // Nobody but the gateway knows whose token this is. That it is none any more is no failure: who presses twice ends it once.
  if (typeof id === 'string' && faults.length > 0 && !hasCode(faults, 'UNAUTHENTICATED')) ended.delete(id);
}

function note(id: string): void {
  ended.delete(id);
  ended.set(id, performance.now());
  for (const [oldest, at] of ended) {
    if (ended.size <= most && performance.now() - at < keptMs) break;
    ended.delete(oldest);
  }
}

/** Says whether the session of an access token was just ended here. */
export function hasEnded(accessToken: string): boolean {
  const id = claimOf(accessToken, 'sid');
  const at = typeof id === 'string' ? ended.get(id) : undefined;
  return at !== undefined && performance.now() - at < keptMs;
}
