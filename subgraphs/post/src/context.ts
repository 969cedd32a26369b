import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client } from './store/client.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';
import type { HomeAudience } from './store/timelines/home-audience.ts';

/** A person, whom the user service knows. */
export interface UserRef {
  id: string;
}

/** What every resolver finds. The loaders serve one request, the audience the whole process. */
export interface Context extends SubgraphContext<Client> {
  loaders: Loaders;
  isInHomeTimeline: HomeAudience;
}

export const createContext =
  (isInHomeTimeline: HomeAudience) =>
  (base: SubgraphContext<Client>): Context => ({
    ...base,
    loaders: createLoaders(base.db.prisma, base.viewer),
    isInHomeTimeline,
  });
