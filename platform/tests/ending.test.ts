import { expect, it } from 'vitest';
import { endWithinMs, hardExitMs, killedAfterMs } from '../src/end-deadlines.ts';
import { createEnding } from '../src/lifecycle/ending.ts';

it('all waits of an end are over before the process exits, and that before it is killed', () => {
  const sum = Object.values(endWithinMs).reduce((whole, ms) => whole + ms, 0);
  expect(sum).toBeLessThan(hardExitMs);
  expect(hardExitMs).toBeLessThan(killedAfterMs);
});

it('ends the last part first, and goes on when one fails', async () => {
  const ending = createEnding();
  const ended: string[] = [];
  ending.defer('database', () => void ended.push('database'));
  const parts = ending.stack('parts');
  parts.defer(() => void ended.push('first of its own'));
  for (const fault of ['one', 'two']) parts.defer(() => Promise.reject(new Error(fault)));
  ending.defer('work', () => {
    throw new Error('three');
  });
  ending.defer('answers', async () => void ended.push('answers'));
  const faults = await ending.run();
  expect(ended).toEqual(['answers', 'first of its own', 'database']);
  expect(faults.map((fault) => (fault as Error).message)).toEqual(['three', 'two', 'one']);
  expect(await ending.run()).toEqual([]);
});

it('leaves what hangs when the time of its part is over, which all ends of that part share', async () => {
  const ending = createEnding({ ...endWithinMs, work: 100 });
  const ended: string[] = [];
  const hang = () => new Promise<never>(() => undefined);
  ending.defer('database', () => void ended.push('database'));
  for (let count = 0; count < 20; count += 1) ending.defer('work', hang);
  const began = performance.now();
  const faults = await ending.run();
  // Twenty times as long, had each its own.
  expect(performance.now() - began).toBeLessThan(1_500);
  expect(faults).toHaveLength(20);
  expect(faults[0]).toMatchObject({ message: expect.stringContaining('"work" did not end in time') });
  expect(ended).toEqual(['database']);
});
