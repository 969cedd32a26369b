import type { Reader } from './client.ts';

type Rows = Promise<{ id: string }[]>;

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
        },
      })
    : Promise.resolve([]);

export const listSessionsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): Rows =>
  reader.session.findMany({
    where: { accountId: userId, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: {
      id: true,
      createdAt: true,
      lastUsedAt: true,
      expiresAt: true,
      endedAt: true,
      endedBecause: true,
      userAgent: true,
      ipAddress: true,
    },
  });

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
    select: { id: true, createdAt: true, action: true, fromRole: true, toRole: true, reason: true },
  });

/** The passkeys by what their owner tells them by; their keys are of no use to anybody. */
export const listPasskeysForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): Rows =>
  reader.passkey.findMany({
    where: { accountId: userId, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, name: true, backedUp: true, createdAt: true, lastUsedAt: true },
  });
