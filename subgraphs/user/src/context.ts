import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client } from './store/client.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';

/** What every resolver finds. The loaders serve one moment. */
export interface Context extends SubgraphContext<Client> {
  loaders: Loaders;
}

export const createContext = (base: SubgraphContext<Client>): Context => ({
  ...base,
  loaders: createLoaders(base),
});
