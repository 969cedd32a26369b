import { Prisma } from '../generated/prisma/client.ts';

/**
 * A UUID of version 7 made by the database, for rows that one statement writes by the thousand: a random one with
 * the milliseconds laid over its first 48 bits and its version bits (0100) filled up to 0111.
 */
export const newId: Prisma.Sql = Prisma.sql`encode(
  set_bit(set_bit(overlay(
    uuid_send(gen_random_uuid())
    placing substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
    FROM 1 FOR 6), 52, 1), 53, 1),
  'hex')::uuid`;
