import {
  operationFromDocument,
  printSchema,
  type Schema,
  type Supergraph,
} from '@apollo/federation-internals';
import { type PlanNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { Refused } from '../admission/authorization.ts';
import { withDefer } from '../documents/defer-directive.ts';
import { hasDefers, splitOperation } from '../documents/deferral.ts';
import { withoutRefused } from './field-filter.ts';
import { documentToPlan } from './planned-document.ts';
import { type ReservedKeys, readReservedKeys } from './planned-keys.ts';
import {
  type RequiredArguments,
  separateRequiredArguments,
  withRequiredArguments,
} from './required-arguments.ts';
import { withoutIntrospection } from './without-introspection.ts';

/** All that planning needs of a supergraph. */
export interface PlanningParts {
  /** What clients see. */
  schema: GraphQLSchema;
  apiSchema: Schema;
  planner: QueryPlanner;
  reservedKeys: ReservedKeys;
  requiredArguments: RequiredArguments;
}

export function readyToPlan(supergraph: Supergraph): PlanningParts {
  const planner = new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: true } });
  const apiSchema = supergraph.apiSchema();
  return {
    schema: withDefer(apiSchema.toGraphQLJSSchema()),
    apiSchema,
    planner,
    reservedKeys: readReservedKeys(parse(printSchema(supergraph.schema))),
    requiredArguments: separateRequiredArguments(planner),
  };
}

/** An operation with the fragments of its document, and nothing else of it. */
export const operationAlone = (document: DocumentNode, operation: OperationDefinitionNode): DocumentNode => ({
  kind: Kind.DOCUMENT,
  definitions: [operation, ...document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)],
});

/**
 * Plans a validated operation as ApolloGateway does. Throws GraphQLError where there is no plan. The planner can't plan each
 * way of deferring where types are met behind interfaces or fields require others: then the plan has it all in one part,
 * and what is deferred comes later only in the answer.
 */
export function planOperation(
  parts: PlanningParts,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  refused: Pick<Refused, 'coordinates'> | null = null,
): QueryPlan {
  if (!hasDefers(document)) return planWhole(parts, document, operation, refused);
  try {
    return planWhole(parts, document, operation, refused);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const whole = splitOperation(document, operation, null);
    return planWhole(parts, whole.document, whole.operation, refused);
  }
}

function planWhole(
  { schema, apiSchema, planner, reservedKeys, requiredArguments }: PlanningParts,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  refused: Pick<Refused, 'coordinates'> | null,
): QueryPlan {
  const whole = operationAlone(document, operation);
  const allowed = refused ? withoutRefused(schema, whole, refused) : whole;
  const isSubscription = operation.operation === 'subscription';
  const asked = documentToPlan(isSubscription ? allowed : withoutIntrospection(allowed), reservedKeys);
  const planned = operationFromDocument(apiSchema, asked, { validate: !isSubscription });
  const plan = planner.buildQueryPlan(planned);
  return isSubscription ? withRest(plan, requiredArguments) : withRequiredArguments(plan, requiredArguments);
}

/** What is run for each event of a subscription is a plan of its own. */
function withRest(plan: QueryPlan, required: RequiredArguments): QueryPlan {
  if (plan.node?.kind !== 'Subscription' || !plan.node.rest) return plan;
  const rest: PlanNode | undefined = withRequiredArguments(
    { kind: 'QueryPlan', node: plan.node.rest },
    required,
  ).node as PlanNode | undefined;
  return { ...plan, node: { ...plan.node, ...(rest && { rest }) } };
}
