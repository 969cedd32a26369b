import { type Count, countOf, differences } from './count.ts';
import type { Deeds } from './do.ts';
import type { World } from './read.ts';

/** Rows of the report by what was done, and how many of what should follow from it do not. */
export interface Verdict {
  counts: Record<string, Count>;
  /** What follows by events: timelines and counts. */
  differences: Record<string, number>;
}

const authorOf = (text: string) => Number(/ of (\d+)$/.exec(text)?.[1]);

/** Compares what was done with what is there, and what is there in one service with what others made of it. */
export function judge(deeds: Deeds, world: World, firstPosts: readonly string[]): Verdict {
  const people = firstPosts.map((_, number) => number);
  const written = world.posts.filter((text) => !firstPosts.includes(text));
  const follows = { told: 0, wrong: 0 };
  for (const [pair, isFollowing] of deeds.follows) {
    if (isFollowing === undefined) continue;
    follows.told += 1;
    if (world.follows.has(pair) !== isFollowing) follows.wrong += 1;
  }
  const everything = [...firstPosts, ...written];
  const homes = people.map((reader) => {
    const expected = everything.filter(
      (text) => authorOf(text) === reader || world.follows.has(`${reader} ${authorOf(text)}`),
    );
    const home = world.homes[reader] ?? [];
    return differences(new Set(expected), new Set(home)) + home.length - new Set(home).size;
  });
  const reactors = people.map((author) => {
    const of = (names: ReadonlySet<string>) =>
      [...names].filter((name) => name.endsWith(` to ${author}`)).length;
    return { least: of(deeds.reactions.acknowledged), most: of(deeds.reactions.attempted) };
  });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    counts: {
      messages: countOf(deeds.messages, world.messages),
      posts: countOf(deeds.posts, written),
      comments: countOf(deeds.comments, world.comments),
    },
    differences: {
      [`of ${follows.told} follows, those that are not as they were left`]: follows.wrong,
      'posts that home timelines lack, have twice or should not have': sum(homes),
      'posts whose count of reactions is wrong': reactors.filter(
        ({ least, most }, author) =>
          (world.reactions[author] ?? 0) < least || (world.reactions[author] ?? 0) > most,
      ).length,
    },
  };
}
