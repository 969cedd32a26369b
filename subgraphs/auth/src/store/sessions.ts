import type { Session } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export type SessionRow = Session;
export type SessionEnd =
  | 'LOGGED_OUT'
  | 'TOKEN_REPLAYED'
  | 'REVOKED'
  | 'PASSWORD_CHANGED'
  | 'EMAIL_CHANGED'
  | 'ROLE_SET'
  | 'SUSPENDED'
  | 'DEACTIVATED'
  | 'DELETED';

/** How long a session lives: without use, and at all. */
export interface Lifetimes {
  idleSeconds: number;
  maxSeconds: number;
}

/** The database's clock starts it. */
export async function insertSession(
  tx: Tx,
  session: Pick<SessionRow, 'id' | 'accountId' | 'userAgent' | 'ipAddress'>,
  lifetimes: Lifetimes,
): Promise<SessionRow> {
  await tx.$executeRaw`
    INSERT INTO session (id, account_id, user_agent, ip_address, expires_at, ends_by)
    VALUES (${session.id}::uuid, ${session.accountId}::uuid, ${session.userAgent}, ${session.ipAddress},
      now() + least(${lifetimes.idleSeconds}::int, ${lifetimes.maxSeconds}::int) * interval '1 second',
      now() + ${lifetimes.maxSeconds}::int * interval '1 second')`;
  return tx.session.findUniqueOrThrow({ where: { id: session.id } });
}

/** The sessions that are alive, of each account the last used first; no account lists more than 100. */
export const listLiveSessions = (reader: Reader, accountIds: readonly string[]): Promise<SessionRow[]> =>
  reader.session.findMany({
    where: { accountId: { in: [...accountIds] }, endedAt: null, expiresAt: { gt: new Date() } },
    orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
    // An account is only ever read by its owner: there is one id.
    take: 100,
  });

/** Whether it was alive until now. */
export async function updateSessionEnded(
  tx: Tx,
  session: { id: string; accountId?: string },
  because: SessionEnd,
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { ...session, endedAt: null },
    data: { endedAt: new Date(), endedBecause: because },
  });
  return count > 0;
}

/** Ends all sessions of an account that are alive, but for `except`; gives their ids. */
export async function updateSessionsEnded(
  tx: Tx,
  accountId: string,
  except: string | null,
  because: SessionEnd,
): Promise<string[]> {
  const ended = await tx.session.updateManyAndReturn({
    where: { accountId, endedAt: null, ...(except !== null && { id: { not: except } }) },
    data: { endedAt: new Date(), endedBecause: because },
    select: { id: true },
  });
  return ended.map((session) => session.id);
}

/** Those that ended in the last `seconds`, the latest first, at most `limit`: their ids. */
export async function listEndedSessions(reader: Reader, seconds: number, limit: number): Promise<string[]> {
  const ended = await reader.session.findMany({
    where: { endedAt: { gt: new Date(Date.now() - seconds * 1000) } },
    orderBy: { endedAt: 'desc' },
    take: limit,
    select: { id: true },
  });
  return ended.map((session) => session.id);
}

/** Whether this session of the account is alive. */
export async function isSessionLive(
  reader: Reader,
  session: { id: string; accountId: string },
): Promise<boolean> {
  const live = await reader.session.findFirst({
    where: { ...session, endedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true },
  });
  return live !== null;
}

/** Removes at most `limit` sessions, with their tokens, that nobody can use any more; gives how many. */
export async function deleteDeadSessions(reader: Reader, limit: number): Promise<number> {
  return reader.$executeRaw`
    DELETE FROM session WHERE id IN (
      SELECT id FROM session WHERE expires_at < now() - interval '1 day' ORDER BY expires_at LIMIT ${limit})`;
}
