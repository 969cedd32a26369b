import type { Service } from '@socialhub/platform/lifecycle/service';
import { createSubgraph, type ServiceOverrides } from '@socialhub/platform/subgraph/subgraph';
import type { MediaConfig } from './config.ts';
import { onAccountDeleted } from './consumers/on-account-deleted.ts';
import { onAccountStandingChanged } from './consumers/on-account-standing-changed.ts';
import { onDataExportPart } from './consumers/on-data-export-part.ts';
import { onDataExportRequested } from './consumers/on-data-export-requested.ts';
import { onPostRemoved } from './consumers/on-post-removed.ts';
import { onPostRestored } from './consumers/on-post-restored.ts';
import { createContext } from './context.ts';
import { eraseAccount } from './domain/erase-account.ts';
import { dataExport } from './domain/export-data.ts';
import { createRenderers } from './domain/renderers.ts';
import { resolvers } from './resolvers/index.ts';
import { createClient } from './store/client.ts';
import { createDataExportLog } from './store/data-exports.ts';
import { createObjects } from './store/objects.ts';
import { examineMedia } from './tasks/examine-media.ts';
import { startHousekeeping } from './tasks/housekeeping.ts';
import { packExport } from './tasks/pack-export.ts';
import { removeMedia } from './tasks/remove-media.ts';

export { readConfig } from './config.ts';

/** The media service: takes files in, examines them, and hands out what is safe. */
export const createMediaService = (config: MediaConfig, overrides?: ServiceOverrides): Service => {
  const exportSettings = {
    everySeconds: config.DATA_EXPORT_HOURS * 3_600,
    keptSeconds: config.DATA_EXPORT_DAYS * 86_400,
  };
  const uploadBounds = {
    quotaBytes: config.MEDIA_QUOTA_MB * 1_000_000,
    underWay: config.UPLOADS_UNDER_WAY,
  };

  return createSubgraph(
    {
      name: 'media',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      create: ({ db, log, live, closing, stopping }) => {
        const dataExportLog = createDataExportLog(db, live);
        const objects = createObjects(config);
        closing.defer(() => objects.close());
        const renderers = createRenderers();
        closing.defer(() => renderers.close());
        const housekeeping = startHousekeeping({ db, log }, objects);
        closing.defer(() => housekeeping.stop());
        return {
          context: (base) =>
            createContext(base, { objects, exportSettings, uploadBounds, stopping, dataExportLog }),
          consumers: [
            onAccountStandingChanged,
            onPostRemoved,
            onPostRestored,
            onDataExportRequested,
            onDataExportPart,
            onAccountDeleted,
          ],
          tasks: [
            examineMedia(objects, renderers),
            removeMedia(objects),
            dataExport.task,
            packExport(objects, exportSettings),
            eraseAccount(objects),
          ],
        };
      },
    },
    overrides,
  );
};
