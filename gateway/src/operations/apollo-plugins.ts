import type { ApolloServerPlugin } from '@apollo/server';
import type { Engine } from '@socialhub/federation-engine';
import { type DocumentNode, type GraphQLSchema, validate } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import type { FormatError } from '../errors/format-error.ts';
import type { WatchOperation } from '../telemetry/telemetry.ts';
import { admitOperation, refusal } from './admit.ts';
import type { Documents } from './documents.ts';

/** Refusals, and the turn-off for subscriptions, which Apollo Server does not run. */
export function admissionPlugin(
  engine: Engine<GatewayContext>,
  admission: Admission,
  documents: Documents,
  formatError: FormatError,
): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, schema, request, contextValue }) {
          const known = documents.of(document);
          if (known?.faults) return;
          if (known?.schema !== schema) checkAgain(schema, document);
          const meant = known?.operation(request.operationName);
          if (!operation || !meant) {
            throw refusal(
              'BAD_USER_INPUT',
              'operationName names no operation, or one of several has to be named',
            );
          }
          const asked = { operation, fragments: meant.fragments, variables: request.variables ?? {} };
          admitOperation(engine, engine.loaded(schema), asked, contextValue, admission);
        },
        async responseForOperation({ operation, document, schema, request, contextValue, response }) {
          const faults = documents.of(document)?.faults;
          if (faults) {
            const errors = faults.map((fault) => formatError(fault, fault));
            return {
              http: { status: 400, headers: response.http.headers },
              body: { kind: 'single', singleResult: { errors } },
            };
          }
          if (operation.operation !== 'subscription' || !contextValue.subscription) return null;
          contextValue.subscription.checked = {
            document,
            operation,
            schema,
            variables: request.variables ?? {},
          };
          return { http: response.http, body: { kind: 'single', singleResult: { data: null } } };
        },
      };
    },
  };
}

/** The supergraph has changed between validation and now, which is rare. */
function checkAgain(schema: GraphQLSchema, document: DocumentNode): void {
  const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
  if (fault) throw refusal('BAD_USER_INPUT', fault.message);
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
