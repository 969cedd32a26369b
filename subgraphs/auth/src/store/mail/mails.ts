import { type Mail, Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type MailRow = Mail;
export type MailKind = MailRow['kind'];

/** Of mails that are not dead: `dead_at` orders nothing there, but that is the order of their index. */
const inOrder = Prisma.sql`dead_at, due_at`;

/** Notified when mail waits. */
export const MAIL_CHANNEL = 'mail';

/** The mail is sent if and only if `tx` commits. */
export async function insertMail(
  tx: Tx,
  mail: Pick<MailRow, 'kind' | 'recipient' | 'accountId'>,
  usefulSeconds: number,
): Promise<void> {
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO mail (kind, recipient, account_id, expires_at)
      VALUES (${mail.kind}::mail_kind, ${mail.recipient}, ${mail.accountId}::uuid, now() + ${usefulSeconds}::int * interval '1 second')
      RETURNING id)
    SELECT pg_notify(${MAIL_CHANNEL}, '') FROM written`;
}

/**
 * At most `limit` mails that are due, the one that has waited longest first. Nobody else gets them for `leaseSeconds`. Times
 * are kept in whole milliseconds, rounded: what is due at once may be written as due a moment later.
 */
export async function takeDueMails(reader: Reader, limit: number, leaseSeconds: number): Promise<MailRow[]> {
  const taken = await reader.$queryRaw<{ id: bigint }[]>`
    UPDATE mail SET attempts = attempts + 1, due_at = now() + ${leaseSeconds}::int * interval '1 second'
    WHERE id = ANY (ARRAY(
      SELECT id FROM mail WHERE dead_at IS NULL AND due_at < now() + interval '1 millisecond'
      ORDER BY ${inOrder} LIMIT ${limit} FOR UPDATE SKIP LOCKED))
    RETURNING id`;
  return reader.mail.findMany({
    where: { id: { in: taken.map((mail) => mail.id) } },
    orderBy: { id: 'asc' },
  });
}

/** As many rows are looked at, so that looking costs the same however many there are. */
const mostCounted = 1_000;

/** What has not been sent: what waits, what of that has failed before, and what was given up in the last week. */
export interface MailBacklog {
  waiting: number;
  failing: number;
  oldest_seconds: number;
  dead: number;
}

export async function findMailBacklog(reader: Reader): Promise<MailBacklog> {
  const [found] = await reader.$queryRaw<MailBacklog[]>`
    SELECT count(*)::int AS waiting, count(last_error)::int AS failing,
      coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS oldest_seconds,
      (SELECT count(*) FROM (SELECT FROM mail WHERE dead_at IS NOT NULL LIMIT ${mostCounted}) AS given_up)::int AS dead
    FROM (
      SELECT last_error, created_at FROM mail WHERE dead_at IS NULL ORDER BY ${inOrder} LIMIT ${mostCounted}) AS waiting`;
  return found ?? { waiting: 0, failing: 0, oldest_seconds: 0, dead: 0 };
}

export async function deleteMail(reader: Reader, id: bigint): Promise<void> {
  await reader.mail.deleteMany({ where: { id } });
}

/** Tries it again after `seconds`. */
export async function updateMailFailed(
  reader: Reader,
  id: bigint,
  lastError: string,
  seconds: number,
): Promise<void> {
  await reader.$executeRaw`
    UPDATE mail SET last_error = ${lastError}, due_at = now() + ${seconds}::float8 * interval '1 second'
    WHERE id = ${id}`;
}

/** Leaves it for `seconds`, as if it had not been tried. */
export async function updateMailPostponed(reader: Reader, id: bigint, seconds: number): Promise<void> {
  await reader.$executeRaw`
    UPDATE mail SET attempts = attempts - 1, due_at = now() + ${seconds}::float8 * interval '1 second'
    WHERE id = ${id}`;
}

export async function updateMailDead(reader: Reader, id: bigint, lastError: string): Promise<void> {
  await reader.$executeRaw`UPDATE mail SET last_error = ${lastError}, dead_at = now() WHERE id = ${id}`;
}

/** Removes at most `limit` mails that were given up a week ago or more; gives how many. */
export async function deleteDeadMails(reader: Reader, limit: number): Promise<number> {
  return reader.$executeRaw`
    DELETE FROM mail WHERE id IN (
      SELECT id FROM mail WHERE dead_at < now() - interval '7 days' ORDER BY dead_at LIMIT ${limit})`;
}
