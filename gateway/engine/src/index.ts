export type { Grant } from './admission/authorization.ts';
export { defaultLimits, type Limits } from './admission/limits.ts';
export { checkNesting } from './admission/variables.ts';
export { type AbortSignalLike, LightAbortSignal } from './concurrency/abort-signal.ts';
export { createEngine, type Engine, type EngineState } from './engine.ts';
export type { EngineOptions, Hooks } from './engine-options.ts';
export type { PrintedResult } from './execution/execute.ts';
export type { ResultPart } from './execution/execute-incrementally.ts';
export { stringifyResult } from './execution/printed.ts';
export { LiveEvent, type LiveStream, type Serialise, type Subscriber } from './live/event-source.ts';
export type { LoadedSupergraph } from './loaded-supergraph.ts';
export type { EngineLog } from './log.ts';
export {
  defaultPlanning,
  type PlanningEnd,
  type PlanningOptions,
  type WatchPlanning,
} from './planning/planning.ts';
export type { PlanningThread } from './planning/thread.ts';
export type { PreparedDocument, PreparedOperation } from './prepare.ts';
export type { BreakerState } from './subgraphs/breaker.ts';
export type {
  FetchOutcome,
  FetchShare,
  FetchWatch,
  SubgraphState,
  WatchFetch,
} from './subgraphs/data-source.ts';
export type { FetchOptions } from './subgraphs/fetch-options.ts';
export { type SocketOptions, SubscriptionRefused } from './subgraphs/upstream-operation.ts';
export { readSupergraph } from './supergraph/supergraph.ts';
export { isUrl } from './supergraph/supergraph-url.ts';
