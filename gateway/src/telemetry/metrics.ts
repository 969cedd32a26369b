import type {
  BreakerState,
  EngineState,
  FetchOutcome,
  PlanningEnd,
  SubgraphState,
} from '@socialhub/federation-engine';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is asked for at the moment of each reading. */
export interface MetricSources {
  engine(): EngineState;
  sockets(): number;
}

/** What the gateway counts, in the names that Prometheus shows. */
export interface Metrics {
  request(method: string, status: number, seconds: number): void;
  operation(
    type: string,
    name: string | null,
    transport: 'http' | 'websocket',
    seconds: number,
    codes: Iterable<string>,
  ): void;
  error(code: string): void;
  planned(kind: 'validate' | 'plan', end: PlanningEnd, seconds: number): void;
  fetched(subgraph: string, outcome: FetchOutcome, seconds: number): void;
  readFrom(sources: MetricSources): void;
  /** All of it; what any process counts is beside. */
  readonly register: Registry;
}

/** Names are the clients' to choose; beyond so many all others are one. */
const maxOperationNames = 200;
const methods = new Set(['GET', 'POST', 'OPTIONS', 'HEAD']);
const breakerStates: readonly BreakerState[] = ['closed', 'half-open', 'open'];
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  let sources: MetricSources | undefined;

  const requests = new Histogram({
    name: 'gateway_http_request_seconds',
    help: 'HTTP requests by method and status.',
    labelNames: ['method', 'status'],
    buckets,
    registers,
  });
  const operations = new Histogram({
    name: 'gateway_operation_seconds',
    help: 'GraphQL operations that were valid and allowed, by name: the first 200 names, "other" for the rest.',
    labelNames: ['type', 'operation', 'transport'],
    buckets,
    registers,
  });
  const errors = new Counter({
    name: 'gateway_errors_total',
    help: 'Errors in answers, by code.',
    labelNames: ['code'],
    registers,
  });
  const operationErrors = new Counter({
    name: 'gateway_operation_errors_total',
    help: 'Operations whose answer had an error, by name and code: one for each code of an answer.',
    labelNames: ['type', 'operation', 'code'],
    registers,
  });
  const plans = new Histogram({
    name: 'gateway_plan_seconds',
    help: 'Query plans made: each is a miss of the plan cache. All other operations found theirs there.',
    buckets,
    registers,
  });
  const validations = new Histogram({
    name: 'gateway_validation_seconds',
    help: 'Texts of operations that were never seen before, parsed and validated.',
    buckets,
    registers,
  });
  const unplanned = new Counter({
    name: 'gateway_planning_refused_total',
    help: 'Operations that were not validated or planned, by reason: faulty, too complex, crowded, late, failed.',
    labelNames: ['kind', 'reason'],
    registers,
  });
  const fetches = new Histogram({
    name: 'gateway_subgraph_fetch_seconds',
    help: 'Fetches from subgraphs by outcome: answered, failed, refused (breaker open, queue full), abandoned.',
    labelNames: ['subgraph', 'outcome'],
    buckets,
    registers,
  });
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    collect: (gauge: Gauge<Label>, from: MetricSources) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        if (sources) collect(this, sources);
      },
    });
  const perSubgraph = (name: string, help: string, read: (state: SubgraphState) => number) =>
    gauge(name, help, ['subgraph'], (to, from) => {
      for (const [subgraph, state] of Object.entries(from.engine().subgraphs))
        to.set({ subgraph }, read(state));
    });
  perSubgraph('gateway_subgraph_fetches_under_way', 'Fetches that have a connection.', (s) => s.underWay);
  perSubgraph('gateway_subgraph_fetches_waiting', 'Fetches that wait for a connection.', (s) => s.waiting);
  const totalPerSubgraph = (name: string, help: string, read: (state: SubgraphState) => number) =>
    new Counter({
      name,
      help,
      labelNames: ['subgraph'],
      registers,
      collect() {
        this.reset();
        for (const [subgraph, state] of Object.entries(sources?.engine().subgraphs ?? {}))
          this.inc({ subgraph }, read(state));
      },
    });
  totalPerSubgraph(
    'gateway_subgraph_requests_total',
    'Requests sent to subgraphs: fetches of several operations share one.',
    (s) => s.sent,
  );
  totalPerSubgraph(
    'gateway_subgraph_response_bytes_total',
    'Bytes of what subgraphs answered.',
    (s) => s.receivedBytes,
  );
  gauge(
    'gateway_subgraph_breaker',
    'The circuit breaker: 1 for the state it is in.',
    ['subgraph', 'state'],
    (to, from) => {
      for (const [subgraph, { breaker }] of Object.entries(from.engine().subgraphs)) {
        for (const state of breakerStates) to.set({ subgraph, state }, state === breaker ? 1 : 0);
      }
    },
  );
  gauge('gateway_sockets', 'Open WebSocket connections of clients.', [], (to, from) =>
    to.set(from.sockets()),
  );
  gauge('gateway_planning_waiting', 'New operations that wait to be validated or planned.', [], (to, from) =>
    to.set(from.engine().planning.waiting),
  );
  gauge('gateway_subscriptions', 'Subscriptions that run.', [], (to, from) =>
    to.set(from.engine().subscriptions.subscribers),
  );
  gauge('gateway_subscription_groups', 'Groups of subscriptions that share their work.', [], (to, from) =>
    to.set(from.engine().subscriptions.groups),
  );

  const names = new Set<string>();
  const bounded = (name: string | null) => {
    if (name === null) return 'anonymous';
    if (names.size < maxOperationNames) names.add(name);
    return names.has(name) ? name : 'other';
  };

  return {
    request: (method, status, seconds) =>
      requests.observe({ method: methods.has(method) ? method : 'other', status }, seconds),
    operation(type, name, transport, seconds, codes) {
      const operation = bounded(name);
      operations.observe({ type, operation, transport }, seconds);
      for (const code of codes) operationErrors.inc({ type, operation, code });
    },
    error: (code) => errors.inc({ code }),
    planned(kind, end, seconds) {
      if (end !== 'done') unplanned.inc({ kind, reason: end });
      if (seconds > 0) (kind === 'plan' ? plans : validations).observe(seconds);
    },
    fetched: (subgraph, outcome, seconds) => fetches.observe({ subgraph, outcome }, seconds),
    readFrom(next) {
      sources = next;
    },
    register,
  };
}
