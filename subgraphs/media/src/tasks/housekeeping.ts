import { startSweep } from '@socialhub/platform/lifecycle/sweep';
import type { SubgraphDeps } from '@socialhub/platform/subgraph/subgraph';
import type { Client } from '../store/client.ts';
import { listExpiredExports, updateExportExpired } from '../store/data-exports.ts';
import { listDueForSweep, sweepMedia } from '../store/media.ts';
import type { Objects } from '../store/objects.ts';

const everyMs = 60_000;
const maxSwept = 200;
const maxExpired = 50;

/**
 * Looks, once a minute, after what was left lying: uploads in quarantine that are settled, what came of or for deleted media
 * later, media for which nothing was uploaded within a day, and archives whose time is over. Each turn is bounded. `stop` ends it.
 */
export function startHousekeeping(
  deps: Pick<SubgraphDeps<Client>, 'db' | 'log'>,
  objects: Objects,
): { stop(): Promise<void> } {
  return startSweep({
    name: 'what was left lying',
    everyMs,
    log: deps.log,
    turn: () => keepHouse(deps, objects),
  });
}

/** One turn. Throws when storage or database do not answer. */
export async function keepHouse({ db }: Pick<SubgraphDeps<Client>, 'db'>, objects: Objects): Promise<void> {
  for (const { id, isDeleted } of await listDueForSweep(db.prisma, maxSwept)) {
    // First the object: a row that stays is found again, an object without a row is not.
    await (isDeleted ? objects.removeAllOf(id) : objects.removeUpload(id));
    await sweepMedia(db.prisma, id);
  }
  for (const { id } of await listExpiredExports(db.prisma, maxExpired)) {
    await objects.removeArchive(id);
    await db.transaction((tx) => updateExportExpired(tx, id));
  }
}
