import type { OperationDefinitionNode } from 'graphql';

/**
 * Keeps what was made of operations, as many bytes of it as are given, at most twice as many: in two generations, of
 * which the old one is forgotten with all that was not asked for when the young one is full.
 */
export function createOperationCache<Value extends object>(maxBytes: number) {
  type Generation = Map<OperationDefinitionNode, Map<string, Value>>;
  let young: Generation = new Map();
  let old: Generation = new Map();
  let bytes = 0;
  const weights = new WeakMap<object, number>();
  const underWay = new WeakMap<OperationDefinitionNode, Map<string, Promise<Value>>>();

  const add = (operation: OperationDefinitionNode, variant: string, value: Value, weight: number) => {
    if (weight > maxBytes) return;
    if (bytes + weight > maxBytes) {
      old = young;
      young = new Map();
      bytes = 0;
    }
    let variants = young.get(operation);
    if (!variants) {
      variants = new Map();
      young.set(operation, variants);
    }
    variants.set(variant, value);
    weights.set(value, weight);
    bytes += weight;
  };

  return {
    /** `variant` tells apart what is made of the same operation for callers who may not have all of it. */
    get(operation: OperationDefinitionNode, variant = ''): Value | undefined {
      const value = young.get(operation)?.get(variant);
      if (value !== undefined) return value;
      const aged = old.get(operation)?.get(variant);
      if (aged) add(operation, variant, aged, weights.get(aged) ?? 0);
      return aged;
    },
    add,
    /** Makes and keeps what is not kept. Whoever asks for the same meanwhile waits for the same. */
    async make(
      operation: OperationDefinitionNode,
      variant: string,
      make: () => Promise<{ value: Value; bytes: number }>,
    ): Promise<Value> {
      let variants = underWay.get(operation);
      if (!variants) {
        variants = new Map();
        underWay.set(operation, variants);
      }
      let making = variants.get(variant);
      if (!making) {
        making = make()
          .then(({ value, bytes }) => {
            add(operation, variant, value, bytes);
            return value;
          })
          .finally(() => variants.delete(variant));
        variants.set(variant, making);
      }
      return making;
    },
  };
}

export type OperationCache<Value extends object> = ReturnType<typeof createOperationCache<Value>>;
