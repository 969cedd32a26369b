import type { PrismaPg } from '@prisma/adapter-pg';
import type { Tx as PlatformTx, RawSql } from '@socialhub/platform/database/database';
import { PrismaClient } from '../generated/prisma/client.ts';

export type Client = PrismaClient;
export type Tx = PlatformTx<PrismaClient>;
/** What a read needs: it may run in a transaction or outside. */
export type Reader = RawSql;

export const createClient = (adapter: PrismaPg): Client => new PrismaClient({ adapter });
