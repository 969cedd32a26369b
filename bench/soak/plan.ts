import type { Part } from '../rolling/matrix.ts';

/** Something that a person does. `target` is of whom, or whose post. */
export interface Step {
  kind: 'message' | 'post' | 'comment' | 'react' | 'follow' | 'unfollow';
  target: number;
  /** Before it. */
  pauseMs: number;
}

/** Something that is taken away. */
export interface Blow {
  part: Part | 'sockets';
  afterMs: number;
  awayMs: number;
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const weights: Record<Step['kind'], number> = {
  message: 45,
  post: 15,
  comment: 15,
  react: 5,
  follow: 12,
  unfollow: 8,
};

/** What a person does, one thing after another, without an end. */
export function* stepsOf(seed: number, person: number, people: number): Generator<Step, never> {
  const random = randomOf(seed * 1_000 + person + 1);
  for (;;) {
    let left = random() * Object.values(weights).reduce((sum, weight) => sum + weight);
    const kind = (Object.entries(weights) as [Step['kind'], number][]).find(([, weight]) => {
      left -= weight;
      return left < 0;
    })?.[0];
    const target = (person + 1 + Math.floor(random() * (people - 1))) % people;
    yield { kind: kind ?? 'message', target, pauseMs: 100 + random() * 900 };
  }
}

const calmMs = { least: 3_000, most: 8_000 };
const awayMs = { least: 500, most: 5_000 };

/** What is taken away meanwhile: every part in turn, in another order each round, and sockets between them. */
export function blowsOf(seed: number, minutes: number, parts: readonly Part[]): Blow[] {
  const random = randomOf(seed);
  const between = ({ least, most }: typeof calmMs) => Math.round(least + random() * (most - least));
  const blows: Blow[] = [];
  for (let at = 0; ; ) {
    const round = parts.map((part) => ({ part, place: random() })).sort((a, b) => a.place - b.place);
    for (const { part } of round) {
      for (const one of [part, 'sockets'] as const) {
        const blow = { part: one, afterMs: between(calmMs), awayMs: one === 'sockets' ? 0 : between(awayMs) };
        at += blow.afterMs + blow.awayMs;
        if (at > minutes * 60_000) return blows;
        blows.push(blow);
      }
    }
  }
}
