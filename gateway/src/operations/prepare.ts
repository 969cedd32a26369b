import { checkNesting, type Engine, type PreparedDocument } from '@socialhub/federation-engine';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import type { OperationParams } from './operation-params.ts';

/** The text that a request means, and what is known of it; null where it means none. */
export interface Prepared {
  query: string | undefined;
  document: PreparedDocument | null;
}

/** The first step of every operation. Throws or rejects with a GraphQLError. */
export type Prepare = (params: OperationParams, context: GatewayContext) => Prepared | Promise<Prepared>;

/** Bounds the variables, finds the text on the list or among those that were sent before, and has it validated if it is new. */
export function createPrepare(
  engine: Pick<Engine<GatewayContext>, 'prepare'>,
  { persisted, rates }: Pick<Admission, 'persisted' | 'rates'>,
): Prepare {
  return (params, context) => {
    checkNesting(params.variables);
    const { query, remember, isListed } = persisted.find(params);
    if (!query) return { query, document: null };
    const known = (document: PreparedDocument): Prepared => {
      if (!document.faults) remember();
      return { query, document };
    };
    const document = engine.prepare(query, context, () => {
      if (!isListed()) rates.newOperation(context);
    });
    return document instanceof Promise ? document.then(known) : known(document);
  };
}
