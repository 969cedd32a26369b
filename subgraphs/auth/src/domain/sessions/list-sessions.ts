import { cursorCodec, pageOfAll, pageRequest, timeAndId } from '@socialhub/platform/database/pagination';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Loaders } from '../../store/loaders.ts';
import type { SessionRow } from '../../store/sessions/sessions.ts';
import type { OwnAccount } from '../accounts/own-account.ts';

/** A session as its owner sees it. */
export interface OwnSession extends SessionRow {
  current: boolean;
}

const placeOf = (session: SessionRow): [Date, string] => [session.lastUsedAt, session.id];

/** A page of an account's sessions that are alive, the last used first. Throws BAD_USER_INPUT. */
export async function listSessions(
  loaders: Loaders,
  { row, currentSessionId }: OwnAccount,
  args: { first?: number | null; after?: string | null },
) {
  const cursors = cursorCodec('Account.sessions', timeAndId, { viewerId: row.id });
  const page = pageRequest(args, cursors);
  const sessions: OwnSession[] = (await loaders.sessions.load(row.id)).map((session) => ({
    ...session,
    current: session.id === currentSessionId,
  }));
  return pageOfAll(sessions, page, placeOf, cursors, 'newest first');
}

/** One of the viewer's sessions that are alive; null for any other. */
export async function findOwnSession(
  loaders: Loaders,
  viewer: Viewer | null,
  id: string,
): Promise<OwnSession | null> {
  const session = viewer && (await loaders.sessions.load(viewer.userId)).find((one) => one.id === id);
  return session ? { ...session, current: id === viewer.sessionId } : null;
}
