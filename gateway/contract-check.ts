import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';

/**
 * Where the API departs from the public contract, one sentence each. A root field may be missing (its capability is
 * yet to come); a type that is there has to be whole, with every field, argument, default and nullability as in the
 * contract. The API may have more: types, fields, arguments that need not be given.
 */
export function contractFaults(api: GraphQLSchema, contract: GraphQLSchema): string[] {
  const faults: string[] = [];
  const roots = new Set(
    [contract.getQueryType(), contract.getMutationType(), contract.getSubscriptionType()].map(
      (type) => type?.name,
    ),
  );
  for (const wanted of Object.values(contract.getTypeMap())) {
    const found = api.getType(wanted.name);
    if (wanted.name.startsWith('__') || !found) continue;
    if (found.constructor !== wanted.constructor) {
      faults.push(`${wanted.name} is ${kindOf(found)}, in the contract ${kindOf(wanted)}`);
      continue;
    }
    faults.push(...typeFaults(found, wanted, roots.has(wanted.name)));
  }
  return faults;
}

function typeFaults(found: GraphQLNamedType, wanted: GraphQLNamedType, isRoot: boolean): string[] {
  const faults: string[] = [];
  const missing = (what: string) => faults.push(`${wanted.name}.${what} is missing`);

  if ((isObjectType(wanted) && isObjectType(found)) || (isInterfaceType(wanted) && isInterfaceType(found))) {
    for (const field of Object.values(wanted.getFields())) {
      const present = found.getFields()[field.name];
      if (present) faults.push(...fieldFaults(`${wanted.name}.${field.name}`, present, field));
      else if (!isRoot) missing(field.name);
    }
  }
  if (isInputObjectType(wanted) && isInputObjectType(found)) {
    for (const field of Object.values(wanted.getFields())) {
      const present = found.getFields()[field.name];
      if (present) faults.push(...inputFaults(`${wanted.name}.${field.name}`, present, field));
      else missing(field.name);
    }
    for (const field of Object.values(found.getFields())) {
      if (!wanted.getFields()[field.name] && isRequiredInputField(field)) {
        faults.push(`${wanted.name}.${field.name} is not in the contract and has to be given`);
      }
    }
  }
  if (isEnumType(wanted) && isEnumType(found)) {
    for (const { name } of wanted.getValues()) if (!found.getValue(name)) missing(name);
  }
  if (isUnionType(wanted) && isUnionType(found)) {
    const members = new Set(found.getTypes().map(({ name }) => name));
    for (const { name } of wanted.getTypes()) if (!members.has(name)) missing(name);
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
    if (present) faults.push(...inputFaults(place, present, argument));
    else faults.push(`${place} is missing`);
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
