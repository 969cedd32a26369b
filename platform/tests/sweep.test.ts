import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startSweep } from '../src/lifecycle/sweep.ts';
import { until } from '../src/testing/until.ts';

test('a turn that throws is logged, and the next one comes all the same', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  let turns = 0;
  const sweep = startSweep({
    name: 'a test',
    everyMs: 2,
    log,
    turn: async () => {
      turns += 1;
      if (turns === 1) throw new Error('not this time');
    },
  });
  await until(() => turns >= 3);
  await sweep.stop();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 40,
    sweep: 'a test',
    err: { message: 'not this time' },
  });
});

test('turns never overlap, and stop aborts the one under way, waits for it and lets none begin', async () => {
  let underWay = 0;
  let begun = 0;
  let aborted = false;
  const sweep = startSweep({
    name: 'a test',
    everyMs: 1,
    log: pino({ level: 'silent' }),
    turn: async (signal) => {
      begun += 1;
      underWay += 1;
      if (begun < 3) await new Promise((resolve) => setImmediate(resolve));
      else await new Promise((resolve) => signal.addEventListener('abort', resolve));
      expect(underWay).toBe(1);
      aborted = signal.aborted;
      underWay -= 1;
    },
  });
  await until(() => begun === 3);
  await sweep.stop();
  expect([underWay, aborted]).toEqual([0, true]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toBe(3);
});
