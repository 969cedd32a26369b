import type { WatchFetch, WatchPlanning } from '@socialhub/federation-engine';
import { serveMetrics } from '@socialhub/platform/http/serve-metrics';
import type { Handler } from '@socialhub/platform/http/server';
import type { Logger } from '@socialhub/platform/log';
import type { GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { FormatError } from '../errors/format-error.ts';
import { currentRecord, withAccessLog } from './access-log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createTracing } from './tracing.ts';
import type { TracingSettings } from './tracing-sdk.ts';

export interface TelemetrySettings {
  host: string;
  /** Undefined: nothing is counted. */
  metricsPort: number | undefined;
  tracing: TracingSettings | undefined;
}

/** Follows one operation from when it is asked for until its answer is there. */
export interface OperationWatch {
  /** What it is, or nulls when the document holds no such operation. */
  resolved(type: string | null, name: string | null): void;
  answered(errors: readonly GraphQLFormattedError[] | undefined): void;
}

export type WatchOperation = (context: GatewayContext) => OperationWatch;

/** The access log, metrics and traces. */
export interface Telemetry {
  watchFetch: WatchFetch<GatewayContext>;
  /** Follows what is done about operations that were never seen before. */
  watchPlanning: WatchPlanning;
  watchOperation: WatchOperation;
  /** Counts the errors that leave through `format`. */
  errors(format: FormatError): FormatError;
  /** Follows every request that `handle` answers. */
  requests(handle: Handler): Handler;
  metrics: Metrics | undefined;
  /** Begins to send traces and to serve metrics. */
  open(closing: AsyncDisposableStack): Promise<void>;
}

export function createTelemetry(settings: TelemetrySettings, log: Logger): Telemetry {
  const metrics = settings.metricsPort === undefined ? undefined : createMetrics();
  const tracing = createTracing(settings.tracing);

  const part = (name: string) => (tracing.isOn ? tracing.part(name) : undefined);

  return {
    metrics,
    watchFetch(subgraph) {
      if (!tracing.isOn && !metrics) {
        const traceparent = currentRecord()?.traceparent;
        return traceparent === undefined ? undefined : { headers: { traceparent }, ended: ignore };
      }
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
    watchPlanning(kind) {
      const traced = part(kind);
      return (end, seconds) => {
        traced?.ended(end !== 'done');
        metrics?.planned(kind, end, seconds);
      };
    },
    watchOperation(context) {
      const record = currentRecord();
      const start = performance.now();
      let type: string | null = null;
      let name: string | null = null;
      return {
        resolved(resolvedType, resolvedName) {
          type = resolvedType;
          name = resolvedName;
          if (tracing.isOn) tracing.nameOperation(type, name);
          if (!record) return;
          record.operation = name;
          record.type = type;
        },
        answered(errors) {
          const ms = performance.now() - start;
          const viewerId = context.viewer?.userId ?? null;
          const codes = new Set(errors?.map(({ extensions }) => String(extensions?.code)));
          if (type) metrics?.operation(type, name, record ? 'http' : 'websocket', ms / 1000, codes);
          if (record) {
            record.viewerId = viewerId;
            return;
          }
          const line = {
            method: 'WEBSOCKET',
            operation: name,
            type,
            codes: [...codes],
            ms: Math.round(ms * 10) / 10,
            viewerId,
            requestId: context.requestId,
          };
          log.info(line, 'request');
        },
      };
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
    async open(closing) {
      closing.defer(await tracing.start());
      if (!metrics || settings.metricsPort === undefined) return;
      const served = await serveMetrics({
        more: [metrics.register],
        host: settings.host,
        port: settings.metricsPort,
        log,
      });
      closing.defer(served.stop);
    },
  };
}

const ignore = () => undefined;
