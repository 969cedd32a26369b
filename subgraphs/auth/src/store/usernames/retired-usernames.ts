import { createHash } from 'node:crypto';
import type { Reader, Tx } from '../client.ts';

const hashOf = (username: string) => new Uint8Array(createHash('sha256').update(username).digest());

/** Nobody registers under this name again. */
export async function insertRetiredUsername(tx: Tx, username: string): Promise<void> {
  await tx.retiredUsername.createMany({ data: { hash: hashOf(username) }, skipDuplicates: true });
}

export const isUsernameRetired = async (reader: Reader, username: string): Promise<boolean> =>
  (await reader.retiredUsername.count({ where: { hash: hashOf(username) } })) > 0;
