import { badUserInput, nextId, nextNumber, refuse } from './fake-results.ts';
import type { Call, FakeNotification, FakeSession, FakeState, FakeUser, Page } from './fake-state.ts';

const listeners = new Set<() => void>();
let lastTime = 0;

/** Later than each before it, whatever the clock. */
function laterTime(): string {
  lastTime = Math.max(Date.now(), lastTime + 1);
  return new Date(lastTime).toISOString();
}

const rowsOf = (state: FakeState, { username }: FakeUser) => {
  const rows = state.notifications.get(username) ?? [];
  state.notifications.set(username, rows);
  return rows;
};

const choosable =
  'FOLLOW FOLLOW_REQUEST FOLLOW_ACCEPTED POST COMMENT REPLY MENTION REACTION REPOST QUOTE'.split(' ');

/** Of whose doing somebody wants to be told, by type. */
function preferencesOf(state: FakeState, { username }: FakeUser) {
  const rows = state.preferences.get(username) ?? choosable.map((type) => ({ type, from: 'EVERYONE' }));
  state.preferences.set(username, rows);
  return rows;
}

/** Tells somebody of something, as the first of its kind or, with `id`, as a change of what they were told. */
export function notify(state: FakeState, whom: FakeUser, what: Partial<FakeNotification>): FakeNotification {
  const rows = rowsOf(state, whom);
  const before = rows.find(({ id }) => id === what.id);
  const actors = what.actors ?? before?.actors ?? [];
  const now = laterTime();
  const row: FakeNotification = {
    __typename: 'Notification',
    id: nextId('Notification'),
    type: 'FOLLOW',
    actorCount: actors.length,
    subject: null,
    createdAt: now,
    readAt: null,
    ...before,
    ...what,
    actors,
    updatedAt: what.updatedAt ?? now,
    seq: nextNumber(),
  };
  state.notifications.set(whom.username, [...rows.filter(({ id }) => id !== row.id), row]);
  wakeStreams();
  return row;
}

/** Marks it as read, which the streams tell. */
function tellRead(row: FakeNotification): void {
  row.readAt = new Date().toISOString();
  row.seq = nextNumber();
  wakeStreams();
}

/** Lets the streams of the fake gateway look for what is new. */
export function wakeStreams(): void {
  for (const wake of listeners) wake();
}

/** The part of the graph that tells what happened. */
export function notificationRoots(
  state: FakeState,
  call: Call,
  session: FakeSession | undefined,
  page: Page,
) {
  const viewer = () => {
    if (!session) throw refuse('UNAUTHENTICATED', 'Sign in first.');
    return session.user;
  };
  const unreadOf = (user: FakeUser) => rowsOf(state, user).filter(({ readAt }) => readAt === null).length;
  return {
    notifications: call(
      'notifications',
      ({
        unreadOnly,
        types,
        ...args
      }: {
        first: number;
        after?: string;
        unreadOnly: boolean;
        types?: string[] | null;
      }) => {
        const user = viewer();
        const rows = rowsOf(state, user)
          .filter(({ readAt, type }) => (!unreadOnly || readAt === null) && (!types || types.includes(type)))
          .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
        return { ...(page(rows, args) as object), unreadCount: unreadOf(user) };
      },
    ),
    notificationPreferences: call('notificationPreferences', () => preferencesOf(state, viewer())),
    updateNotificationPreferences: call(
      'updateNotificationPreferences',
      ({ input }: { input: { preferences: { type: string; from: string }[] } }) => {
        if (input.preferences.length === 0)
          throw badUserInput('input.preferences', 'has to name at least one type');
        const chosen = preferencesOf(state, viewer());
        for (const row of chosen)
          row.from = input.preferences.find(({ type }) => type === row.type)?.from ?? row.from;
        return { preferences: chosen, unreadCount: unreadOf(viewer()) };
      },
    ),
    markNotificationRead: call('markNotificationRead', ({ input }: { input: { id: string } }) => {
      const row = rowsOf(state, viewer()).find(({ id }) => id === input.id);
      if (!row) throw refuse('NOT_FOUND', 'Notification not found.');
      if (row.readAt === null) tellRead(row);
      return { notification: row, unreadCount: unreadOf(viewer()) };
    }),
    markNotificationsRead: call('markNotificationsRead', ({ input }: { input: { upTo: string } }) => {
      const rows = rowsOf(state, viewer());
      const last = rows.find(({ id }) => id === input.upTo);
      if (!last) throw badUserInput('input.upTo', 'is no id of a Notification');
      const marked = rows.filter((row) => row.readAt === null && row.updatedAt <= last.updatedAt);
      for (const row of marked) row.readAt = new Date().toISOString();
      if (marked.includes(last)) tellRead(last);
      return { unreadCount: unreadOf(viewer()) };
    }),
    notificationReceived: call('notificationReceived', ({ after }: { after?: string } = {}) => {
      const user = viewer();
      const latest = () => Math.max(0, ...rowsOf(state, user).map(({ seq }) => seq));
      return eventsAfter('notificationReceived', after ? Number(after) : latest(), (seq) => {
        const row = rowsOf(state, user)
          .toSorted((a, b) => a.seq - b.seq)
          .find((entry) => entry.seq > seq);
        return row && { cursor: String(row.seq), notification: row, unreadCount: unreadOf(user) };
      });
    }),
  };
}

/** The events of a stream behind one, each as `next` finds it, and on as they come. */
export async function* eventsAfter<Event extends { cursor: string }>(
  field: string,
  start: number,
  next: (after: number) => Event | undefined,
) {
  let after = start;
  for (;;) {
    const event = next(after);
    if (event) {
      after = Number(event.cursor);
      yield { [field]: event };
      continue;
    }
    await new Promise<void>((resolve) => {
      const wake = () => {
        listeners.delete(wake);
        resolve();
      };
      listeners.add(wake);
    });
  }
}
