import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type Choices, choicesFrom } from './choices.ts';

export interface GeneratedOperation {
  text: string;
  variables: Record<string, unknown>;
}

interface Making {
  choices: Choices;
  schema: GraphQLSchema;
  /** Declarations by name. */
  declared: Map<string, string>;
  variables: Record<string, unknown>;
  fragments: string[];
  /** How many fields more may be selected. */
  budget: number;
}

/** Makes an operation that is most probably valid against the schema; validation has the last word. */
export function makeOperation(schema: GraphQLSchema, tape: readonly number[]): GeneratedOperation {
  const choices = choicesFrom(tape);
  const making: Making = { choices, schema, declared: new Map(), variables: {}, fragments: [], budget: 60 };
  const mutation = schema.getMutationType();
  const query = schema.getQueryType();
  if (!query) throw new Error('no query type');
  const isMutation = mutation && choices.oneIn(6);
  const selection = selectionOf(making, isMutation ? mutation : query, 5, true);
  const declared = [...making.declared.values()].join(', ');
  const head = `${isMutation ? 'mutation' : 'query'} Generated${declared ? `(${declared})` : ''}`;
  return { text: [`${head} ${selection}`, ...making.fragments].join('\n'), variables: making.variables };
}

function selectionOf(
  making: Making,
  type: GraphQLCompositeType,
  depth: number,
  isRoot = false,
  isWidened = false,
): string {
  const { choices } = making;
  const parts: string[] = [];
  const count = 1 + choices.pick(isRoot ? 4 : 5);
  for (let i = 0; i < count; i++) parts.push(selectOne(making, type, depth, isRoot, isWidened));
  // Same fields once more, perhaps with other things below them.
  if (choices.oneIn(5)) parts.push(selectOne(making, type, depth, isRoot, isWidened));
  return `{ ${parts.join(' ')} }`;
}

function selectOne(
  making: Making,
  type: GraphQLCompositeType,
  depth: number,
  isRoot: boolean,
  isWidened: boolean,
): string {
  const { choices, schema } = making;
  const kind = choices.pick(10);
  if (kind >= 8 && depth > 0) {
    const condition = isWidened ? undefined : conditionFor(making, type);
    const widens = isWidened || (condition !== undefined && isObjectType(type));
    const inner = selectionOf(making, condition ?? type, depth - 1, isRoot, widens);
    if (choices.oneIn(3)) {
      const name = `F${making.fragments.length}`;
      const index = making.fragments.push('') - 1;
      making.fragments[index] = `fragment ${name} on ${(condition ?? type).name} ${inner}`;
      const spread = `...${name}${directives(making)}`;
      return choices.oneIn(4) ? `${spread} ...${name}` : spread;
    }
    const on = condition || choices.oneIn(2) ? ` on ${(condition ?? type).name}` : '';
    return `...${on}${directives(making)} ${inner}`;
  }
  if (kind === 7) {
    // Deeper in fragments the planner fails over introspection: cases.test.ts.
    if (isRoot && depth === 5 && type === schema.getQueryType() && choices.oneIn(3))
      return '__schema { queryType { name } }';
    return `${choices.oneIn(3) ? 'kind: ' : ''}__typename${directives(making)}`;
  }
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  const usable = fields.filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
  if (usable.length === 0 || making.budget <= 0) return '__typename';
  making.budget -= 1;
  return selectField(making, choices.of(usable), depth);
}

function selectField(making: Making, field: GraphQLField<unknown, unknown>, depth: number): string {
  const { choices } = making;
  const args = field.args.filter((arg) => isNonNullType(arg.type) || choices.oneIn(2));
  const argText = args.map((arg) => `${arg.name}: ${argument(making, arg)}`).join(', ');
  // What plans require with arguments of their own, stock takes for what a client asks for with others: cases.test.ts.
  const alias = choices.oneIn(field.args.length > 0 ? 1 : 5)
    ? `a${hashOf(argText)}${field.name}: `
    : choices.oneIn(12)
      ? `${choices.of(['constructor', 'toString', '_'])}${choices.pick(2) ? field.name : ''}: `
      : '';
  const type = getNamedType(field.type);
  const inner = isCompositeType(type) ? ` ${selectionOf(making, type, depth - 1)}` : '';
  return `${alias}${field.name}${argText ? `(${argText})` : ''}${directives(making)}${inner}`;
}

const hashOf = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 997, 7);

function conditionFor(making: Making, type: GraphQLCompositeType): GraphQLCompositeType | undefined {
  const { choices, schema } = making;
  const candidates: GraphQLCompositeType[] = [];
  if (isAbstractType(type)) candidates.push(...schema.getPossibleTypes(type));
  // Within a fragment on an interface stock forgets which object it is in, so there is no way back to the object
  // (`... on Node { ... on User }` in a User): cases.test.ts has that.
  if (isObjectType(type)) candidates.push(...type.getInterfaces());
  if (isAbstractType(type)) {
    for (const possible of schema.getPossibleTypes(type)) candidates.push(...possible.getInterfaces());
  }
  return choices.oneIn(4) || candidates.length === 0 ? undefined : choices.of(candidates);
}

function directives(making: Making): string {
  const { choices } = making;
  if (!choices.oneIn(5)) return '';
  const kind = choices.of(['include', 'skip']);
  const value = choices.oneIn(4) ? choices.of(['true', 'false']) : `$${flag(making)}`;
  const one = ` @${kind}(if: ${value})`;
  return choices.oneIn(8) ? `${one} @${kind === 'skip' ? 'include' : 'skip'}(if: $${flag(making)})` : one;
}

function flag(making: Making): string {
  const { choices } = making;
  const name = `b${choices.pick(3)}`;
  if (!making.declared.has(name)) {
    const hasDefault = choices.oneIn(3);
    making.declared.set(name, `$${name}: Boolean${hasDefault ? ` = ${choices.of(['true', 'false'])}` : '!'}`);
    if (!hasDefault || choices.oneIn(2)) making.variables[name] = choices.pick(2) === 0;
  }
  return name;
}

function argument(making: Making, arg: GraphQLArgument): string {
  const { choices } = making;
  if (choices.oneIn(2)) return literal(choices, arg.type, 2);
  const name = `v${making.declared.size}`;
  making.declared.set(name, `$${name}: ${String(arg.type)}`);
  if (isNonNullType(arg.type) || !choices.oneIn(4)) making.variables[name] = json(choices, arg.type, 2);
  return `$${name}`;
}

function literal(choices: Choices, type: GraphQLInputType, depth: number): string {
  const text = JSON.stringify(json(choices, type, depth));
  const withoutQuotes = text.replace(/"(\w+)":/g, '$1:');
  return withoutQuotes.replace(/"(FAST|SLOW)"/g, '$1');
}

function json(choices: Choices, type: GraphQLInputType, depth: number): unknown {
  if (isNonNullType(type)) return json(choices, type.ofType, depth) ?? 'x';
  if (choices.oneIn(6)) return null;
  if (isListType(type))
    return Array.from({ length: choices.pick(3) }, () => json(choices, type.ofType, depth) ?? 'x');
  if (isEnumType(type)) return choices.of(type.getValues()).name;
  if (isInputObjectType(type)) {
    const result: Record<string, unknown> = {};
    if (depth === 0) return result;
    for (const field of Object.values(type.getFields())) {
      if (choices.oneIn(2)) result[field.name] = json(choices, field.type, depth - 1);
    }
    return result;
  }
  return type.name === 'Int' ? choices.pick(50) : choices.of(['x', 'y"z', 'é']);
}
