import { context, propagation, trace } from '@opentelemetry/api';

export interface TracingSettings {
  /** An OTLP/HTTP receiver, without `/v1/traces`. */
  endpoint: string;
  serviceName: string;
  /** How much of what no client has decided about is kept: 0 to 1. */
  ratio: number;
}

/** Loads OpenTelemetry's SDK and sends spans to the receiver from now on. Gives the function that sends the last ones and ends it. */
export async function startTracingSdk(settings: TracingSettings): Promise<() => Promise<void>> {
  const [sdk, core, hooks, resources, exporter] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/core'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
  ]);
  const url = `${settings.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': settings.serviceName }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(settings.ratio) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({ exporter: new exporter.OTLPTraceExporter({ url, timeoutMillis: 5000 }) }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  return async () => {
    await provider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  };
}
