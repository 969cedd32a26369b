import { expect, test } from 'vitest';
import { createEventTurns } from '../src/subgraph/event-turns.ts';
import { refusalsBy } from '../src/testing/counted.ts';
import { until } from '../src/testing/until.ts';

function start() {
  const turns = createEventTurns();
  const begun: string[] = [];
  const reads: PromiseWithResolvers<string>[] = [];
  const { signal } = new AbortController();
  const run = (viewerId: string | undefined, name: string, gone = signal) =>
    turns.run(
      viewerId,
      () => {
        begun.push(name);
        const read = Promise.withResolvers<string>();
        reads.push(read);
        return read.promise;
      },
      gone,
    );
  return { begun, reads, run };
}

test('events of one viewer are read one after the other, others’ and nobody’s beside them', async () => {
  const { begun, reads, run } = start();
  const first = run('ada', 'a1');
  const second = run('ada', 'a2');
  run('bob', 'b1');
  run(undefined, 'n1');
  run(undefined, 'n2');
  expect(begun).toEqual(['a1', 'b1', 'n1', 'n2']);
  reads[0]?.resolve('read');
  expect(await first).toBe('read');
  await until(() => begun.includes('a2'));
  reads[4]?.reject(new Error('away'));
  await expect(second).rejects.toThrow('away');
});

test('one that waited is given at once, and followed by a pause as long as it took', async () => {
  const { begun, reads, run } = start();
  const [first, second] = [run('ada', 'a1'), run('ada', 'a2')];
  run('ada', 'a3');
  reads[0]?.resolve('');
  await first;
  await until(() => begun.length === 2);
  const beganAt = performance.now();
  await until(() => performance.now() - beganAt > 40);
  reads[1]?.resolve('');
  await second;
  const givenAt = performance.now();
  expect(begun).toEqual(['a1', 'a2']);
  await until(() => begun.length === 3);
  expect(performance.now() - givenAt).toBeGreaterThan((givenAt - beganAt) / 2);
});

test('whoever has gone gives their place to the next', async () => {
  const { begun, reads, run } = start();
  run('ada', 'a1');
  const gone = new AbortController();
  const left = run('ada', 'a2', gone.signal);
  run('ada', 'a3');
  gone.abort();
  await expect(left).rejects.toThrow();
  reads[0]?.resolve('');
  await until(() => begun.length === 2);
  expect(begun).toEqual(['a1', 'a3']);
});

test('more than 1,024 of one viewer do not wait, and are counted', async () => {
  const { run } = start();
  const counted = await refusalsBy('events');
  const gone = new AbortController();
  for (let n = 0; n <= 1_024; n += 1) run('ada', 'a', gone.signal).catch(() => undefined);
  await expect(run('ada', 'a', gone.signal)).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
  expect(await counted()).toBe(1);
  gone.abort();
});
