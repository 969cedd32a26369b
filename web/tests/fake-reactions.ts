import { badUserInput } from './fake-results.ts';

/** What has reactions. */
interface Reacted {
  reactions: { emoji: string; count: number }[];
  viewerReactions: string[];
}

const reactedOf = (thing: unknown) => thing as Reacted;

/** Gives an emoji to a post or a comment of the fake gateway, as whoever looks. */
export function giveReaction<Thing>(thing: Thing, emoji: string): Thing {
  const found = reactedOf(thing);
  if (/^[a-z ]+$/.test(emoji)) throw badUserInput('input.emoji', 'must be one emoji');
  if (found.viewerReactions.includes(emoji)) return thing;
  if (found.viewerReactions.length >= 5) throw badUserInput('input.emoji', 'is one too many');
  found.viewerReactions.push(emoji);
  const present = found.reactions.find((one) => one.emoji === emoji);
  if (present) present.count += 1;
  else found.reactions.push({ emoji, count: 1 });
  return thing;
}

/** Takes it back. */
export function takeReaction<Thing>(thing: Thing, emoji: string): Thing {
  const found = reactedOf(thing);
  if (!found.viewerReactions.includes(emoji)) return thing;
  found.viewerReactions = found.viewerReactions.filter((one) => one !== emoji);
  found.reactions = found.reactions.flatMap((one) => {
    const count = one.emoji === emoji ? one.count - 1 : one.count;
    return count > 0 ? [{ ...one, count }] : [];
  });
  return thing;
}
