import type { ApolloServerPlugin } from '@apollo/server';
import type { Handler } from '@socialhub/platform/http';
import type { Logger } from '@socialhub/platform/log';
import { currentRecord, withAccessLog } from './access-log.ts';
import type { GatewayContext } from './context.ts';
import type { Engine, WatchFetch } from './engine/index.ts';
import type { FormatError } from './format-error.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import type { OnStop } from './ordered-service.ts';
import { createTracing } from './tracing.ts';
import type { TracingSettings } from './tracing-sdk.ts';

export interface SeenSettings {
  host: string;
  /** Undefined: nothing is counted. */
  metricsPort: number | undefined;
  tracing: TracingSettings | undefined;
}

/** What can be seen of the gateway from outside: its access log, metrics and traces. */
export interface Seen {
  watchFetch: WatchFetch<GatewayContext>;
  /** Follows the plans that this engine makes. */
  watchPlans(engine: Engine<GatewayContext>): void;
  /** For Apollo Server: follows every operation. */
  plugin: ApolloServerPlugin<GatewayContext>;
  /** Counts the errors that leave through `format`. */
  errors(format: FormatError): FormatError;
  /** Follows every request that `handle` answers. */
  requests(handle: Handler): Handler;
  metrics: Metrics | undefined;
  /** Begins to send traces and to serve metrics. */
  open(onStop: OnStop): Promise<void>;
}

export function createSeen(settings: SeenSettings, log: Logger): Seen {
  const metrics = settings.metricsPort === undefined ? undefined : createMetrics();
  const tracing = createTracing(settings.tracing);

  const part = (name: string) => (tracing.isOn ? tracing.part(name) : undefined);

  return {
    metrics,
    watchFetch(subgraph) {
      const start = performance.now();
      const traced = tracing.isOn ? tracing.fetch(subgraph) : undefined;
      // When we don't trace, the trace of those who do goes on through us.
      const traceparent = tracing.isOn ? undefined : currentRecord()?.traceparent;
      const headers = traced?.headers ?? (traceparent === undefined ? undefined : { traceparent });
      return {
        ...(headers && { headers }),
        ended(outcome) {
          traced?.ended(outcome === 'failed' || outcome === 'refused');
          metrics?.fetched(subgraph, outcome, (performance.now() - start) / 1000);
        },
      };
    },
    watchPlans(engine) {
      const watched = new WeakSet<object>();
      engine.gateway.onSchemaLoadOrUpdate(() => {
        const { planner } = engine.loaded();
        if (watched.has(planner)) return;
        watched.add(planner);
        const build = planner.buildQueryPlan.bind(planner);
        planner.buildQueryPlan = (...args) => {
          const start = performance.now();
          const traced = part('plan');
          try {
            return build(...args);
          } finally {
            traced?.ended();
            metrics?.planned((performance.now() - start) / 1000);
          }
        };
      });
    },
    plugin: {
      async requestDidStart({ contextValue }) {
        const record = currentRecord();
        const start = performance.now();
        return {
          async parsingDidStart() {
            const traced = part('parse');
            return async (error) => traced?.ended(error !== undefined);
          },
          async validationDidStart() {
            const traced = part('validate');
            return async (errors) => traced?.ended((errors?.length ?? 0) > 0);
          },
          async didResolveOperation({ operation, operationName }) {
            const type = operation?.operation ?? null;
            if (tracing.isOn) tracing.nameOperation(type, operationName);
            if (!record) return;
            record.operation = operationName;
            record.type = type;
          },
          async willSendResponse({ operation, operationName, response, contextValue: { viewer } }) {
            const ms = performance.now() - start;
            const type = operation?.operation;
            if (type)
              metrics?.operation(type, operationName ?? null, record ? 'http' : 'websocket', ms / 1000);
            if (record) {
              record.viewerId = viewer?.userId ?? null;
              return;
            }
            const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
            const codes = [...new Set(errors?.map(({ extensions }) => extensions?.code))];
            const { requestId } = contextValue;
            const line = {
              method: 'WEBSOCKET',
              operation: operationName ?? null,
              type: type ?? null,
              codes,
              ms: Math.round(ms * 10) / 10,
              viewerId: viewer?.userId ?? null,
              requestId,
            };
            log.info(line, 'request');
          },
        };
      },
    },
    errors(format) {
      return (formatted, thrown) => {
        const error = format(formatted, thrown);
        const code = String(error.extensions?.code);
        metrics?.error(code);
        currentRecord()?.codes.add(code);
        return error;
      };
    },
    requests(handle) {
      const logged = withAccessLog(handle, log, ({ method, status, seconds, refusal }) => {
        metrics?.request(method, status, seconds);
        if (refusal) metrics?.error(refusal);
      });
      if (!tracing.isOn) return logged;
      return (request, response) =>
        tracing.request(request, (span) => {
          response.once('close', () => {
            span.setAttribute('http.response.status_code', response.statusCode);
            span.end();
          });
          return logged(request, response);
        });
    },
    async open(onStop) {
      onStop(await tracing.start());
      if (!metrics || settings.metricsPort === undefined) return;
      const served = await serveMetrics({ metrics, host: settings.host, port: settings.metricsPort, log });
      onStop(served.stop);
    },
  };
}
