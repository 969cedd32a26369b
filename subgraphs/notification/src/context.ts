import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client } from './store/client.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';
import type { NotificationLog } from './store/notifications.ts';

/** What every resolver finds. The loaders serve one moment, the log the whole process. */
export interface Context extends SubgraphContext<Client> {
  loaders: Loaders;
  notificationLog: NotificationLog;
}

export const createContext =
  (notificationLog: NotificationLog) =>
  (base: SubgraphContext<Client>): Context => ({ ...base, notificationLog, loaders: createLoaders(base) });
