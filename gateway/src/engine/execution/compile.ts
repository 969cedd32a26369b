import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { type Conditions, type ConditionValues, findConditions } from './conditions.ts';
import type { FieldFilter } from './field-filter.ts';
import type { Introspected } from './introspection.ts';
import { type CompiledNode, compilePlan } from './plan.ts';
import { plannedKey, type ReservedKeys } from './planned-keys.ts';
import { plannedPaths } from './planned-paths.ts';
import { compileShape, type ObjectShape } from './shape.ts';

/** An operation of a document with all that can be worked out before it is run. */
export interface CompiledOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plan: CompiledNode | null;
  conditions: Conditions;
  /** Some of it is answered with null because the caller may not have it. */
  isFiltered: boolean;
  /** Answers to introspection that hang on no variable. */
  introspection: Map<string, Introspected>;
  shapeFor(values: ConditionValues): ObjectShape;
}

const maxShapes = 64;

/**
 * Compiles a validated operation and its plan, which is of `documentToPlan`. `schema` is what clients see, `supergraph`
 * the whole of it.
 */
export function compileOperation(options: {
  schema: GraphQLSchema;
  supergraph: GraphQLSchema;
  reservedKeys: ReservedKeys;
  filter?: FieldFilter | null;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plan: QueryPlan;
}): CompiledOperation {
  const { schema, document, operation, reservedKeys } = options;
  const conditions = findConditions(operation, document);
  const paths = plannedPaths(options.plan.node?.kind === 'Subscription' ? undefined : options.plan.node);
  const planned = {
    keyOf: (node: FieldNode) => plannedKey(reservedKeys, node),
    paths,
    filter: options.filter ?? null,
  };
  const shapes = new Map<string, ObjectShape>();
  return {
    schema,
    document,
    operation,
    plan: compilePlan(options.plan, options.supergraph),
    conditions,
    isFiltered: planned.filter !== null,
    introspection: new Map(),
    shapeFor(values) {
      const key = conditions.keyOf(values);
      let shape = shapes.get(key);
      if (!shape) {
        shape = compileShape(schema, document, operation, values, planned);
        if (!options.plan.node) assertNothingAsked(shape);
        if (shapes.size >= maxShapes) shapes.clear();
        shapes.set(key, shape);
      }
      return shape;
    },
  };
}

/** The planner gives an empty plan, too, where no subgraph can answer any of the operation. */
function assertNothingAsked({ fields }: ObjectShape): void {
  const asked = fields.find(({ completion }) => completion !== null);
  if (asked) throw new GraphQLError(`No subgraph can be asked for ${asked.coordinate} as the operation does`);
}
