import { erasureTask } from '@socialhub/platform/personal-data/erasure';
import type { Client } from '../store/client.ts';
import { eraseExports, eraseMedia, listExportsToErase, listMediaToErase } from '../store/erase.ts';
import type { Objects } from '../store/objects.ts';

/** What this service keeps of a person: their files in the storage, then the rows that name them. */
export const eraseAccount = (objects: Objects) =>
  erasureTask<Client>('media', [
    {
      what: 'media',
      async before(db, userId, limit) {
        for (const id of await listMediaToErase(db.prisma, userId, limit)) await objects.removeAllOf(id);
      },
      erase: eraseMedia,
    },
    {
      what: 'archives',
      async before(db, userId, limit) {
        for (const id of await listExportsToErase(db.prisma, userId, limit)) await objects.removeArchive(id);
      },
      erase: eraseExports,
    },
  ]);
