import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, FragmentDefinitionNode } from 'graphql';
import { admitOperation, refusal } from './checks.ts';
import type { GatewayContext } from './context.ts';
import type { Engine } from './engine/index.ts';
import type { KnownOperations } from './known-operations.ts';
import type { Safety } from './safety.ts';
import type { WatchOperation } from './seen.ts';

/** Refusals, the turn-off for subscriptions, which Apollo Server does not run, and remembering what was let through. */
export function checks(
  engine: Engine<GatewayContext>,
  safety: Safety,
  known: KnownOperations,
): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, schema, request, contextValue, source, queryHash }) {
          if (!operation) {
            throw refusal(
              'BAD_USER_INPUT',
              'operationName names no operation, or one of several has to be named',
            );
          }
          const fragments = fragmentsOf(document);
          const { operationName, variables = {} } = request;
          const asked = { operation, fragments, variables };
          admitOperation(engine, engine.loaded(schema), asked, contextValue, safety);
          if (operation.operation !== 'subscription') {
            known.add(source, operationName, { document, operation, fragments, schema, queryHash });
          }
        },
        async responseForOperation({ operation, document, schema, request, contextValue, response }) {
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

/** Tells `watch` of the operations that go through Apollo Server. */
export function watching(watch: WatchOperation): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart({ contextValue }) {
      const watched = watch(contextValue);
      return {
        async parsingDidStart() {
          const ended = watched.part('parse');
          return async (error) => ended?.(error !== undefined);
        },
        async validationDidStart() {
          const ended = watched.part('validate');
          return async (errors) => ended?.((errors?.length ?? 0) > 0);
        },
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

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of document.definitions) {
    if (node.kind === 'FragmentDefinition') fragments[node.name.value] = node;
  }
  return fragments;
}
