import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client } from './store/client.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';
import type { HomeLog } from './store/timelines/home-timeline-log.ts';

/** A person, whom the user service knows. */
export interface UserRef {
  id: string;
}

/** What every resolver finds. The loaders serve one moment, the log the whole process. */
export interface Context extends SubgraphContext<Client> {
  loaders: Loaders;
  homeLog: HomeLog;
}

export const createContext =
  (homeLog: HomeLog) =>
  (base: SubgraphContext<Client>): Context => ({ ...base, homeLog, loaders: createLoaders(base) });
