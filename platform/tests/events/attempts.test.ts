import { expect, it } from 'vitest';
import { type AttemptPolicy, attempt, usualAttempts } from '../../src/events/attempts.ts';
import { createLogger } from '../../src/log.ts';
import { mediaReady } from './media-ready.ts';

const quick: AttemptPolicy = { ...usualAttempts, attempts: 100_000, baseMs: 1, maxMs: 2 };

/** Has an event handled that fails for so long; gives how often it was tried, and for how long. */
async function handled(policy: AttemptPolicy, isCrowded: boolean, failingMs = Number.POSITIVE_INFINITY) {
  const began = performance.now();
  let tries = 0;
  const outcome = await attempt(
    mediaReady(),
    async () => {
      tries += 1;
      if (performance.now() - began < failingMs) throw new Error('not yet');
    },
    {
      service: 'user',
      policy,
      stopping: new AbortController().signal,
      log: createLogger({ level: 'silent' }),
      isCrowded: () => isCrowded,
    },
  );
  return { tries, ms: performance.now() - began, isApplied: outcome === undefined };
}

it('many that fail together have fewer attempts each', async () => {
  const policy = { ...quick, crowd: { attempts: 3, leastMs: 0 } };
  expect(await handled(policy, true)).toMatchObject({ tries: 3, isApplied: false });
  expect(await handled({ ...policy, attempts: 6 }, false)).toMatchObject({ tries: 6, isApplied: false });
});

it('... but not within a moment: what all of them need may be back by then', async () => {
  const policy = { ...quick, crowd: { attempts: 3, leastMs: 200 } };
  const { tries, ms, isApplied } = await handled(policy, true);
  expect([tries > 3, ms >= 200, isApplied]).toEqual([true, true, false]);
  const patient = { ...quick, crowd: { attempts: 3, leastMs: 10_000 } };
  expect(await handled(patient, true, 100)).toMatchObject({ isApplied: true });
  expect(usualAttempts.crowd.leastMs).toBeGreaterThan(1_000);
});

it('no attempt begins after the deadline, however many are left', async () => {
  const { ms, tries, isApplied } = await handled({ ...quick, deadlineMs: 50 }, false);
  expect([ms >= 50, tries < quick.attempts, isApplied]).toEqual([true, true, false]);
});
