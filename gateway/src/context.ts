import type { AbortSignalLike } from '@socialhub/federation-engine';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';

/** A subscription that has passed every check and waits to be started. */
export interface CheckedSubscription {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
  /** The schema with which it was checked. */
  schema: GraphQLSchema;
}

/** On whose behalf an operation runs, and where from. */
export interface GatewayContext {
  readonly viewer: Viewer | null;
  readonly client: ClientInfo;
  readonly requestId: string;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignalLike;
  /** There when the transport can carry subscriptions; the checks put the subscription into it. */
  readonly subscription?: { isReadOnly: boolean; checked?: CheckedSubscription };
}
