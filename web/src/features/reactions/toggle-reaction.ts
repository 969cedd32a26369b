/** The emojis on a thing, and the viewer's among them. */
export interface Reacted {
  reactions: { __typename: 'ReactionCount'; emoji: string; count: number }[];
  viewerReactions: string[];
}

/** Gives how a thing stands once the viewer has given an emoji, or taken it back. What changes nothing changes nothing. */
export function toggleReaction<Thing extends Reacted>(thing: Thing, emoji: string, isGiven: boolean): Thing {
  if (thing.viewerReactions.includes(emoji) === isGiven) return thing;
  const change = isGiven ? 1 : -1;
  const isThere = thing.reactions.some((one) => one.emoji === emoji);
  const all = isThere
    ? thing.reactions
    : [...thing.reactions, { __typename: 'ReactionCount' as const, emoji, count: 0 }];
  return {
    ...thing,
    reactions: all
      .map((one) => (one.emoji === emoji ? { ...one, count: one.count + change } : one))
      .filter(({ count }) => count > 0),
    viewerReactions: isGiven
      ? [...thing.viewerReactions, emoji]
      : thing.viewerReactions.filter((one) => one !== emoji),
  };
}
