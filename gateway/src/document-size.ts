import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { type Limits, parseWithin } from './engine/index.ts';

const maxKnownGood = 2000;

/**
 * Measures a document before Apollo Server sees it: some of validation takes time that grows with the square of
 * the document. One that was good is known again by its hash.
 */
export function createCheckSize(limits: Limits) {
  const knownGood = new Set<string>();
  return (query: unknown): void => {
    if (typeof query !== 'string' || query === '') return;
    const hash = createHash('sha256').update(query).digest('base64');
    if (knownGood.has(hash)) return;
    try {
      parseWithin(query, limits);
    } catch (error) {
      if (error instanceof GraphQLError) error.extensions.http = { status: 400 };
      throw error;
    }
    if (knownGood.size >= maxKnownGood) knownGood.clear();
    knownGood.add(hash);
  };
}
