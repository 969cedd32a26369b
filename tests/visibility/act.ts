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
  query: string;
  variables: Record<string, unknown>;
  /** `done`, or the code with which it is refused. */
  expected: string;
  /** What is so once it is done, of which the answer may give ids. */
  change(answer: NonNullable<OperationResult['data']>): void;
}

/** A kind of things that people do; null where this person has nothing to do it to. */
export type Act = (drawn: Drawn) => Attempt | null;
