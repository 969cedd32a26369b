import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Breaker, type BreakerState, createBreaker, type Outcome } from './breaker.ts';

const options = { consecutive: 3, ratio: 0.5, atLeast: 10, windowMs: 1000, openMs: 500 };
let time: number;
let changes: BreakerState[];
let breaker: Breaker;

beforeEach(() => {
  time = 0;
  changes = [];
  breaker = createBreaker(
    options,
    (state) => changes.push(state),
    () => time,
  );
});

function end(outcome: Outcome): void {
  const admission = breaker.admit();
  if (admission === null) throw new Error('not let through');
  breaker.report(admission, outcome);
}

const times = (count: number, outcome: Outcome) => {
  for (let i = 0; i < count; i++) end(outcome);
};

test('failures in a row open it, a success between them does not let them be in a row', () => {
  times(2, 'failed');
  end('succeeded');
  times(2, 'failed');
  expect(breaker.state).toBe('closed');
  end('failed');
  expect(breaker.state).toBe('open');
  expect(breaker.admit()).toBeNull();
});

test('a share of failures opens it once enough has ended', () => {
  for (let i = 0; i < 4; i++) {
    end('succeeded');
    end('failed');
  }
  end('succeeded');
  expect(breaker.state).toBe('closed');
  end('failed');
  expect(breaker.state).toBe('open');
});

test('what has ended before the window counts no more', () => {
  for (let i = 0; i < 4; i++) {
    end('failed');
    end('succeeded');
  }
  time = 1600;
  end('succeeded');
  end('failed');
  expect(breaker.state).toBe('closed');
});

test('what shows nothing of the health of the subgraph counts neither way', () => {
  times(2, 'failed');
  times(50, 'revoked');
  expect(breaker.state).toBe('closed');
  end('failed');
  expect(breaker.state).toBe('open');
});

describe('when it has been open for its time', () => {
  beforeEach(() => {
    times(3, 'failed');
    time = 499;
    expect(breaker.admit()).toBeNull();
    time = 500;
  });

  test('one probe is let through and no other', () => {
    expect(breaker.admit()).not.toBeNull();
    expect(breaker.state).toBe('half-open');
    expect(breaker.admit()).toBeNull();
  });

  test('a good probe closes it', () => {
    end('succeeded');
    expect(breaker.state).toBe('closed');
    times(2, 'failed');
    expect(breaker.state).toBe('closed');
    expect(changes).toEqual(['open', 'half-open', 'closed']);
  });

  test('a bad probe keeps it open for as long again', () => {
    end('failed');
    time = 999;
    expect(breaker.admit()).toBeNull();
    time = 1000;
    expect(breaker.admit()).not.toBeNull();
  });

  test('a probe whose client has gone leaves room for another', () => {
    end('revoked');
    expect(breaker.state).toBe('half-open');
    expect(breaker.admit()).not.toBeNull();
  });
});

test('what was let through before it opened says nothing about the probe', () => {
  const late = [breaker.admit(), breaker.admit()].map((admission) => admission ?? -1);
  times(3, 'failed');
  time = 500;
  expect(breaker.admit()).not.toBeNull();
  breaker.report(late[0] ?? -1, 'succeeded');
  expect(breaker.state).toBe('half-open');
  breaker.report(late[1] ?? -1, 'failed');
  expect(breaker.state).toBe('half-open');
});

test('whatever happens, it lets somebody through again in the end, and one good probe closes it', () => {
  const step = fc.record({
    after: fc.nat(600),
    outcome: fc.constantFrom<Outcome>('succeeded', 'failed', 'revoked'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      let now = 0;
      const any = createBreaker(
        options,
        () => undefined,
        () => now,
      );
      for (const { after, outcome } of steps) {
        now += after;
        const admission = any.admit();
        if (admission !== null) any.report(admission, outcome);
      }
      now += options.openMs;
      const admission = any.admit();
      if (admission === null) return false;
      any.report(admission, 'succeeded');
      return any.state === 'closed';
    }),
  );
});
