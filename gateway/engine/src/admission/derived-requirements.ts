import { type GraphQLSchema, isInterfaceType } from 'graphql';
import type { Requirement, RequirementIndex } from '../supergraph/supergraph.ts';

type Alternatives = readonly (readonly string[])[];

/** More alternatives than this are not multiplied out. */
const maxAlternatives = 200;

/**
 * The interfaces and fields of interfaces, as coordinates, that ask for what their types ask for between them and for
 * nothing else: composition puts that there. Whoever looks at each type that is met has no need of it.
 */
export function derivedRequirements(schema: GraphQLSchema, index: RequirementIndex): ReadonlySet<string> {
  const derived = new Set<string>();
  for (const [coordinate, requirement] of index) {
    const [name = '', field] = coordinate.split('.');
    const type = schema.getType(name);
    if (!isInterfaceType(type)) continue;
    const parts = schema
      .getPossibleTypes(type)
      .flatMap(
        (possible) => index.get(field === undefined ? possible.name : `${possible.name}.${field}`) ?? [],
      );
    if (isAllOf(requirement, parts)) derived.add(coordinate);
  }
  return derived;
}

function isAllOf(whole: Requirement, parts: readonly Requirement[]): boolean {
  return (
    whole.authenticated === parts.some(({ authenticated }) => authenticated) &&
    isProduct(
      whole.scopes,
      parts.map(({ scopes }) => scopes),
    ) &&
    isProduct(
      whole.policies,
      parts.map(({ policies }) => policies),
    )
  );
}

function isProduct(whole: Alternatives, factors: readonly Alternatives[]): boolean {
  let product: readonly ReadonlySet<string>[] = [new Set()];
  for (const factor of factors) {
    if (factor.length === 0) continue;
    if (product.length * factor.length > maxAlternatives) return false;
    product = least(product.flatMap((one) => factor.map((other) => new Set([...one, ...other]))));
  }
  const expected = least(whole.length === 0 ? [new Set()] : whole.map((one) => new Set(one)));
  return textOf(expected) === textOf(product);
}

/** Without those of which another one is a part: who has the whole has the part. */
function least(alternatives: readonly ReadonlySet<string>[]): ReadonlySet<string>[] {
  return alternatives.filter((one, index) =>
    alternatives.every(
      (other, place) =>
        place === index ||
        ![...other].every((name) => one.has(name)) ||
        (other.size === one.size && place > index),
    ),
  );
}

const textOf = (alternatives: readonly ReadonlySet<string>[]): string =>
  alternatives
    .map((one) => JSON.stringify([...one].sort()))
    .sort()
    .join();
