import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client } from './store/client.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';

/** A person, whom the user service knows. */
export interface UserRef {
  id: string;
}

/** A file, which the media service knows. */
export interface MediaRef {
  id: string;
}

/** What every resolver finds. The loaders serve one request. */
export interface Context extends SubgraphContext<Client> {
  loaders: Loaders;
}

export const createContext = (base: SubgraphContext<Client>): Context => ({
  ...base,
  loaders: createLoaders(base.db.prisma, base.viewer),
});
