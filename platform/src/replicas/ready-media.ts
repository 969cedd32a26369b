import type { RawSql } from '../database/sql-text.ts';

/** Whose a medium is that can be used, unless it is deleted. */
export interface ReadyMedia {
  id: string;
  ownerId: string;
  isDeleted: boolean;
}

type OwnedMedia = Pick<ReadyMedia, 'id' | 'ownerId'>;

/** Does nothing when it is known, deleted or not. */
export const insertReadyMedia = async (tx: RawSql, { id, ownerId }: OwnedMedia): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO ready_media (id, owner_id) VALUES (${id}::uuid, ${ownerId}::uuid) ON CONFLICT DO NOTHING`;

/** Deletes it for good: its row stays, so that an event which comes late can't bring it back. */
export const markMediaDeleted = async (tx: RawSql, { id, ownerId }: OwnedMedia): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO ready_media (id, owner_id, is_deleted) VALUES (${id}::uuid, ${ownerId}::uuid, true)
    ON CONFLICT (id) DO UPDATE SET is_deleted = true`;

/** Those that are known, deleted ones too. */
export const listReadyMedia = async (reader: RawSql, ids: readonly string[]): Promise<ReadyMedia[]> =>
  reader.$queryRaw<ReadyMedia[]>`
    SELECT id, owner_id AS "ownerId", is_deleted AS "isDeleted" FROM ready_media WHERE id = ANY (${ids}::uuid[])`;

/**
 * SQL for what is left of the media that a column names: those that were not deleted, in their order. Where none are named nothing is
 * looked up; each of them is by its index, for which `OFFSET 0` stands.
 */
export const mediaLeftOf = (column: string): string => `(CASE WHEN ${column} = '{}' THEN ${column} ELSE ARRAY(
    SELECT named.id FROM unnest(${column}) WITH ORDINALITY AS named (id, nth)
    WHERE NOT EXISTS (SELECT 1 FROM ready_media WHERE ready_media.id = named.id AND is_deleted OFFSET 0)
    ORDER BY named.nth) END)`;

/** Erases at most `limit` of a person's. */
export const eraseReadyMedia = async (tx: RawSql, ownerId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM ready_media WHERE id IN (
      SELECT id FROM ready_media WHERE owner_id = ${ownerId}::uuid LIMIT ${limit})`;
