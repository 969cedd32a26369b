import type { RawSql } from '../database/sql-text.ts';

/** Whose a medium is that can be used. */
export interface ReadyMedia {
  id: string;
  ownerId: string;
}

export const insertReadyMedia = async (tx: RawSql, { id, ownerId }: ReadyMedia): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO ready_media (id, owner_id) VALUES (${id}::uuid, ${ownerId}::uuid) ON CONFLICT DO NOTHING`;

export const listReadyMedia = async (reader: RawSql, ids: readonly string[]): Promise<ReadyMedia[]> =>
  reader.$queryRaw<ReadyMedia[]>`
    SELECT id, owner_id AS "ownerId" FROM ready_media WHERE id = ANY (${ids}::uuid[])`;

/** Erases at most `limit` of a person's. */
export const eraseReadyMedia = async (tx: RawSql, ownerId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM ready_media WHERE id IN (
      SELECT id FROM ready_media WHERE owner_id = ${ownerId}::uuid LIMIT ${limit})`;
