import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';

/** What its description marks so is not served yet. */
const toCome = /# comes with \d+/;
const isToCome = ({ description }: { description?: string | null | undefined }) =>
  toCome.test(description ?? '');

/**
 * Where the API departs from the public contract, one sentence each. What the contract has without the mark
 * `# comes with N` has to be there, with every argument, default and nullability as in the contract; what it has with the mark
 * must not be, since then the mark is wrong. The API may have more: types, fields, arguments that need not be given.
 */
export function contractFaults(api: GraphQLSchema, contract: GraphQLSchema): string[] {
  const faults: string[] = [];
  const promised = typesPromised(contract);
  for (const wanted of Object.values(contract.getTypeMap())) {
    if (wanted.name.startsWith('__')) continue;
    const found = api.getType(wanted.name);
    if (!found) {
      if (promised.has(wanted.name)) faults.push(`${wanted.name} is missing`);
    } else if (isToCome(wanted)) {
      faults.push(served(wanted.name));
    } else if (found.constructor !== wanted.constructor) {
      faults.push(`${wanted.name} is ${kindOf(found)}, in the contract ${kindOf(wanted)}`);
    } else {
      faults.push(...typeFaults(found, wanted));
    }
  }
  return faults;
}

const served = (what: string) => `${what} is served, and marked as still to come`;

/** Names of the types that clients reach by what has no mark. */
function typesPromised(contract: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (type: GraphQLType) => {
    const named = getNamedType(type);
    if (names.has(named.name) || isToCome(named)) return;
    names.add(named.name);
    if (isUnionType(named)) named.getTypes().forEach(add);
    if (isObjectType(named)) named.getInterfaces().forEach(add);
    if (!(isObjectType(named) || isInterfaceType(named) || isInputObjectType(named))) return;
    for (const field of Object.values(named.getFields())) {
      if (isToCome(field)) continue;
      add(field.type);
      const args = 'args' in field ? field.args : [];
      for (const argument of args) if (!isToCome(argument)) add(argument.type);
    }
  };
  for (const root of [contract.getQueryType(), contract.getMutationType(), contract.getSubscriptionType()]) {
    if (root) add(root);
  }
  return names;
}

function typeFaults(found: GraphQLNamedType, wanted: GraphQLNamedType): string[] {
  const faults: string[] = [];
  const compare = <Part extends { name: string; description?: string | null | undefined }>(
    theirs: readonly Part[],
    ours: readonly Part[],
    more: (present: Part, part: Part) => readonly string[] = () => [],
  ) => {
    for (const part of theirs) {
      const present = ours.find(({ name }) => name === part.name);
      const place = `${wanted.name}.${part.name}`;
      if (present && isToCome(part)) faults.push(served(place));
      else if (present) faults.push(...more(present, part));
      else if (!isToCome(part)) faults.push(`${place} is missing`);
    }
  };

  if ((isObjectType(wanted) && isObjectType(found)) || (isInterfaceType(wanted) && isInterfaceType(found))) {
    compare(Object.values(wanted.getFields()), Object.values(found.getFields()), (present, field) =>
      fieldFaults(`${wanted.name}.${field.name}`, present, field),
    );
    for (const { name } of wanted.getInterfaces()) {
      if (!found.getInterfaces().some((one) => one.name === name))
        faults.push(`${wanted.name} is no ${name}`);
    }
  }
  if (isInputObjectType(wanted) && isInputObjectType(found)) {
    compare(Object.values(wanted.getFields()), Object.values(found.getFields()), (present, field) =>
      inputFaults(`${wanted.name}.${field.name}`, present, field),
    );
    for (const field of Object.values(found.getFields())) {
      if (!wanted.getFields()[field.name] && isRequiredInputField(field)) {
        faults.push(`${wanted.name}.${field.name} is not in the contract and has to be given`);
      }
    }
  }
  if (isEnumType(wanted) && isEnumType(found)) compare(wanted.getValues(), found.getValues());
  if (isUnionType(wanted) && isUnionType(found)) {
    compare<GraphQLNamedType>(wanted.getTypes(), found.getTypes());
  }
  return faults;
}

type AnyField = GraphQLField<unknown, unknown>;

function fieldFaults(coordinate: string, found: AnyField, wanted: AnyField): string[] {
  const faults: string[] = [];
  if (String(found.type) !== String(wanted.type)) {
    faults.push(`${coordinate} is ${found.type}, in the contract ${wanted.type}`);
  }
  for (const argument of wanted.args) {
    const present = found.args.find(({ name }) => name === argument.name);
    const place = `${coordinate}(${argument.name}:)`;
    if (present && isToCome(argument)) faults.push(served(place));
    else if (present) faults.push(...inputFaults(place, present, argument));
    else if (!isToCome(argument)) faults.push(`${place} is missing`);
  }
  for (const argument of found.args) {
    const isKnown = wanted.args.some(({ name }) => name === argument.name);
    if (!isKnown && isRequiredArgument(argument)) {
      faults.push(`${coordinate}(${argument.name}:) is not in the contract and has to be given`);
    }
  }
  return faults;
}

function inputFaults(
  place: string,
  found: GraphQLArgument | GraphQLInputField,
  wanted: GraphQLArgument | GraphQLInputField,
): string[] {
  const faults: string[] = [];
  if (String(found.type) !== String(wanted.type)) {
    faults.push(`${place} is ${found.type}, in the contract ${wanted.type}`);
  }
  const [given, expected] = [JSON.stringify(found.defaultValue), JSON.stringify(wanted.defaultValue)];
  if (given !== expected) {
    faults.push(`${place} defaults to ${given ?? 'nothing'}, in the contract to ${expected ?? 'nothing'}`);
  }
  return faults;
}

const kindOf = (type: GraphQLNamedType) =>
  type.constructor.name.replace(/^GraphQL(.+)Type$/, '$1').toLowerCase();
