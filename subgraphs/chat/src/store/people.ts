import type { Reader, Tx } from './client.ts';

export async function insertPerson(tx: Tx, id: string): Promise<void> {
  await tx.person.createMany({ data: { id }, skipDuplicates: true });
}

export async function listPersonIds(reader: Reader, ids: readonly string[]): Promise<string[]> {
  const rows = await reader.person.findMany({ where: { id: { in: [...ids] } } });
  return rows.map((row) => row.id);
}
