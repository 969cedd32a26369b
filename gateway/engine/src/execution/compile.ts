import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { type Conditions, type ConditionValues, findConditions } from '../documents/conditions.ts';
import type { DeferredFragment } from '../documents/deferral.ts';
import type { FieldFilter } from '../planning/field-filter.ts';
import { plannedKey, type ReservedKeys } from '../planning/planned-keys.ts';
import { compileShape } from './compile-shape.ts';
import type { Introspected } from './introspection.ts';
import { type CompiledNode, compilePlan } from './plan.ts';
import { plannedPaths } from './planned-paths.ts';
import type { ObjectShape } from './shape.ts';

/** An operation of a document with all that can be worked out before it is run. */
export interface CompiledOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plan: CompiledNode | null;
  /** What comes in parts of its own; empty as a rule. */
  deferred: readonly DeferredPart[];
  conditions: Conditions;
  /** What it weighs at most, by what was measured of many. */
  bytes: number;
  /** Some of it is answered with null because the caller may not have it. */
  isFiltered: boolean;
  /** Answers to introspection that hang on no variable. */
  introspection: KeptIntrospections;
  shapeFor(values: ConditionValues): ObjectShape;
}

/** A deferred fragment, and what is fetched for it alone. */
export interface DeferredPart extends DeferredFragment {
  readonly plan: CompiledNode | null;
}

const maxShapes = 64;
/** Of all shapes of an operation together; there is one at least. */
const maxShapeFields = 1000;
const bytesOf = { operation: 4000, planChar: 14, field: 1000, introspection: 300_000 };

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
  /** Of a split operation. */
  deferred?: readonly DeferredFragment[];
  plan: QueryPlan;
  /** The plan's length as JSON. */
  planChars: number;
}): CompiledOperation {
  const { schema, document, operation, reservedKeys } = options;
  const conditions = findConditions(operation, document);
  const paths = plannedPaths(options.plan.node?.kind === 'Subscription' ? undefined : options.plan.node);
  const planned = {
    keyOf: (node: FieldNode) => plannedKey(reservedKeys, node),
    paths,
    filter: options.filter ?? null,
  };
  const plan = compilePlan(options.plan, options.supergraph);
  const shapes = new Map<string, ObjectShape>();
  const shapesKept = Math.max(
    1,
    Math.min(conditions.combinations, maxShapes, Math.floor(maxShapeFields / paths.size)),
  );
  return {
    schema,
    document,
    operation,
    plan: plan.primary,
    deferred: (options.deferred ?? []).map((fragment, index) => ({
      ...fragment,
      plan: plan.deferred.get(String(index)) ?? null,
    })),
    conditions,
    bytes:
      bytesOf.operation +
      options.planChars * bytesOf.planChar +
      shapesKept * paths.size * bytesOf.field +
      (asksForSchema(document) ? bytesOf.introspection : 0),
    isFiltered: planned.filter !== null,
    introspection: new KeptIntrospections(bytesOf.introspection),
    shapeFor(values) {
      const key = conditions.keyOf(values);
      let shape = shapes.get(key);
      if (!shape) {
        shape = compileShape(schema, document, operation, values, planned);
        if (!options.plan.node) assertNothingAsked(shape);
        if (shapes.size >= shapesKept) shapes.clear();
        shapes.set(key, shape);
      }
      return shape;
    },
  };
}

/** Answers by the first of the fields that ask for them, as long as there is room. */
class KeptIntrospections extends Map<FieldNode, Introspected> {
  #room: number;

  constructor(chars: number) {
    super();
    this.#room = chars;
  }

  override set(node: FieldNode, answer: Introspected): this {
    const chars = (answer.text?.length ?? 0) + answer.faults.length * 100;
    if (chars > this.#room) return this;
    this.#room -= chars;
    return super.set(node, answer);
  }
}

/** Of the schema's own description, which is kept where it hangs on no variable. */
const asksForSchema = ({ loc }: DocumentNode) => /\b__(schema|type)\b/.test(loc?.source.body ?? '');

/** The planner gives an empty plan, too, where no subgraph can answer any of the operation. */
function assertNothingAsked({ fields, deferred }: ObjectShape): void {
  for (const { shape } of deferred) assertNothingAsked(shape);
  const asked = fields.find(({ completion }) => completion !== null);
  if (asked) throw new GraphQLError(`No subgraph can be asked for ${asked.coordinate} as the operation does`);
}
