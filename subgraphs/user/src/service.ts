import type { Service } from '@socialhub/platform/lifecycle/service';
import { createSubgraph, type ServiceOverrides } from '@socialhub/platform/subgraph/subgraph';
import type { UserConfig } from './config.ts';
import { onAccountDeleted } from './consumers/on-account-deleted.ts';
import { onAccountStandingChanged } from './consumers/on-account-standing-changed.ts';
import { onDataExportRequested } from './consumers/on-data-export-requested.ts';
import { onMediaDeleted } from './consumers/on-media-deleted.ts';
import { onMediaReady } from './consumers/on-media-ready.ts';
import { onUserRegistered } from './consumers/on-user-registered.ts';
import { createContext } from './context.ts';
import { eraseAccount } from './domain/erase-account.ts';
import { dataExport } from './domain/export-data.ts';
import { resolvers } from './resolvers/index.ts';
import { createClient } from './store/client.ts';
import { foldNamesInSteps } from './tasks/fold-names.ts';

export { readConfig } from './config.ts';

/** The user service: profiles, who follows whom, and who blocks whom. */
export const createUserService = (config: UserConfig, overrides?: ServiceOverrides): Service =>
  createSubgraph(
    {
      name: 'user',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      create: () => ({
        context: createContext,
        consumers: [
          onUserRegistered,
          onAccountStandingChanged,
          onMediaReady,
          onMediaDeleted,
          onDataExportRequested,
          onAccountDeleted,
        ],
        tasks: [foldNamesInSteps, dataExport.task, eraseAccount],
      }),
    },
    overrides,
  );
