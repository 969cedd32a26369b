export { type Authorize, createAuthorization, type Grant, type Refusal } from './admission/authorization.ts';
export { checkLimits, defaultLimits, type Limits, parseWithin } from './admission/limits.ts';
export { checkNesting, faultsOfVariables } from './admission/variables.ts';
export { type AbortSignalLike, LightAbortSignal } from './concurrency/abort-signal.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export type { CompiledOperation } from './execution/compile.ts';
export { stringifyResult } from './execution/printed.ts';
export { LiveEvent, type LiveStream, type Serialise, type Subscriber } from './live/event-source.ts';
export type { SubscriptionRequest } from './live/subscriptions.ts';
export type { LoadedSupergraph } from './loaded.ts';
export type { EngineLog } from './log.ts';
export {
  defaultPlanning,
  type PlanningEnd,
  type PlanningOptions,
  type WatchPlanning,
} from './planning/planning.ts';
export type { PlanningThread } from './planning/thread.ts';
export type { BreakerState } from './subgraphs/breaker.ts';
export {
  defaultFetchOptions,
  type FetchOptions,
  type FetchOutcome,
  type FetchShare,
  type FetchWatch,
  type SubgraphState,
  type WatchFetch,
} from './subgraphs/data-source.ts';
export {
  defaultSocketOptions,
  type SocketOptions,
  SubscriptionRefused,
} from './subgraphs/subgraph-socket.ts';
export {
  type ReadSupergraph,
  type Requirement,
  type RequirementIndex,
  readSupergraph,
} from './supergraph/supergraph.ts';
export { isUrl } from './supergraph/supergraph-url.ts';
