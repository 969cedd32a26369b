export { type Authorize, createAuthorization, type Grant, type Refusal } from './authorization.ts';
export type { BreakerState } from './breaker.ts';
export {
  defaultFetchOptions,
  type FetchOptions,
  type FetchOutcome,
  type FetchWatch,
  type SubgraphState,
  type WatchFetch,
} from './data-source.ts';
export { CheapDeparture, type Departure } from './departure.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { LiveEvent, type LiveStream, type Serialise, type Subscriber } from './event-source.ts';
export type { CompiledOperation } from './execution/compile.ts';
export { stringifyResult } from './execution/printed.ts';
export { checkLimits, defaultLimits, type Limits, parseWithin } from './limits.ts';
export type { LoadedSupergraph } from './loaded.ts';
export type { EngineLog } from './log.ts';
export {
  defaultPlanning,
  type PlanningEnd,
  type PlanningOptions,
  type WatchPlanning,
} from './planning/planning.ts';
export type { PlanningThread } from './planning/thread.ts';
export { defaultSocketOptions, type SocketOptions, SubscriptionRefused } from './subgraph-socket.ts';
export type { SubscriptionRequest } from './subscriptions.ts';
export {
  type ReadSupergraph,
  type Requirement,
  type RequirementIndex,
  readSupergraph,
} from './supergraph.ts';
export { isUrl } from './supergraph-url.ts';
export { checkNesting, faultsOfVariables } from './variables.ts';
