import type { PrismaPg } from '@prisma/adapter-pg';
import type { Tx as PlatformTx, RawSql } from '@socialhub/platform/database/database';
import { PrismaClient } from '../generated/prisma/client.ts';

export const createClient = (adapter: PrismaPg) => new PrismaClient({ adapter });

export type Client = PrismaClient;
/** An open transaction: only `db.transaction` gives one. */
export type Tx = PlatformTx<PrismaClient>;
/** What a read takes: the client or a transaction. */
export type Reader = Omit<PrismaClient, `$${string}`> & RawSql;
