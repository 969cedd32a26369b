import type { OperationDefinitionNode } from 'graphql';
import type { CompiledOperation } from './compile.ts';

const maxOperations = 1000;

/**
 * Keeps what was compiled for one supergraph. Apollo Server holds documents by their hash, so an operation is mostly
 * known by identity; where its store has dropped one, the hash still knows it. The least recently used goes first.
 */
export function createCompiledCache(limit = maxOperations) {
  const byNode = new WeakMap<OperationDefinitionNode, CompiledOperation>();
  const byHash = new Map<string, CompiledOperation>();

  return {
    get(
      operation: OperationDefinitionNode,
      queryHash: string | undefined,
      compile: () => CompiledOperation,
      /** Tells apart what is compiled of the same operation for callers who may not have all of it. */
      variant = '',
    ): CompiledOperation {
      const known = variant === '' ? byNode.get(operation) : undefined;
      if (known) return known;
      const key =
        queryHash === undefined ? undefined : `${queryHash} ${operation.name?.value ?? ''} ${variant}`;
      const kept = key === undefined ? undefined : byHash.get(key);
      const compiled = kept ?? compile();
      if (variant === '') byNode.set(operation, compiled);
      if (key === undefined) return compiled;
      byHash.delete(key);
      byHash.set(key, compiled);
      const [oldest] = byHash.keys();
      if (byHash.size > limit && oldest !== undefined) byHash.delete(oldest);
      return compiled;
    },
  };
}

export type CompiledCache = ReturnType<typeof createCompiledCache>;
