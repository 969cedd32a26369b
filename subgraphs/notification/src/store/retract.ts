import { Prisma } from '../generated/prisma/client.ts';
import type { NotificationType } from '../generated/prisma/enums.ts';
import { deleteActs, listActs } from './acts.ts';
import type { Tx } from './client.ts';
import type { Subject } from './reactions.ts';
import { lockRecipients } from './recipients.ts';

/** Removes everything that hangs on a post. */
export const deleteByPost = (tx: Tx, postId: string) =>
  deleteWhere(tx, Prisma.sql`n.post_id = ${postId}::uuid`);

/** Removes everything about one thing: of these types, or of all. */
export const deleteBySubject = (tx: Tx, subject: Subject, types?: readonly NotificationType[]) =>
  deleteWhere(
    tx,
    Prisma.sql`${isAbout(subject)} ${types ? Prisma.sql`AND n.type = ANY (${types}::notification_type[])` : Prisma.empty}`,
  );

/** Removes the mentions in the text of a post or a comment, except those of `stillNamed`. */
export const deleteMentions = (tx: Tx, subject: Subject, stillNamed: readonly string[]) =>
  deleteWhere(
    tx,
    Prisma.sql`${isAbout(subject)} AND n.type = 'MENTION' AND n.recipient_id <> ALL (${stillNamed}::uuid[])`,
  );

const isAbout = ({ kind, id, postId }: Subject): Prisma.Sql =>
  Prisma.sql`n.post_id = ${postId}::uuid AND n.subject_kind = ${kind}::subject_kind AND n.subject_id = ${id}::uuid`;

/** Removes what the recipient was told of one person's following, as these types; with `unreadOnly` what is read stays. */
export const deleteFollows = (
  tx: Tx,
  { recipientId, actorId }: { recipientId: string; actorId: string },
  types: readonly NotificationType[],
  { unreadOnly = false } = {},
) =>
  deleteWhere(
    tx,
    // What is read is asked in a way that no index of unread ones answers: the keys name single rows.
    Prisma.sql`n.recipient_id = ${recipientId}::uuid AND n.group_key = ANY (${types.map((type) => `${type} User ${actorId}`)}::text[])
      ${unreadOnly ? Prisma.sql`AND (n.read_at IS NULL) IS TRUE` : Prisma.empty}`,
  );

/** Takes a person out of at most `limit` things that the recipient was told of; what nobody else did is removed. Gives how many. */
export const deleteActsFor = (tx: Tx, recipientId: string, actorId: string, limit: number): Promise<number> =>
  deleteSome(
    tx,
    Prisma.sql`actor_id = ${actorId}::uuid AND is_hidden IN (true, false) AND recipient_id = ${recipientId}::uuid`,
    actorId,
    limit,
  );

/** Takes a person out of at most `limit` things that others were told of; what nobody else did is removed. Gives how many. */
export const deleteActsOf = (tx: Tx, actorId: string, limit: number): Promise<number> =>
  deleteSome(tx, Prisma.sql`actor_id = ${actorId}::uuid`, actorId, limit);

async function deleteSome(tx: Tx, condition: Prisma.Sql, actorId: string, limit: number): Promise<number> {
  const acts = await listActs(tx, condition, limit);
  if (acts.length === 0) return 0;
  await lockRecipients(
    tx,
    acts.map(({ recipientId }) => recipientId),
  );
  const ids = acts.map(({ notificationId }) => notificationId);
  await deleteActs(tx, Prisma.sql`actor_id = ${actorId}::uuid AND notification_id = ANY (${ids}::uuid[])`);
  return acts.length;
}

/** Removes those of `ids` that nobody in particular did, if they are among `condition`, a query of ids. */
export const deleteActless = (tx: Tx, ids: readonly string[], condition: Prisma.Sql) =>
  deleteWhere(
    tx,
    Prisma.sql`n.id = ANY (${ids}::uuid[]) AND n.actor_count = 0 AND n.id = ANY (ARRAY${condition})`,
  );

/** The counts stay exact: the recipients' locks are taken before it is looked which of the rows are unread. */
async function deleteWhere(tx: Tx, condition: Prisma.Sql): Promise<void> {
  const recipients = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT n.recipient_id AS id FROM notifications n WHERE ${condition}`;
  if (recipients.length === 0) return;
  await lockRecipients(
    tx,
    recipients.map(({ id }) => id),
  );
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM notifications n WHERE ${condition} RETURNING n.recipient_id, n.read_at IS NULL AND n.is_shown AS counts
    )
    UPDATE recipients SET unread_count = unread_count - lost.unread
    FROM (SELECT recipient_id, count(*) AS unread FROM gone WHERE counts GROUP BY recipient_id) AS lost
    WHERE user_id = lost.recipient_id`;
}
