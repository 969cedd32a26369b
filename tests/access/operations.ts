import { isNodeType, type NodeType } from '@socialhub/platform/global-ids/node-types';
import { gid } from '@socialhub/platform/testing/gid';
import {
  buildASTSchema,
  type GraphQLArgument,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
} from 'graphql';
import type { Field, Graph, Need } from '../../infra/checks/sdl-access.ts';
import { idTypes } from '../id-types.ts';

/** One operation that selects one field and nothing else but the way to it. */
export interface FieldOperation {
  coordinate: string;
  /** The root field by which it gets there. */
  root: string;
  text: string;
  /** What the whole way asks for. */
  needs: readonly Need[];
  /** Whether its root field needs to be told nothing: then it does what it says, whoever may ask. */
  isUnconditional: boolean;
}

interface Way {
  fields: readonly Field[];
  cost: number;
}

/** Arguments that are worth giving, by the root field; any other is made up: enough to be valid, nothing that exists. */
export type Arguments = Readonly<Record<string, string>>;

const nobody = '01890a5d-ac96-774b-bcce-b302099a8057';
// A way that asks for nothing is better than any that does, a read better than a write, a write than a stream.
const costs = { need: 10_000, Query: 1, Mutation: 100, Subscription: 1_000 } as const;

/** An operation for every field of every type that can be reached at all, along the way that asks for least. */
export function operationsFor(graph: Graph, supergraph: string, given: Arguments): FieldOperation[] {
  const schema = buildASTSchema(parse(supergraph), { assumeValid: true });
  const ways = waysToTypes(graph);
  const requiredOf = (coordinate: string): GraphQLArgument[] => {
    const [type = '', name = ''] = coordinate.split('.');
    const parent = schema.getType(type);
    const field = parent && 'getFields' in parent ? parent.getFields()[name] : undefined;
    return field && 'args' in field ? field.args.filter(isRequiredArgument) : [];
  };
  const argumentsOf: ArgumentsOf = (coordinate, inner) => {
    if (given[coordinate] !== undefined) return `(${given[coordinate]})`;
    const texts = requiredOf(coordinate).map(({ name, type }) => {
      const idType = idTypes.get(`${coordinate}(${name}:)`) ?? (isNodeType(inner) ? inner : 'User');
      return `${name}: ${madeUp(type, idType)}`;
    });
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  };
  return [...ways].flatMap(([type, way]) =>
    (graph.types.get(type)?.fields ?? []).map((field) => {
      const fields = [...way.fields, field];
      const [first] = fields as [Field];
      const [rootType = ''] = first.coordinate.split('.');
      return {
        coordinate: field.coordinate,
        root: first.coordinate,
        text: `${rootType.toLowerCase()} { ${selection(fields, argumentsOf)} }`,
        needs: fields.flatMap(({ needs }) => needs),
        isUnconditional: rootType === 'Mutation' && requiredOf(first.coordinate).every(isSatisfiedByNothing),
      };
    }),
  );
}

/** The arguments of a field, of which something of the type `inner` is selected. */
type ArgumentsOf = (coordinate: string, inner: string) => string;

const isSatisfiedByNothing = ({ type }: GraphQLArgument): boolean => {
  const input = getNullableType(type);
  return isInputObjectType(input) && !Object.values(input.getFields()).some(isRequiredInputField);
};

function selection(fields: readonly Field[], argumentsOf: ArgumentsOf): string {
  const [field, next, ...rest] = fields;
  if (!field) return '__typename';
  const [parent = ''] = next?.coordinate.split('.') ?? [];
  const head = `${field.node.name.value}${argumentsOf(field.coordinate, parent)}`;
  if (!field.of) return head;
  if (!next) return `${head} { __typename }`;
  const inner = selection([next, ...rest], argumentsOf);
  return parent === field.of ? `${head} { ${inner} }` : `${head} { ... on ${parent} { ${inner} } }`;
}

/** The cheapest way to each type (Dijkstra: the costs are never negative). */
function waysToTypes({ roots, types }: Graph): Map<string, Way> {
  const found = new Map<string, Way>();
  const open = new Map<string, Way>();
  for (const root of roots) open.set(root, { fields: [], cost: costs[root as keyof typeof costs] });
  for (;;) {
    const [nearest] = [...open].sort(([, a], [, b]) => a.cost - b.cost);
    if (!nearest) return found;
    const [name, way] = nearest;
    open.delete(name);
    found.set(name, way);
    for (const field of types.get(name)?.fields ?? []) {
      const cost = way.cost + 1 + field.needs.length * costs.need;
      const reached = field.of === undefined ? [] : [field.of, ...(types.get(field.of)?.members ?? [])];
      for (const type of reached) {
        if (found.has(type) || (open.get(type)?.cost ?? Number.POSITIVE_INFINITY) <= cost) continue;
        open.set(type, { fields: [...way.fields, field], cost });
      }
    }
  }
}

function madeUp(type: GraphQLInputType, idType: NodeType | undefined): string {
  if (isNonNullType(type)) return madeUp(type.ofType, idType);
  if (isListType(type)) return `[${madeUp(type.ofType, idType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    const texts = fields.map(
      (field) => `${field.name}: ${madeUp(field.type, idTypes.get(`${type.name}.${field.name}`))}`,
    );
    return `{ ${texts.join(', ')} }`;
  }
  if (type.name === 'ID') return idType ? `"${gid(idType, nobody)}"` : '"something"';
  if (type.name === 'Int') return '1';
  if (type.name === 'Float') return '1.5';
  if (type.name === 'Boolean') return 'true';
  return '""';
}
