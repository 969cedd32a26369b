import type { AbortSignalLike } from '@socialhub/federation-engine';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';

/** On whose behalf an operation runs, and where from. */
export interface GatewayContext {
  readonly viewer: Viewer | null;
  readonly client: ClientInfo;
  readonly requestId: string;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignalLike;
  /** There when the transport can carry subscriptions, of which each begins when it was asked for. */
  readonly stream?: { readonly isReadOnly: boolean; readonly askedAt: Date };
}
