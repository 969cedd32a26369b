import type { ServiceName } from '@socialhub/platform/contracts/services';

/** Everything that answers GraphQL: the six subgraphs and the gateway. */
export type Runnable = ServiceName | 'gateway';

/** How services run: all in this process, or each in one of its own. */
export interface Layout {
  /** Says where it runs, for the list of what runs where. */
  readonly description: string;
  /** Starts one, configured by `environment` alone, and gives its address. */
  start(name: Runnable, environment: Record<string, string>): Promise<string>;
  /** Ends one as a crash would, as far as the layout can: the others stay as they are. */
  kill(name: Runnable): Promise<void>;
  /** Drains and stops all, the gateway first. */
  stop(): Promise<void>;
}
