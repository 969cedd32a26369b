import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type Conditions, type ConditionValues, findConditions } from './conditions.ts';
import { type CompiledNode, compilePlan } from './plan.ts';
import { compileShape, type ObjectShape } from './shape.ts';

/** An operation of a document with all that can be worked out before it is run. */
export interface CompiledOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plan: CompiledNode | null;
  conditions: Conditions;
  /** Answers to introspection that hang on no variable. */
  introspection: Map<string, string>;
  shapeFor(values: ConditionValues): ObjectShape;
}

const maxShapes = 64;

/** Compiles a validated operation and its plan. `schema` is what clients see, `supergraph` the whole of it. */
export function compileOperation(options: {
  schema: GraphQLSchema;
  supergraph: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plan: QueryPlan;
}): CompiledOperation {
  const { schema, document, operation } = options;
  const conditions = findConditions(operation, document);
  const shapes = new Map<string, ObjectShape>();
  return {
    schema,
    document,
    operation,
    plan: compilePlan(options.plan, options.supergraph),
    conditions,
    introspection: new Map(),
    shapeFor(values) {
      const key = conditions.keyOf(values);
      let shape = shapes.get(key);
      if (!shape) {
        shape = compileShape(schema, document, operation, values);
        if (shapes.size >= maxShapes) shapes.clear();
        shapes.set(key, shape);
      }
      return shape;
    },
  };
}
