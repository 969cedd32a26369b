import { type Act, type Drawn, done } from './act.ts';
import { type Facts, get, type MediaFact } from './facts.ts';

const ownMedia = ({ facts, actor }: Drawn): MediaFact[] =>
  [...facts.media.values()].filter(({ ownerId }) => ownerId === actor.id);

const drawOne = (drawn: Drawn): MediaFact | null =>
  drawn.random.oneOf(drawn.random.chance(0.8) ? ownMedia(drawn) : [...drawn.facts.media.values()]);

/** What somebody puts on a post or a message: mostly nothing, now and then what is not theirs. */
export function drawMedia(drawn: Drawn): { mediaIds: string[]; areOwn: boolean } {
  const { actor, random } = drawn;
  if (random.chance(0.6)) return { mediaIds: [], areOwn: true };
  const one = random.chance(0.05) ? random.oneOf([...drawn.facts.media.values()]) : null;
  const chosen = one ? [one] : random.some(ownMedia(drawn), 0.6);
  return {
    mediaIds: chosen.map(({ id }) => id),
    areOwn: chosen.every(({ ownerId }) => ownerId === actor.id),
  };
}

const setAltText: Act = (drawn) => {
  const one = drawOne(drawn);
  if (!one) return null;
  const altText = `alt ${drawn.random.below(1e9)}`;
  return {
    query:
      'mutation ($id: ID!, $altText: String) { setAltText(input: { mediaId: $id, altText: $altText }) { media { id } } }',
    variables: { id: one.id, altText },
    expected: one.ownerId === drawn.actor.id ? done : 'NOT_FOUND',
    change() {
      one.altText = altText;
    },
  };
};

const deleteMedia: Act = (drawn) => {
  const one = drawOne(drawn);
  // Somebody has a picture for most of a world's life.
  if (!one || (one.ownerId === drawn.actor.id && drawn.random.chance(0.6))) return null;
  return {
    query: 'mutation ($id: ID!) { deleteMedia(input: { mediaId: $id }) { deletedId } }',
    variables: { id: one.id },
    expected: one.ownerId === drawn.actor.id ? done : 'NOT_FOUND',
    change: () => forget(drawn.facts, one),
  };
};

function forget(facts: Facts, { id, ownerId }: MediaFact): void {
  facts.media.delete(id);
  const owner = get(facts.people, ownerId);
  if (owner.avatarId === id) owner.avatarId = null;
  const messages = [...facts.conversations.values()].flatMap((one) => one.messages);
  for (const shown of [...facts.posts.values(), ...messages])
    shown.mediaIds = shown.mediaIds.filter((one) => one !== id);
}

const setAvatar: Act = (drawn) => {
  const one = drawOne(drawn);
  if (!one) return null;
  return {
    query: 'mutation ($id: ID!) { updateProfile(input: { avatarId: $id }) { user { id } } }',
    variables: { id: one.id },
    expected: one.ownerId === drawn.actor.id ? done : 'BAD_USER_INPUT',
    change() {
      drawn.actor.avatarId = one.id;
    },
  };
};

export const mediaActs: readonly { weight: number; act: Act }[] = [
  { weight: 3, act: setAltText },
  { weight: 3, act: deleteMedia },
  { weight: 3, act: setAvatar },
];
