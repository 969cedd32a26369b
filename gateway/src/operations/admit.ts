import type { Engine, PreparedOperation } from '@socialhub/federation-engine';
import { GraphQLError } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import { grantOf } from '../identity/grant.ts';

/**
 * What every operation has to pass before it runs, whatever transport it came by: authorisation by the schema's
 * directives, and cost. Throws a GraphQLError with the code and the status of the refusal.
 */
export function admitOperation(
  { isFiltering }: Pick<Engine<GatewayContext>, 'isFiltering'>,
  admission: Pick<Admission, 'admit'>,
  { operation, fragments, supergraph }: PreparedOperation,
  variables: Readonly<Record<string, unknown>>,
  context: GatewayContext,
): void {
  const asked = { operation, fragments, variables };
  // Where fields are filtered, nothing is refused whole.
  const refused = isFiltering ? null : supergraph.authorize(asked, grantOf(context));
  if (refused?.code === 'UNAUTHENTICATED') {
    throw refusal('UNAUTHENTICATED', `Sign in first: ${refused.coordinate} is for people who are signed in`);
  }
  if (refused) throw refusal('FORBIDDEN', `Not allowed: ${refused.coordinate}`);
  const { operation: type } = operation;
  if (type === 'mutation' && context.stream?.isReadOnly) {
    throw refusal('BAD_USER_INPUT', 'A mutation is asked for with POST');
  }
  if (type === 'subscription' && !context.stream) {
    throw refusal(
      'BAD_USER_INPUT',
      'Subscriptions run over a WebSocket (graphql-transport-ws) at this address, or with accept: text/event-stream or multipart/mixed;subscriptionSpec=1.0',
    );
  }
  admission.admit(context, supergraph.price(asked));
}

const statusOfRefusal = { UNAUTHENTICATED: 401, FORBIDDEN: 403, BAD_USER_INPUT: 400 } as const;

export const refusal = (code: keyof typeof statusOfRefusal, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status: statusOfRefusal[code] } } });
