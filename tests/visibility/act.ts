import type { OperationResult } from '@socialhub/platform/testing/until';
import type { Facts, PersonFact } from './facts.ts';
import type { Random } from './random.ts';

/** The outcome of what is done. */
export const done = 'done';

/** In which world, by whom, and with what luck. */
export interface Drawn {
  facts: Facts;
  actor: PersonFact;
  random: Random;
}

/** One thing that somebody asks for. */
export interface Attempt {
  /** Who asks, where it is not the actor. */
  by?: PersonFact;
  query: string;
  variables: Record<string, unknown>;
  /** `done`, or the code with which it is refused. */
  expected: string;
  /** What is so once it is done, of which the answer may give ids; resolves when it is. */
  change(answer: NonNullable<OperationResult['data']>): void | Promise<void>;
}

/** Who does what only moderators may: most of the time one of them, else the actor, who is refused. */
export function moderating({ facts, actor, random }: Drawn): { by: PersonFact; may: string } {
  const moderator = [...facts.people.values()].find(({ isModerator }) => isModerator);
  const by = moderator && random.chance(0.9) ? moderator : actor;
  return { by, may: by.isModerator ? done : 'FORBIDDEN' };
}

/** What a rule forbids or allows is rare by chance: has it happen, one thing after the other, where the world has what it takes. */
export type Scene = (stage: Omit<Drawn, 'actor'>) => Iterable<Attempt | null>;

/** A kind of things that people do; null where this person has nothing to do it to. */
export type Act = (drawn: Drawn) => Attempt | null;
