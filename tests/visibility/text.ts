import type { Drawn } from './act.ts';
import { interacts } from './rules.ts';

/** A text that nothing else has, which names some people, and whom of them its author can name. */
export function drawText({ facts, actor, random }: Drawn): { text: string; namedIds: string[] } {
  const named = random.chance(0.4) ? random.some([...facts.people.values()], 0.3) : [];
  const word = `w${random.below(1e9)}x${facts.posts.size}`;
  return {
    text: [word, ...named.map(({ username }) => `@${username}`)].join(' '),
    namedIds: named.filter(({ id }) => id !== actor.id && interacts(facts, actor, id)).map(({ id }) => id),
  };
}
