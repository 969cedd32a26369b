/** When a circuit breaker opens, and for how long. */
export interface BreakerOptions {
  /** Opens after so many failures with no success between them. */
  consecutive: number;
  /** Opens also when this share of what ended within the window has failed, if there was `atLeast` so much. */
  ratio: number;
  atLeast: number;
  windowMs: number;
  /** Then one fetch is let through as a probe; its outcome closes the breaker or keeps it open for as long again. */
  openMs: number;
}

export const defaultBreakerOptions: BreakerOptions = {
  consecutive: 10,
  ratio: 0.5,
  atLeast: 20,
  windowMs: 10_000,
  openMs: 5000,
};

export type BreakerState = 'closed' | 'half-open' | 'open';
/** `revoked`: it has shown nothing of the subgraph's health. */
export type Outcome = 'succeeded' | 'failed' | 'revoked';
/** Belongs to one fetch that was let through. */
export type Admission = number;

/** Keeps fetches from a subgraph that is not well. */
export interface Breaker {
  readonly state: BreakerState;
  /** Null: no. Otherwise `report` has to be called with it, exactly once. */
  admit(): Admission | null;
  report(admission: Admission, outcome: Outcome): void;
}

/** `changed` is told of every change of state. `now` is there for tests. */
export function createBreaker(
  options: BreakerOptions,
  changed: (state: BreakerState) => void,
  now: () => number = performance.now.bind(performance),
): Breaker {
  let state: BreakerState = 'closed';
  // What was let through before the last change of state tells of a time that is over.
  let era = 0;
  let probing = false;
  let openUntil = 0;
  let inARow = 0;
  // The window is a half that is being filled and the half before it.
  let half = emptyHalf(now());
  let before = emptyHalf(0);

  const become = (next: BreakerState) => {
    state = next;
    era += 1;
    probing = false;
    inARow = 0;
    half = emptyHalf(now());
    before = emptyHalf(0);
    if (next === 'open') openUntil = now() + options.openMs;
    changed(next);
  };

  const count = (failed: boolean) => {
    const time = now();
    const halfMs = options.windowMs / 2;
    if (time - half.since >= halfMs) {
      before = time - half.since < options.windowMs ? half : emptyHalf(0);
      half = emptyHalf(time);
    }
    half.ended += 1;
    if (failed) half.failed += 1;
    inARow = failed ? inARow + 1 : 0;
  };

  const isTooMuch = () => {
    if (inARow >= options.consecutive) return true;
    const ended = half.ended + before.ended;
    return ended >= options.atLeast && (half.failed + before.failed) / ended >= options.ratio;
  };

  return {
    get state() {
      return state;
    },
    admit() {
      if (state === 'closed') return era;
      if (state === 'open') {
        if (now() < openUntil) return null;
        become('half-open');
      }
      if (probing) return null;
      probing = true;
      return era;
    },
    report(admission, outcome) {
      if (admission !== era) return;
      if (state === 'half-open') {
        if (outcome === 'revoked') probing = false;
        else become(outcome === 'succeeded' ? 'closed' : 'open');
      } else if (outcome !== 'revoked') {
        count(outcome === 'failed');
        if (outcome === 'failed' && isTooMuch()) become('open');
      }
    },
  };
}

const emptyHalf = (since: number) => ({ since, ended: 0, failed: 0 });
