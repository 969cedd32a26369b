import type { ApolloServerPlugin } from '@apollo/server';
import type { Engine } from '@socialhub/federation-engine';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import type { FormatError } from '../errors/format-error.ts';
import type { WatchOperation } from '../telemetry/telemetry.ts';
import { admitOperation, refusal } from './admit.ts';
import type { HandedDocuments } from './handed-documents.ts';

/** What was found wrong with a text as it was prepared, and admission before it runs. */
export function admissionPlugin(options: {
  engine: Engine<GatewayContext>;
  admission: Admission;
  handed: HandedDocuments;
  formatError: FormatError;
}): ApolloServerPlugin<GatewayContext> {
  const { engine, admission, handed, formatError } = options;
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, schema, request, contextValue }) {
          const prepared = handed.of(document);
          if (prepared?.faults) return;
          const meant = prepared?.operation(request.operationName);
          if (!meant) {
            throw refusal(
              'BAD_USER_INPUT',
              'operationName names no operation, or one of several has to be named',
            );
          }
          // The supergraph may have changed between validation and now.
          const asked = engine.prepareAgain(meant, schema);
          admitOperation(engine, admission, asked, request.variables ?? {}, contextValue);
        },
        async responseForOperation({ document, response }) {
          const faults = handed.of(document)?.faults;
          if (!faults) return null;
          const errors = faults.map((fault) => formatError(fault, fault));
          return {
            http: { status: 400, headers: response.http.headers },
            body: { kind: 'single', singleResult: { errors } },
          };
        },
      };
    },
  };
}

/** Tells `watch` of the operations that go through Apollo Server. */
export function telemetryPlugin(watch: WatchOperation): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart({ contextValue }) {
      const watched = watch(contextValue);
      return {
        async didResolveOperation({ operation, operationName }) {
          watched.resolved(operation?.operation ?? null, operationName);
        },
        async willSendResponse({ response }) {
          watched.answered(response.body.kind === 'single' ? response.body.singleResult.errors : undefined);
        },
      };
    },
  };
}
