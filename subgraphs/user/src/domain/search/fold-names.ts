import type { Tx } from '../../store/client.ts';
import { lockNames, updateSearchNames } from '../../store/search/profile-search.ts';

/** The task of which this is a step (tasks/fold-names.ts); a migration sets it off. */
export const foldNamesKind = 'fold_names';
const batchSize = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

/** Folds the names of the next people behind this one as they are searched; gives the last of them, null where nobody is left. */
export async function foldNames(tx: Tx, after: string | null): Promise<string | null> {
  const rows = await lockNames(tx, after ?? firstId, batchSize);
  await updateSearchNames(tx, rows);
  return rows.length < batchSize ? null : (rows.at(-1)?.id ?? null);
}
