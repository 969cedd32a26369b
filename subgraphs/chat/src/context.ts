import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client } from './store/client.ts';
import type { ChatLog } from './store/events/member-events.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';

/** A person, whom the user service knows. */
export interface UserRef {
  id: string;
}

/** A file, which the media service knows. */
export interface MediaRef {
  id: string;
}

/** What every resolver finds. The loaders serve one moment, the log the whole process. */
export interface Context extends SubgraphContext<Client> {
  loaders: Loaders;
  chatLog: ChatLog;
}

export const createContext =
  (chatLog: ChatLog) =>
  (base: SubgraphContext<Client>): Context => ({ ...base, chatLog, loaders: createLoaders(base) });
