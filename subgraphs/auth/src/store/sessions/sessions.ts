import { erasedUserId } from '@socialhub/platform/ids';
import type { Pool } from 'pg';
import type { Session } from '../../generated/prisma/client.ts';
import type { AccountRow } from '../accounts/accounts.ts';
import type { Reader, Tx } from '../client.ts';
import { MAIL_CHANNEL } from '../mail/mails.ts';

export type SessionRow = Session;
export type SessionEnd =
  | 'LOGGED_OUT'
  | 'TOKEN_REPLAYED'
  | 'REVOKED'
  /** Newer ones took its place: it was the one that had not been used for longest. */
  | 'SUPERSEDED'
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

/** So many sessions of an account are alive at most, but for those that begin at one moment; whoever lists them sees all. */
export const maxSessions = 100;

/** Who is to have a session, as they were when their password was checked. */
export type Entrant = Pick<AccountRow, 'id' | 'passwordVersion' | 'role'> & {
  /** They have shown what two-factor authentication, where that is on, asks for. */
  hasPassedTwoFactor: boolean;
};

/**
 * Opens a session with its first token, by the database's clock, and gives when it lapses, and whether the account has
 * more now than it may (`updateSessionsSuperseded` ends those); null when the account is not
 * open to it: suspended, away, being erased, or changed since it was read. One statement, so that whatever changes the
 * account comes wholly before, and is seen, or wholly after, and sees this session.
 *
 * The owner is told by mail when none of the account's last 200 sessions was from such a device (versions aside), or none
 * from this address; but whoever signs in again and again has no more than five mails sent in an hour.
 */
export async function insertSession(
  reader: Reader,
  entrant: Entrant,
  session: Pick<SessionRow, 'id' | 'userAgent' | 'ipAddress'> & { tokenHash: Uint8Array },
  lifetimes: Lifetimes,
): Promise<{ expiresAt: Date; isOneTooMany: boolean } | null> {
  const [opened] = await reader.$queryRaw<{ expiresAt: Date; isOneTooMany: boolean }[]>`
    WITH earlier AS (
      SELECT user_agent, ip_address, created_at, ended_at, expires_at FROM session WHERE account_id = ${entrant.id}::uuid
      ORDER BY last_used_at DESC LIMIT 200
    ), entrant AS (
      SELECT id, email, created_at FROM account
      WHERE id = ${entrant.id}::uuid AND password_version = ${entrant.passwordVersion}::int
        AND role = ${entrant.role}::role
        AND suspended_at IS NULL AND deactivated_at IS NULL AND deleted_at IS NULL
        AND (${entrant.hasPassedTwoFactor}::boolean OR NOT EXISTS (
          SELECT FROM two_factor WHERE account_id = account.id AND confirmed_at IS NOT NULL))
      FOR SHARE OF account
    ), opened AS (
      INSERT INTO session (id, account_id, user_agent, ip_address, expires_at, ends_by)
      SELECT ${session.id}::uuid, id, ${session.userAgent}, ${session.ipAddress},
        now() + least(${lifetimes.idleSeconds}::int, ${lifetimes.maxSeconds}::int) * interval '1 second',
        now() + ${lifetimes.maxSeconds}::int * interval '1 second'
      FROM entrant
      RETURNING id, expires_at
    ), issued AS (
      INSERT INTO refresh_token (hash, session_id) SELECT ${session.tokenHash}, id FROM opened
    ), told AS (
      INSERT INTO mail (kind, recipient, account_id, session_id, expires_at)
      SELECT 'NEW_SIGN_IN', entrant.email, entrant.id, opened.id, now() + interval '1 day'
      FROM entrant, opened
      -- Whoever registers knows that they do: of that transaction created_at is the time, rounded.
      WHERE entrant.created_at < now() - interval '1 millisecond'
        AND NOT (
          EXISTS (
            SELECT FROM earlier
            WHERE regexp_replace(user_agent, '[0-9.]+', '', 'g')
                IS NOT DISTINCT FROM regexp_replace(${session.userAgent}, '[0-9.]+', '', 'g'))
          AND EXISTS (
            SELECT FROM earlier WHERE ip_address IS NOT DISTINCT FROM ${session.ipAddress}))
        AND NOT EXISTS (
          SELECT FROM earlier WHERE created_at > now() - interval '1 hour' OFFSET 4 LIMIT 1)
      RETURNING id
    )
    SELECT expires_at AS "expiresAt",
      (SELECT count(*) >= ${maxSessions}::int FROM earlier WHERE ended_at IS NULL AND expires_at > now()) AS "isOneTooMany",
      (SELECT pg_notify(${MAIL_CHANNEL}, '')::text FROM told) FROM opened`;
  return opened ?? null;
}

/**
 * Ends those sessions of an account that have not been used for longest and are more than it may have; gives their ids.
 * They lapse with it, so that the purge takes them in a day.
 */
export async function updateSessionsSuperseded(tx: Tx, accountId: string): Promise<string[]> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    UPDATE session SET ended_at = now(), ended_because = ${'SUPERSEDED' satisfies SessionEnd}, expires_at = now()
    WHERE ended_at IS NULL AND id IN (
      SELECT id FROM session
      WHERE account_id = ${accountId}::uuid AND ended_at IS NULL AND expires_at > now()
      ORDER BY last_used_at DESC, id DESC OFFSET ${maxSessions}::int)
    RETURNING id`;
  return ended.map(({ id }) => id);
}

const placesRemembered = 20;

/** Where the account's last sessions signed in from, but for those that somebody ended as not the owner's. */
export async function listSignInAddresses(pool: Pool, accountId: string | null): Promise<string[]> {
  const { rows } = await pool.query<{ address: string }>({
    name: 'sign_in_addresses',
    text: `SELECT DISTINCT ip_address AS address FROM (
        SELECT ip_address, ended_at, ended_because FROM session WHERE account_id = $1
        ORDER BY last_used_at DESC LIMIT ${placesRemembered}) AS session
      WHERE ip_address IS NOT NULL AND (ended_at IS NULL OR ended_because IN ('LOGGED_OUT', 'SUPERSEDED'))`,
    values: [accountId ?? erasedUserId],
  });
  return rows.map(({ address }) => address);
}

/** The sessions that are alive, of each account the last used first. */
export const listLiveSessions = (reader: Reader, accountIds: readonly string[]): Promise<SessionRow[]> =>
  reader.session.findMany({
    where: { accountId: { in: [...accountIds] }, endedAt: null, expiresAt: { gt: new Date() } },
    orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
    // An account is only ever read by its owner: there is one id.
    take: maxSessions,
  });

export const findSession = (reader: Reader, id: string): Promise<SessionRow | null> =>
  reader.session.findUnique({ where: { id } });

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
  // Asked in this way, whether it is alive is not looked up among all that are.
  const ended = await tx.$queryRaw<{ id: string }[]>`
    UPDATE session SET ended_at = clock_timestamp(), ended_because = ${because}
    WHERE account_id = ${accountId}::uuid AND (ended_at IS NULL) IS TRUE AND id IS DISTINCT FROM ${except}::uuid
    RETURNING id`;
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
