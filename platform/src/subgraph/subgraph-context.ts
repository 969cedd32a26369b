import type { Database } from '../database/database.ts';
import type { Moment } from '../database/moment.ts';
import { unauthenticated } from '../errors.ts';
import type { Live } from '../events/live.ts';
import type { ClientInfo, Viewer } from '../identity/identity.ts';
import type { Logger } from '../log.ts';

/** What every resolver of every service finds in its context; a service's `context.ts` adds its loaders. */
export interface SubgraphContext<Client> {
  viewer: Viewer | null;
  client: ClientInfo;
  /** When the gateway passed the operation on, by its clock. */
  askedAt: Date;
  /** When the operation, or the event of a subscription, came in: by `performance.now()`. */
  arrivedAt: number;
  db: Database<Client>;
  log: Logger;
  live: Live;
  /** What is looked up at the same time for others as well. */
  moment: Moment;
  /** Aborted when nobody waits for the answer any more: the client went away or unsubscribed. */
  signal: AbortSignal;
}

/** The signed-in person; throws UNAUTHENTICATED when nobody is. */
export function requireViewer(context: { viewer: Viewer | null }): Viewer {
  if (!context.viewer) throw unauthenticated();
  return context.viewer;
}
