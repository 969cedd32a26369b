import type { Role, Viewer } from '@socialhub/platform/identity/identity';

/** Why access tokens are good no more though they have not expired. */
export type Revocation = 'session ended' | 'role changed';

/** What access tokens say of somebody that has ceased to be true before they expire. */
export interface RevokedTokens {
  endSession(sessionId: string): void;
  /** From now on this person's tokens are good with this role alone. */
  changeRole(userId: string, role: Role): void;
  /** Lets every role be what tokens say: a change may have been missed, and one that is out of date keeps people out. */
  forgetRoles(): void;
  /** Why this viewer's tokens are good no more; null when they are good. */
  why(viewer: Viewer): Revocation | null;
  /** Tells of each change, until the given function is called. */
  listen(onChange: () => void): () => void;
}

/** An access token lives at most 15 minutes; after that nobody can come with one from before. */
const rememberMs = 20 * 60_000;

export function createRevokedTokens(now: () => number = Date.now): RevokedTokens {
  const endedSessions = createMemory<true>(now);
  const roles = createMemory<Role>(now);
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };

  return {
    endSession(sessionId) {
      endedSessions.set(sessionId, true);
      tell();
    },
    changeRole(userId, role) {
      roles.set(userId, role);
      tell();
    },
    forgetRoles: roles.clear,
    why({ userId, sessionId, role }) {
      if (endedSessions.get(sessionId)) return 'session ended';
      return (roles.get(userId) ?? role) === role ? null : 'role changed';
    },
    listen(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

function createMemory<Value>(now: () => number) {
  // In the order in which they were set, so that the old ones are at the front.
  const entries = new Map<string, { value: Value; until: number }>();
  return {
    set(key: string, value: Value) {
      for (const [old, { until }] of entries) {
        if (until > now()) break;
        entries.delete(old);
      }
      entries.delete(key);
      entries.set(key, { value, until: now() + rememberMs });
    },
    get(key: string): Value | undefined {
      const entry = entries.get(key);
      return entry && entry.until > now() ? entry.value : undefined;
    },
    clear: () => entries.clear(),
  };
}
