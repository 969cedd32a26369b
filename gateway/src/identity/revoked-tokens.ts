import type { Role, Viewer } from '@socialhub/platform/identity/identity';

/** Why access tokens are good no more though they have not expired. */
export type Revocation = 'session ended' | 'role changed';

/** What has been revoked, as the auth service tells it. */
export interface Revocations {
  sessionIds: readonly string[];
  roles: readonly { userId: string; role: Role }[];
}

/** What access tokens say of somebody that has ceased to be true before they expire. */
export interface RevokedTokens {
  endSession(sessionId: string): void;
  /** From now on this person's tokens are good with this role alone. */
  changeRole(userId: string, role: Role): void;
  /** To be called before the auth service is asked; gives what takes its answer. Roles that change meanwhile are newer than it. */
  catchUp(): (answer: Revocations) => void;
  /** While nothing can be known of what is revoked, no token is good. Gives whether that is a change. */
  setBlind(isBlind: boolean): boolean;
  isBlind(): boolean;
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
  /** Whose roles changed by a signal since the auth service was asked. */
  let changedMeanwhile = new Set<string>();
  let isBlind = false;
  const tell = () => {
    for (const listener of listeners) listener();
  };

  return {
    endSession(sessionId) {
      if (endedSessions.set(sessionId, true)) tell();
    },
    changeRole(userId, role) {
      changedMeanwhile.add(userId);
      if (roles.set(userId, role)) tell();
    },
    catchUp() {
      const changed = new Set<string>();
      changedMeanwhile = changed;
      return (answer) => {
        // Each answer repeats a part of the one before: who is connected is looked at once, and only for what is new.
        const news = [
          ...answer.sessionIds.map((id) => endedSessions.set(id, true)),
          ...answer.roles.map(({ userId, role }) => !changed.has(userId) && roles.set(userId, role)),
        ];
        if (news.includes(true)) tell();
      };
    },
    setBlind(next) {
      if (isBlind === next) return false;
      isBlind = next;
      tell();
      return true;
    },
    isBlind: () => isBlind,
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
  const get = (key: string): Value | undefined => {
    const entry = entries.get(key);
    return entry && entry.until > now() ? entry.value : undefined;
  };
  return {
    /** Gives whether that is news. */
    set(key: string, value: Value): boolean {
      if (get(key) === value) return false;
      for (const [old, { until }] of entries) {
        if (until > now()) break;
        entries.delete(old);
      }
      entries.delete(key);
      entries.set(key, { value, until: now() + rememberMs });
      return true;
    },
    get,
  };
}
