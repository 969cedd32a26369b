import { Prisma } from '../generated/prisma/client.ts';

/** Whether a person is not to be notified of what another does, whom they mute: an SQL condition. */
export const isMutedBy = (person: Prisma.Sql, actorId: string | null): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM mutes m WHERE m.muter_id = ${person} AND m.muted_id = ${actorId}::uuid AND m.active
    AND (m.until IS NULL OR m.until > now()) OFFSET 0)`;
