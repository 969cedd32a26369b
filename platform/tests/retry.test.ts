import { describe, expect, it } from 'vitest';
import { awaitReplica, isFresh } from '../src/database/await-replica.ts';
import { uuidv7 } from '../src/ids.ts';
import { backoff, retry } from '../src/retry.ts';

describe('backoff', () => {
  it('doubles up to its maximum, and never exceeds it', () => {
    for (let attempt = 1; attempt <= 60; attempt += 1) {
      const wait = backoff(attempt, { baseMs: 100, maxMs: 5_000 });
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(Math.min(5_000, 100 * 2 ** (attempt - 1)));
    }
  });
});

describe('retry', () => {
  const options = { attempts: 4, baseMs: 1, maxMs: 2 };
  const failingUntil = (success: number) => {
    const calls: number[] = [];
    const work = async (attempt: number) => {
      calls.push(attempt);
      if (attempt < success) throw new Error(`attempt ${attempt}`);
      return 'done';
    };
    return { calls, work };
  };

  it('gives the first success', async () => {
    const { calls, work } = failingUntil(3);
    expect(await retry(work, options)).toBe('done');
    expect(calls).toEqual([1, 2, 3]);
  });

  it('throws the last error after the last attempt', async () => {
    await expect(retry(failingUntil(9).work, options)).rejects.toThrow('attempt 4');
  });

  it('throws at once what is not worth another try, and when the signal has aborted', async () => {
    const { work } = failingUntil(9);
    await expect(retry(work, { ...options, isWorthRetrying: () => false })).rejects.toThrow('attempt 1');
    await expect(retry(work, { ...options, signal: AbortSignal.abort() })).rejects.toThrow('attempt 1');
  });
});

describe('awaitReplica', () => {
  const by = (owner: string, arrivedAt = performance.now()) => ({ owner, arrivedAt });

  it('gives what comes in a moment', async () => {
    let asked = 0;
    const find = async () => (++asked === 3 ? 'here' : null);
    expect(await awaitReplica(by('ada'), find)).toBe('here');
  });

  it('gives null when it does not come in time', async () => {
    expect(await awaitReplica(by('ada', performance.now() - 5_960), async () => null)).toBeNull();
  });

  it('looks once when its operation has waited for as long as it may', async () => {
    let looks = 0;
    const find = async () => {
      looks += 1;
      return null;
    };
    expect(await awaitReplica(by('ada', performance.now() - 6_001), find)).toBeNull();
    expect(looks).toBe(1);
  });

  it('keeps no more than two of one owner waiting: the others look once', async () => {
    let looks = 0;
    const find = async () => {
      looks += 1;
      return null;
    };
    const gone = new AbortController();
    const waiting = [1, 2].map(() => awaitReplica({ ...by('ada'), signal: gone.signal }, async () => null));
    await new Promise(setImmediate);
    expect(await awaitReplica(by('ada'), find)).toBeNull();
    expect(looks).toBe(1);
    let asked = 0;
    expect(await awaitReplica(by('bob'), async () => (++asked === 2 ? 'here' : null))).toBe('here');
    gone.abort();
    expect(await Promise.all(waiting)).toEqual([null, null]);
  });

  it('is for ids made a moment ago', () => {
    expect(isFresh(uuidv7())).toBe(true);
    expect(isFresh(uuidv7(Date.now() - 20_000))).toBe(false);
  });
});
