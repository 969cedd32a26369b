import type { Service } from '@socialhub/platform/service';
import { createSubgraph, type ServiceOverrides } from '@socialhub/platform/subgraph';
import type { MediaConfig } from './config.ts';
import { onAccountDeleted } from './consumers/on-account-deleted.ts';
import { onAccountStandingChanged } from './consumers/on-account-standing-changed.ts';
import { onDataExportPart } from './consumers/on-data-export-part.ts';
import { onDataExportRequested } from './consumers/on-data-export-requested.ts';
import { onPostRemoved } from './consumers/on-post-removed.ts';
import { onPostRestored } from './consumers/on-post-restored.ts';
import { createContext } from './context.ts';
import { eraseAccount } from './domain/erase-account.ts';
import { createExaminations } from './domain/examinations.ts';
import { dataExport } from './domain/export-data.ts';
import { startHousekeeping } from './domain/housekeeping.ts';
import { packExport } from './domain/pack-export.ts';
import { resolvers } from './resolvers/index.ts';
import { createClient } from './store/client.ts';
import { createObjects } from './store/objects.ts';

export { readConfig } from './config.ts';

/** The media service: takes files in, examines them, and hands out what is safe. */
export const createMediaService = (config: MediaConfig, overrides?: ServiceOverrides): Service => {
  const objects = createObjects(config);
  const examinations = createExaminations(objects);
  const exportSettings = {
    everySeconds: config.DATA_EXPORT_HOURS * 3_600,
    keptSeconds: config.DATA_EXPORT_DAYS * 86_400,
  };
  return createSubgraph(
    {
      name: 'media',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      context: (base) => createContext(base, { objects, examinations, exportSettings }),
      consumers: [
        onAccountStandingChanged,
        onPostRemoved,
        onPostRestored,
        onDataExportRequested,
        onDataExportPart,
        onAccountDeleted,
      ],
      tasks: [dataExport.task, packExport(objects, exportSettings), eraseAccount(objects)],
      start: async (deps) => {
        const stopHousekeeping = startHousekeeping(deps, objects, examinations);
        return async () => {
          await stopHousekeeping();
          await examinations.idle();
          objects.close();
        };
      },
    },
    overrides,
  );
};
