import type { Asked, Question } from './question.ts';
import { seesMedia } from './rules.ts';

/** Pictures by their ids, which one has from what one could once see. */
export function media({ facts, viewer }: Asked): Question {
  const all = [...facts.media.values()];
  const seen = all.map((one) =>
    seesMedia(facts, viewer, one) ? { id: one.id, altText: one.altText } : null,
  );
  return {
    name: 'pictures by their ids',
    query: `query Media($ids: [ID!]!) { nodes(ids: $ids) { id ... on Media { altText } } }`,
    variables: { ids: all.map(({ id }) => id) },
    data: { nodes: seen },
    errors: [],
  };
}
