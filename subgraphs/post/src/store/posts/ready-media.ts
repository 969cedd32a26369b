import type { Reader, Tx } from '../client.ts';

export const insertReadyMedia = async (tx: Tx, id: string, ownerId: string) =>
  tx.$executeRaw`
    INSERT INTO ready_media (id, owner_id) VALUES (${id}::uuid, ${ownerId}::uuid) ON CONFLICT DO NOTHING`;

export const listReadyMedia = async (db: Reader, ids: readonly string[]) =>
  db.$queryRaw<{ id: string; ownerId: string }[]>`
    SELECT id, owner_id AS "ownerId" FROM ready_media WHERE id = ANY (${ids}::uuid[])`;
