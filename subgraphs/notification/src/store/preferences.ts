import { Prisma } from '../generated/prisma/client.ts';
import type { NotificationsFrom, NotificationType } from '../generated/prisma/enums.ts';
import type { Reader, Tx } from './client.ts';

export interface PreferenceRow {
  type: NotificationType;
  from: NotificationsFrom;
}

/** What the person has chosen; a type without a row they want of everybody. */
export const listPreferences = (db: Reader, userId: string): PromiseLike<PreferenceRow[]> =>
  db.$queryRaw<PreferenceRow[]>`
    SELECT type::text AS type, from_whom::text AS "from" FROM notification_preferences WHERE user_id = ${userId}::uuid`;

/** Whether somebody has chosen that for any type. */
export async function hasPreference(db: Reader, userId: string, from: NotificationsFrom): Promise<boolean> {
  const [row] = await db.$queryRaw<{ has: boolean }[]>`
    SELECT EXISTS (${chosenTypes(Prisma.sql`${userId}::uuid`, from)}) AS has`;
  return row?.has ?? false;
}

/** Keeps what is chosen, each type once. */
export const updatePreferences = (tx: Tx, userId: string, chosen: readonly PreferenceRow[]) =>
  tx.$executeRaw`
    INSERT INTO notification_preferences (user_id, type, from_whom)
    SELECT ${userId}::uuid, type, from_whom FROM unnest(
      ${chosen.map(({ type }) => type)}::notification_type[], ${chosen.map(({ from }) => from)}::notifications_from[]
    ) AS chosen (type, from_whom)
    ON CONFLICT (user_id, type) DO UPDATE SET from_whom = excluded.from_whom`;

export const erasePreferences = async (tx: Tx, userId: string): Promise<number> =>
  tx.$executeRaw`DELETE FROM notification_preferences WHERE user_id = ${userId}::uuid`;

/** Whether a person does not want to be notified of what another does now, as this type: an SQL condition. */
export const isUnwanted = (
  person: Prisma.Sql,
  type: Prisma.Sql,
  actorId: string | null,
): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM notification_preferences p WHERE p.user_id = ${person} AND p.type = ${type}::notification_type
    AND (p.from_whom = 'NOBODY' OR (p.from_whom = 'FOLLOWING' AND NOT EXISTS (
      SELECT 1 FROM follows f WHERE f.follower_id = ${person} AND f.followee_id = ${actorId}::uuid AND f.active)))
  OFFSET 0)`;

/** Of how many who did it, the latest, one has to be followed. */
const looksAt = 100;

/** Whether the recipient wants to read a notification `n`, as they have chosen by now: an SQL condition. */
export const isWanted = (recipient: Prisma.Sql): Prisma.Sql => Prisma.sql`
  n.type <> ALL (ARRAY(${chosenTypes(recipient, 'NOBODY')}))
  AND (n.type <> ALL (ARRAY(${chosenTypes(recipient, 'FOLLOWING')})) OR EXISTS (
    SELECT 1 FROM (
      SELECT a.actor_id FROM notification_actors a WHERE a.notification_id = n.id AND NOT a.is_hidden
      ORDER BY a.acted_at DESC, a.actor_id LIMIT ${looksAt}
    ) AS latest JOIN follows f ON f.follower_id = ${recipient} AND f.followee_id = latest.actor_id
    WHERE f.active))`;

const chosenTypes = (person: Prisma.Sql, from: NotificationsFrom): Prisma.Sql => Prisma.sql`
  SELECT p.type FROM notification_preferences p
  WHERE p.user_id = ${person} AND p.from_whom = ${from}::notifications_from`;
