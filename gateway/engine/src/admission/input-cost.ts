import { type GraphQLInputType, getNamedType, getNullableType, isInputObjectType, isListType } from 'graphql';
import type { CostIndex } from './cost-directives.ts';
import { isMap } from './input-values.ts';

/** Whether a value of this type costs nothing, whatever it is. */
export const isFree = (type: GraphQLInputType, weight: number | undefined, weights: CostIndex['weights']) =>
  !weight && !isInputObjectType(getNamedType(type)) && !weights.get(getNamedType(type).name);

/** What a value costs that is given for an argument or an input field. */
export function inputCost(
  value: unknown,
  type: GraphQLInputType,
  weight: number | undefined,
  weights: CostIndex['weights'],
): number {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return 0;
  if (isListType(nullable)) {
    const items = Array.isArray(value) ? value : [value];
    return items.reduce(
      (total: number, item) => total + inputCost(item, nullable.ofType, weight, weights),
      weight ?? 0,
    );
  }
  const own = weight ?? weights.get(nullable.name);
  if (!isInputObjectType(nullable)) return own ?? 0;
  let total = own ?? 1;
  for (const input of Object.values(nullable.getFields())) {
    if (!isMap(value) || value[input.name] === undefined) continue;
    const inner = weights.get(`${nullable.name}.${input.name}`);
    if (!isFree(input.type, inner, weights))
      total += inputCost(value[input.name], input.type, inner, weights);
  }
  return total;
}
