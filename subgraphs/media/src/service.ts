import type { Service } from '@socialhub/platform/service';
import { createSubgraph, type ServiceOverrides } from '@socialhub/platform/subgraph';
import type { MediaConfig } from './config.ts';
import { onAccountStandingChanged } from './consumers/on-account-standing-changed.ts';
import { onPostRemoved } from './consumers/on-post-removed.ts';
import { onPostRestored } from './consumers/on-post-restored.ts';
import { createContext } from './context.ts';
import { createExaminations } from './domain/examinations.ts';
import { startHousekeeping } from './domain/housekeeping.ts';
import { resolvers } from './resolvers/index.ts';
import { createClient } from './store/client.ts';
import { createObjects } from './store/objects.ts';

export { readConfig } from './config.ts';

/** The media service: takes files in, examines them, and hands out what is safe. */
export const createMediaService = (config: MediaConfig, overrides?: ServiceOverrides): Service => {
  const objects = createObjects(config);
  const examinations = createExaminations(objects);
  return createSubgraph(
    {
      name: 'media',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      context: (base) => createContext(base, { objects, examinations }),
      consumers: [onAccountStandingChanged, onPostRemoved, onPostRestored],
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
