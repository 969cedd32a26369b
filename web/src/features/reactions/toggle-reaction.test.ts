import { expect, test } from 'vitest';
import { type Reacted, toggleReaction } from './toggle-reaction.ts';

/** Emojis with how many gave them, `*` behind those of the viewer. */
const reacted = (text: string): Reacted => {
  const all = text.split(' ').map((one) => /^(.)(\d+)(\*?)$/u.exec(one) ?? []);
  return {
    reactions: all.map(([, emoji = '', count]) => ({
      __typename: 'ReactionCount',
      emoji,
      count: Number(count),
    })),
    viewerReactions: all.flatMap(([, emoji = '', , mine]) => (mine ? [emoji] : [])),
  };
};

test.each<[string, string, boolean, string]>([
  ['🎉2 👍1', '🎉', true, '🎉3* 👍1'],
  ['🎉2', '👍', true, '🎉2 👍1*'],
  ['🎉3* 👍1', '🎉', false, '🎉2 👍1'],
  ['🎉2 👍1*', '👍', false, '🎉2'],
  ['🎉3*', '🎉', true, '🎉3*'],
  ['🎉3', '🎉', false, '🎉3'],
])('of %s, with %s given %s, there is %s', (before, emoji, isGiven, after) => {
  expect(toggleReaction(reacted(before), emoji, isGiven)).toEqual(reacted(after));
});
