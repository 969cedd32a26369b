import type { Grant } from './admission/authorization.ts';
import type { AbortSignalLike } from './concurrency/abort-signal.ts';
import type { RunInTurn } from './execution/operation-executor.ts';
import type { RunEventInTurn } from './live/subscriptions.ts';
import type { EngineLog } from './log.ts';
import type { PlanningOptions } from './planning/planning.ts';
import type { ShareOf, WatchFetch } from './subgraphs/data-source.ts';
import type { FetchOptions } from './subgraphs/fetch-options.ts';
import type { FindLocal } from './subgraphs/transport.ts';
import type { SocketOptions } from './subgraphs/upstream-operation.ts';
import type { Polling } from './supergraph/supergraph-url.ts';

export interface EngineOptions<Context extends object> {
  /** The composed supergraph, a file or a URL; followed when it changes. */
  supergraph: string;
  /** How it is asked for by URL. */
  polling?: Partial<Polling> | undefined;
  log: EngineLog;
  /** All headers of a fetch, but for those that HTTP itself needs. */
  headersFor: (subgraph: string, context: Context) => Record<string, string>;
  /** The extensions of a subscription, which shares its connection with those of other people. */
  extensionsFor: (subgraph: string, context: Context) => Record<string, unknown>;
  /** Headers of the handshake of the connection that a subgraph's subscriptions share; asked for each time it is made. */
  handshakeHeadersFor?: (subgraph: string) => Record<string, string>;
  /** Aborted when nobody waits for the answer any more. */
  signalOf?: (context: Context) => AbortSignalLike | undefined;
  /** Whose share of the connections to a subgraph a fetch takes, and of the work on new operations. Without it all that is asked is of one kind. */
  shareOf?: ShareOf<Context>;
  /**
   * Names the identity that goes to subgraphs with a context; its subscriptions share their work. Null: nobody in
   * particular, who shares only what is declared to be the same for everyone. Without it nobody is anybody.
   */
  viewerKeyOf?: (context: Context) => string | null;
  /**
   * With it, what the schema does not let a caller have is null in the answer and named in its errors. Without it
   * whoever runs operations has to refuse them whole; see LoadedSupergraph.authorize.
   */
  grantOf?: ((context: Context) => Grant) | undefined;
  /**
   * The identity of the specification whose directive `@viewerIndependent` says what is the same for everyone; subscriptions
   * to nothing else share their work over all viewers.
   */
  liveSpecification?: string;
  planning?: Partial<PlanningOptions>;
  /** Codes of subgraphs' errors that clients may see. */
  errorCodes: ReadonlySet<string>;
  /** Where a subgraph is, if not where the supergraph says. */
  urlOf?: (subgraph: string, url: string) => string;
  fetch?: Partial<FetchOptions>;
  /** What is particular to the fetches from one subgraph. */
  fetchOf?: (subgraph: string) => Partial<FetchOptions>;
  /**
   * Subgraphs take several operations in one request at this path behind their address, each with its own headers: what many
   * listeners have fetched at the same moment is sent so. See `subgraphs/batches.ts` for the form; without it, nothing is.
   */
  batchSuffix?: string;
  /** Finds a subgraph that runs in this process, which is called without a socket between. Undefined: it is elsewhere. */
  localOf?: (subgraph: string) => FindLocal | undefined;
  /** Follows every fetch, for metrics and traces. */
  watchFetch?: WatchFetch<Context>;
  socket?: Partial<SocketOptions>;
}

/** What whoever serves an engine may have a say in. */
export interface Hooks<Context extends object> {
  /** Called before work on a text or an operation that is new. What it throws, whoever asks is told. */
  newOperation?: (context: Context) => void;
  /** Runs every operation but subscriptions, so that it may let it wait, and see what was written. */
  inTurn?: RunInTurn<Context>;
  /** Runs what each event of a subscription has fetched, so that it may let it wait, and count it. */
  eventInTurn?: RunEventInTurn<Context>;
}
