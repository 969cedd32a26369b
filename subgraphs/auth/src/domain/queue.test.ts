import { expect, it } from 'vitest';
import { createQueue } from './queue.ts';

const full = () => new Error('full');

it('runs as many at once as allowed, and all in the end', async () => {
  const enqueue = createQueue({ atOnce: 3, maxWaiting: 100, full });
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await Promise.all(Array.from({ length: 50 }, () => enqueue(work)));
  expect(most).toBe(3);
  expect(running).toBe(0);
});

it('gives the place on when work fails', async () => {
  const enqueue = createQueue({ atOnce: 1, maxWaiting: 100, full });
  const failing = enqueue(() => Promise.reject(new Error('broken')));
  const next = enqueue(async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});

it('refuses what would wait behind too many', async () => {
  const enqueue = createQueue({ atOnce: 1, maxWaiting: 1, full });
  const gate = Promise.withResolvers<void>();
  const first = enqueue(() => gate.promise);
  const second = enqueue(async () => 'second');
  await expect(enqueue(async () => 'third')).rejects.toThrow('full');
  gate.resolve();
  await first;
  expect(await second).toBe('second');
});
