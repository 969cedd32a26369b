import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Role } from '../../generated/prisma/enums.ts';
import type { Reader, Tx } from '../client.ts';
import { canInteract, uuid } from './visibility.ts';

/** Somebody new, unless a later event has told of them already. */
export const insertPerson = async (tx: Tx, id: string, username: string) =>
  tx.$executeRaw`
    INSERT INTO people (id, username_key) VALUES (${id}::uuid, ${username.toLowerCase()}) ON CONFLICT DO NOTHING`;

/** What is known of a person, overwritten unless it is newer than `sequence`. */
export const updatePerson = async (
  tx: Tx,
  person: { id: string; username: string; isPrivate: boolean; sequence: bigint },
) =>
  tx.$executeRaw`
    INSERT INTO people (id, username_key, is_private, sequence)
    VALUES (${person.id}::uuid, ${person.username.toLowerCase()}, ${person.isPrivate}, ${person.sequence})
    ON CONFLICT (id) DO UPDATE
    SET username_key = excluded.username_key, is_private = excluded.is_private, sequence = excluded.sequence
    WHERE people.sequence < excluded.sequence`;

/** How a person's account stands, overwritten unless it is newer than `sequence`. */
export const updateStanding = async (
  tx: Tx,
  person: { id: string; role: Role; isActive: boolean; sequence: bigint },
) =>
  tx.$executeRaw`
    UPDATE people SET role = ${person.role}::role, is_active = ${person.isActive}, standing_sequence = ${person.sequence}
    WHERE id = ${person.id}::uuid AND standing_sequence < ${person.sequence}`;

/** Of the people who go by these lower-case usernames, those with whom the viewer can interact, in the order of the names. */
export async function listPeopleNamed(
  db: Reader,
  viewerId: string,
  usernames: readonly string[],
): Promise<string[]> {
  if (usernames.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT person.id FROM unnest(${usernames}::text[]) WITH ORDINALITY AS named (username, nth)
    CROSS JOIN LATERAL (
      SELECT id FROM people WHERE username_key = named.username ORDER BY sequence DESC, id DESC LIMIT 1
    ) person
    WHERE ${canInteract(uuid(viewerId), Prisma.sql`person.id`)}
    ORDER BY named.nth`;
  return rows.map(({ id }) => id);
}

/** Each person, if who asks can interact with them. */
export async function listPeopleMet(db: Reader, asked: readonly Asked[]): Promise<({ id: string } | null)[]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await db.$queryRaw<{ id: string; nth: number }[]>`
    SELECT asked.nth::int AS nth, asked.id
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (viewer_id, id, nth)
    WHERE ${canInteract(Prisma.sql`asked.viewer_id`, Prisma.sql`asked.id`)}`;
  return inOrder(asked, rows);
}
