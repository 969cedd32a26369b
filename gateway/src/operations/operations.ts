import type { ApolloServerPlugin } from '@apollo/server';
import type { Engine, Limits, LiveStream, PreparedOperation } from '@socialhub/federation-engine';
import type { Logger } from '@socialhub/platform/log';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import { type FormatError, formatThrown } from '../errors/format-error.ts';
import type { WatchOperation } from '../telemetry/telemetry.ts';
import { createApolloPipeline } from './apollo-server.ts';
import { createFastPath } from './fast-path.ts';
import type { HttpRequest, HttpResponse, TakePart } from './http-operation.ts';
import { createIncrementalDelivery } from './incremental-delivery.ts';
import { type OperationParams, readParams } from './operation-params.ts';
import { createPrepare, type Prepared } from './prepare.ts';
import { createSubscribe } from './subscribe.ts';

/** An operation as it comes over a transport that can carry subscriptions; its parameters have not been read yet. */
export interface SocketOperation extends Partial<Record<keyof OperationParams, unknown>> {
  /** It may not be a mutation. */
  isReadOnly?: boolean;
}

/** What became of it: refused before it ran, answered, or a stream that has started. */
export type SocketOutcome =
  | { kind: 'refused'; errors: readonly GraphQLFormattedError[] }
  | { kind: 'answered'; result: FormattedExecutionResult }
  | { kind: 'started'; stream: LiveStream };

/**
 * The road that every operation takes, whatever transport it came by: it is prepared (prepare.ts), admitted (admit.ts)
 * and run. Between the first and the others it passes Apollo Server, unless it is known to be valid (fast-path.ts), is
 * delivered in parts (incremental-delivery.ts) or is a subscription (subscribe.ts).
 */
export interface Operations {
  start(): Promise<void>;
  /** Null where `takePart` has been given the response. */
  executeHttp(request: HttpRequest, context: GatewayContext): Promise<HttpResponse | null>;
  /** `askedAt` is when it came, where it had to wait before this. */
  executeSocket(operation: SocketOperation, context: GatewayContext, askedAt?: Date): Promise<SocketOutcome>;
  stop(): Promise<void>;
}

export function createOperations(options: {
  engine: Engine<GatewayContext>;
  admission: Admission;
  limits: Limits;
  introspection: boolean;
  isProduction: boolean;
  formatError: FormatError;
  /** Follows every operation. */
  watch: WatchOperation;
  /** Plugins of Apollo Server beside our own; with one, every request passes it. */
  plugins?: readonly ApolloServerPlugin<GatewayContext>[];
  log: Logger;
}): Operations {
  const { engine, formatError, admission, watch, plugins = [] } = options;
  const { rates, heavy } = admission;
  engine.use({
    newOperation: (context) => rates.newOperation(context),
    async inTurn(run, context, charsOf) {
      const result = await heavy.run(run, context);
      const chars = charsOf(result);
      if (chars > 0) rates.answered(context, chars);
      return result;
    },
    eventInTurn: (run, context, cost) => admission.event(run, context, cost),
  });
  const prepare = createPrepare(engine, admission);
  const fastPath = createFastPath({ engine, admission, formatError, watch });
  const incremental = createIncrementalDelivery({ engine, admission, formatError, watch });
  const subscribe = createSubscribe(engine, admission, formatError);
  const apollo = createApolloPipeline({ ...options, plugins });

  async function startStream(
    known: PreparedOperation,
    variables: Record<string, unknown>,
    context: GatewayContext,
  ): Promise<SocketOutcome> {
    const watched = watch(context);
    watched.resolved('subscription', known.operation.name?.value ?? null);
    try {
      const stream = await subscribe(known, variables, context);
      watched.answered(undefined);
      return { kind: 'started', stream };
    } catch (error) {
      const errors = [formatThrown(formatError, error)];
      watched.answered(errors);
      return { kind: 'refused', errors };
    }
  }

  async function executeIncrementally(
    request: HttpRequest,
    take: TakePart,
    prepared: Prepared | Promise<Prepared>,
    context: GatewayContext,
  ): Promise<HttpResponse | null> {
    // What is thrown Apollo Server is told, too, and answers.
    const known = await Promise.resolve(prepared).catch(() => null);
    const deferring = known && incremental.find(known, request);
    if (deferring) return incremental.execute(deferring, request, context, take);
    return executeWhole(request, known ?? prepared, context);
  }

  const executeWhole = (
    request: HttpRequest,
    prepared: Prepared | Promise<Prepared>,
    context: GatewayContext,
  ): Promise<HttpResponse> => {
    if (!(prepared instanceof Promise) && request.method === 'POST' && plugins.length === 0) {
      const response = fastPath.execute(prepared, request, context);
      if (response) return response;
    }
    return apollo.executeHttp(request, prepared, context);
  };

  return {
    start: () => apollo.start(),
    executeHttp(request, context) {
      let prepared: Prepared | Promise<Prepared>;
      try {
        prepared = prepare(request.params, context);
      } catch (error) {
        prepared = Promise.reject(error);
      }
      if (request.takePart && plugins.length === 0) {
        return executeIncrementally(request, request.takePart, prepared, context);
      }
      if (prepared instanceof Promise) {
        // Apollo Server waits for it a little later.
        prepared.catch(() => undefined);
      }
      return executeWhole(request, prepared, context);
    },
    async executeSocket(operation, given, askedAt = new Date()) {
      let params: OperationParams;
      let prepared: Prepared;
      try {
        params = readParams(operation);
        prepared = await prepare(params, given);
      } catch (error) {
        return { kind: 'refused', errors: [formatThrown(formatError, error)] };
      }
      const context = withStream(given, { isReadOnly: operation.isReadOnly === true, askedAt });
      const known = prepared.document?.operation(params.operationName);
      if (known?.operation.operation === 'subscription') {
        return startStream(known, params.variables ?? {}, context);
      }
      const { data, errors, extensions } = await apollo.execute(params, prepared, context);
      if (errors && data === undefined) return { kind: 'refused', errors };
      const result = { ...(errors && { errors }), data: data ?? null, ...(extensions && { extensions }) };
      return { kind: 'answered', result };
    },
    stop: () => apollo.stop(),
  };
}

/** Inherits from the context: what that tells, it tells when it is asked. */
const withStream = (context: GatewayContext, stream: NonNullable<GatewayContext['stream']>): GatewayContext =>
  Object.assign(Object.create(context) as GatewayContext, { stream });
