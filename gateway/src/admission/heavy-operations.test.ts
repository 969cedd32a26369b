import { LightAbortSignal } from '@socialhub/federation-engine';
import { expect, test } from 'vitest';
import type { GatewayContext } from '../context.ts';
import { createHeavyOperations } from './heavy-operations.ts';
import { RateLimited } from './rate-limit.ts';

const from = (ipAddress: string): GatewayContext => ({
  viewer: null,
  client: { ipAddress, userAgent: null },
  requestId: '',
  signal: new LightAbortSignal(),
});

function start() {
  const heavy = createHeavyOperations();
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const run = (address: string, cost: number, context = from(address)) => {
    heavy.note(context, cost);
    return heavy.run(() => {
      begun.push(address);
      return new Promise<void>((resolve) => ends.push(resolve));
    }, context);
  };
  const runEvent = (address: string, cost: number) =>
    heavy.runEvent(
      () => {
        begun.push(`event of ${address}`);
        return new Promise<void>((resolve) => ends.push(resolve));
      },
      from(address),
      cost,
    );
  return { begun, ends, run, runEvent };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Lets all begin that may, each in a turn of its own. */
const settled = async () => {
  for (let turns = 0; turns < 20; turns += 1) await turn();
};

test('costly operations of one address run one after the other, and others’ beside them', async () => {
  const { begun, ends, run } = start();
  const all = [run('a', 2000), run('a', 5000), run('b', 2000), run('a', 1999)];
  // What costs little begins at once.
  expect(begun).toEqual(['a']);
  await settled();
  expect(begun).toEqual(['a', 'a', 'b']);
  ends[1]?.();
  await settled();
  expect(begun).toEqual(['a', 'a', 'b', 'a']);
  for (const end of ends) end();
  await Promise.all(all);
});

test('costly events of one address are fetched one after the other, beside its operations', async () => {
  const { begun, ends, run, runEvent } = start();
  const all = [runEvent('a', 2000), runEvent('a', 2000), runEvent('b', 2000), run('a', 2000)];
  all.push(runEvent('a', 1999));
  expect(begun).toEqual(['event of a']);
  await settled();
  expect(begun).toEqual(['event of a', 'event of a', 'event of b', 'a']);
  ends[1]?.();
  await settled();
  expect(begun).toEqual(['event of a', 'event of a', 'event of b', 'a', 'event of a']);
  for (const end of ends) end();
  await Promise.all(all);
});

test('each begins in a turn of the event loop of its own', async () => {
  const { begun, ends, run } = start();
  const all = Array.from({ length: 8 }, (_, at) => run(`${at}`, 2000));
  const seen: number[] = [];
  while (begun.length < 8) {
    await turn();
    seen.push(begun.length);
  }
  for (const [at, count] of seen.entries()) expect(count - (seen[at - 1] ?? 0)).toBeLessThanOrEqual(1);
  for (const end of ends) end();
  await Promise.all(all);
});

test('few run at once in all, and those that wait take turns by who asks', async () => {
  const { begun, ends, run } = start();
  const all = Array.from({ length: 20 }, (_, at) => run(`${at % 10}`, 2000));
  await settled();
  expect(begun).toHaveLength(8);
  for (let at = 0; at < 20; at += 1) {
    ends[at]?.();
    await settled();
  }
  await Promise.all(all);
  expect(begun.slice(0, 10).sort()).toEqual(Array.from({ length: 10 }, (_, at) => `${at}`));
});

test('whoever has too many waiting is told so, and who has gone gives their place back', async () => {
  const { ends, run } = start();
  const first = run('a', 2000);
  await settled();
  const gone = from('a');
  const left = run('a', 2000, gone).catch((error: unknown) => error);
  const waiting = Array.from({ length: 31 }, () => run('a', 2000));
  await expect(run('a', 2000)).rejects.toThrow(RateLimited);
  (gone.signal as LightAbortSignal).abort();
  expect(await left).toBeInstanceOf(RateLimited);
  waiting.push(run('a', 2000));
  for (let at = 0; at < 33; at += 1) {
    ends[at]?.();
    await settled();
  }
  await Promise.all([first, ...waiting]);
});
