/** Sessions that have ended before their access tokens did. */
export interface RevokedSessions {
  add(sessionId: string): void;
  has(sessionId: string): boolean;
  /** Tells of each session as it ends, until the given function is called. */
  listen(onRevoked: (sessionId: string) => void): () => void;
}

/** An access token lives at most 15 minutes; after that nobody can come with one of the session's. */
const rememberMs = 20 * 60_000;

export function createRevokedSessions(now: () => number = Date.now): RevokedSessions {
  // In the order in which they were added, so that the old ones are at the front.
  const until = new Map<string, number>();
  const listeners = new Set<(sessionId: string) => void>();

  const forget = () => {
    for (const [sessionId, time] of until) {
      if (time > now()) return;
      until.delete(sessionId);
    }
  };

  return {
    add(sessionId) {
      forget();
      until.delete(sessionId);
      until.set(sessionId, now() + rememberMs);
      for (const listener of listeners) listener(sessionId);
    },
    has: (sessionId) => (until.get(sessionId) ?? 0) > now(),
    listen(onRevoked) {
      listeners.add(onRevoked);
      return () => listeners.delete(onRevoked);
    },
  };
}
