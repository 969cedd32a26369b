import type { Reader } from './client.ts';

type Rows = Promise<{ id: string }[]>;
const firstId = '00000000-0000-0000-0000-000000000000';

/** The account without what only the machine needs: no hash, no token. */
export const listAccountForExport = (reader: Reader, userId: string, after: string | null): Rows =>
  after === null
    ? reader.account.findMany({
        where: { id: userId },
        select: {
          id: true,
          email: true,
          emailVerifiedAt: true,
          username: true,
          role: true,
          createdAt: true,
          suspendedAt: true,
          suspendedReason: true,
          deactivatedAt: true,
          deleteAfter: true,
        },
      })
    : Promise.resolve([]);

// Whose they are is found first: to give them in order, those of all accounts would be gone through.
export const listSessionsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    WITH theirs AS MATERIALIZED (
      SELECT id, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", ends_by AS "endsBy",
        ended_at AS "endedAt", ended_because AS "endedBecause", user_agent AS "userAgent", ip_address AS "ipAddress"
      FROM session WHERE account_id = ${userId}::uuid
    )
    SELECT * FROM theirs WHERE id > ${after ?? firstId}::uuid ORDER BY id LIMIT ${limit}`;

/** What was decided about the account; by whom is not the owner's to know. */
export const listDecisionsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): Rows =>
  reader.auditEntry.findMany({
    where: { subjectId: userId, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: {
      id: true,
      createdAt: true,
      action: true,
      fromRole: true,
      toRole: true,
      reason: true,
      postId: true,
      commentId: true,
    },
  });

/** The passkeys by what their owner tells them by; their keys are of no use to anybody. */
export const listPasskeysForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    WITH theirs AS MATERIALIZED (
      SELECT id, name, transports, backed_up AS "backedUp", created_at AS "createdAt", last_used_at AS "lastUsedAt"
      FROM passkey WHERE account_id = ${userId}::uuid
    )
    SELECT * FROM theirs WHERE id > ${after ?? firstId}::uuid ORDER BY id LIMIT ${limit}`;

/** Since when an authenticator app is asked for; its secret and the recovery codes are nobody's to read. */
export const listTwoFactorForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
): Promise<{ accountId: string }[]> =>
  after === null
    ? reader.twoFactor.findMany({
        where: { accountId: userId },
        select: { accountId: true, begunAt: true, confirmedAt: true },
      })
    : Promise.resolve([]);

/** A change of address that is under way. */
export const listEmailChangesForExport = (reader: Reader, userId: string, after: string | null): Rows =>
  after === null
    ? reader.emailChange.findMany({
        where: { accountId: userId },
        select: {
          id: true,
          newEmail: true,
          sessionId: true,
          endOtherSessions: true,
          createdAt: true,
          expiresAt: true,
          oldConfirmedAt: true,
          newConfirmedAt: true,
        },
      })
    : Promise.resolve([]);
