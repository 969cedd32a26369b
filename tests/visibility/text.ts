import type { Drawn } from './act.ts';
import { interacts } from './rules.ts';

/** What posts are about. */
export const tags = ['sky', 'sea'];

export interface Text {
  text: string;
  namedIds: string[];
  hashtags: string[];
}

/** A text that nothing else has, with a word that all have, some hashtags and names of people, and whom of them its author can name. */
export function drawText({ facts, actor, random }: Drawn): Text {
  const named = random.chance(0.4) ? random.some([...facts.people.values()], 0.3) : [];
  const word = `w${random.below(1e9)}x${facts.posts.size}`;
  const hashtags = random.some(tags, 0.25);
  return {
    hashtags,
    text: [
      word,
      'everybody',
      ...hashtags.map((tag) => `#${tag}`),
      ...named.map(({ username }) => `@${username}`),
    ].join(' '),
    namedIds: named.filter(({ id }) => id !== actor.id && interacts(facts, actor, id)).map(({ id }) => id),
  };
}
