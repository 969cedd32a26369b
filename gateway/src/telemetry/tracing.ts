import type { IncomingMessage } from 'node:http';
import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { startTracingSdk, type TracingSettings } from './tracing-sdk.ts';

/** A part of a request that is being traced. */
export interface Part {
  ended(failed?: boolean): void;
}

/** The spans of the gateway: W3C trace context in from clients, out to subgraphs. */
export interface Tracing {
  /** False: nothing is traced, and none of the rest need be called. */
  readonly isOn: boolean;
  start(): Promise<() => Promise<void>>;
  /** Runs `work` as a request of this client's trace; `work` is given the request's span. */
  request<T>(request: IncomingMessage, work: (span: Span) => T): T;
  /** Says what the request that is being served asks for. */
  nameOperation(type: string | null, name: string | null): void;
  /** Begins a part of whatever is being traced at the moment. */
  part(name: string): Part;
  /** Begins a fetch from a subgraph, with the headers that carry the trace on. */
  fetch(subgraph: string): Part & { headers: Record<string, string> };
}

const tracer = trace.getTracer('gateway');

/** Without settings tracing is off and OpenTelemetry's SDK is not even loaded. */
export function createTracing(settings: TracingSettings | undefined): Tracing {
  const begin = (name: string, kind: SpanKind, attributes: Attributes = {}) => {
    const span = tracer.startSpan(name, { kind, attributes });
    return {
      span,
      ended(failed = false) {
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  };

  return {
    isOn: settings !== undefined,
    start: async () => (settings ? startTracingSdk(settings) : async () => undefined),
    request(request, work) {
      const parent = propagation.extract(ROOT_CONTEXT, request.headers);
      const attributes = { 'http.request.method': request.method ?? '' };
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER, attributes }, parent);
      return context.with(trace.setSpan(parent, span), () => work(span));
    },
    nameOperation(type, name) {
      const attributes = {
        ...(type !== null && { 'graphql.operation.type': type }),
        ...(name !== null && { 'graphql.operation.name': name }),
      };
      trace.getActiveSpan()?.setAttributes(attributes);
    },
    part: (name) => begin(name, SpanKind.INTERNAL),
    fetch(subgraph) {
      const { span, ended } = begin('fetch', SpanKind.CLIENT, { 'graphql.subgraph': subgraph });
      const headers: Record<string, string> = {};
      propagation.inject(trace.setSpan(context.active(), span), headers);
      return { headers, ended };
    },
  };
}
