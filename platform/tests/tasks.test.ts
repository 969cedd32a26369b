import { once } from 'node:events';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type Database } from '../src/database/database.ts';
import { defineTask, textTask } from '../src/durable-tasks/task-kind.ts';
import { insertTask, startTasks, type Task, type TaskBounds, task } from '../src/durable-tasks/tasks.ts';
import { uuidv7 } from '../src/ids.ts';
import { metricsText } from '../src/metrics/process-metrics.ts';
import { valueIn } from '../src/testing/counted.ts';
import { until } from '../src/testing/until.ts';
import { type RawClient, type ScratchDatabase, scratchDatabase } from './events/scratch-database.ts';

const log = pino({ level: 'silent' });

describe('tasks', () => {
  let scratch: ScratchDatabase;
  let db: Database<RawClient>;
  const running: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    scratch = await scratchDatabase();
    const real = createDatabase(scratch.url, () => ({}) as never, log);
    // The platform's part of a database, with transactions of the scratch kind.
    db = { ...real, transaction: scratch.transaction as Database<RawClient>['transaction'] };
  });
  afterEach(() => Promise.all(running.splice(0).map((tasks) => tasks.stop())));
  afterAll(async () => {
    await db.pool.end();
    await scratch.drop();
  });

  const start = async (...tasks: Task<RawClient>[]) => {
    running.push(await startTasks({ service: 'test', db, log, tasks }));
  };
  const order = (kind: string, subject: string, owner?: string) =>
    db.transaction((tx) => insertTask(tx, textTask(kind), subject, { owner: owner ?? null }));
  const waiting = () => scratch.count('SELECT count(*) FROM task');
  const done = () => until(async () => (await waiting()) === 0, { what: 'no task' });

  /** Counts to five in the table `entry`, a step a number. */
  const counting = (kind: string, from: number, hook: (at: number) => void = () => {}) =>
    task<RawClient, number>(textTask(kind), ({ db: given }, step) =>
      given.transaction(async (tx) => {
        const at = step.progress ?? 0;
        await tx.$executeRaw`INSERT INTO entry (seq) VALUES (${from + at})`;
        hook(at);
        if (at === 4) await step.finish(tx);
        else await step.save(tx, at + 1);
      }),
    );
  const entries = (from: number) =>
    scratch.count(`SELECT count(*) FROM entry WHERE seq >= ${from} AND seq < ${from + 100}`);

  it('does a task step by step until it is finished, and remembers how far it is', async () => {
    await start(counting('count', 100));
    await order('count', 'a');
    await done();
    expect(await entries(100)).toBe(5);
  });

  it('does once what is ordered twice before it is over', async () => {
    await order('twice', 'a');
    await order('twice', 'a');
    expect(await waiting()).toBe(1);
    await start(counting('twice', 200));
    await done();
    expect(await entries(200)).toBe(5);
  });

  it('is seen in the metrics: what was done, failed and was tried again, what waits and for how long', async () => {
    const labels = { service: 'test', kind: 'seen' };
    const read = async () => {
      const text = await metricsText();
      const steps = (end: string) => valueIn(text, 'socialhub_task_steps_total', { ...labels, end });
      const ends = { done: steps('done'), saved: steps('saved'), failed: steps('failed') };
      const [waits, failing, oldest] = ['waiting', 'failing', 'oldest_seconds'].map((what) =>
        valueIn(text, `socialhub_tasks_${what}`, labels),
      );
      const retried = valueIn(text, 'socialhub_task_retries_total', labels);
      return { ...ends, retried, waiting: waits, failing, oldest };
    };
    await order('seen', 'early');
    await scratch.pool.query(
      "UPDATE task SET turn_at = turn_at - interval '100 seconds' WHERE kind = 'seen'",
    );
    let isReady = false;
    await start(
      counting('seen', 900, () => {
        if (!isReady) throw new Error('not now');
      }),
    );
    const due = (when: string) =>
      scratch.pool.query(
        `UPDATE task SET due_at = ${when}, lease_id = NULL WHERE kind = 'seen' AND failures > 0`,
      );
    // Put off for as long as any that failed: it is seen all the same.
    await until(async () => (await due("now() + interval '10 minutes'")).rowCount === 1);
    const stuck = await until(async () => {
      const seen = await read();
      return seen.failed > 0 && seen;
    });
    expect(stuck).toMatchObject({ done: 0, saved: 0, waiting: 1, failing: 1 });
    expect(stuck.oldest).toBeGreaterThanOrEqual(100);
    isReady = true;
    await due('now()');
    await scratch.pool.query("SELECT pg_notify('task', '')");
    await done();
    const seen = await until(async () => {
      const last = await read();
      return last.done === 1 && last;
    });
    expect(seen).toMatchObject({ saved: 4, waiting: 0, failing: 0, oldest: 0 });
    expect(seen.retried).toBe(seen.failed);
    expect(valueIn(await metricsText(), 'socialhub_tasks_readable', { service: 'test' })).toBe(1);
  });

  it('is about what its schema says, once for each, and reads tasks from before there were payloads', async () => {
    const parting = defineTask('parting', { personId: z.uuid(), count: z.coerce.number().int() });
    const [one, other] = [uuidv7(), uuidv7()];
    await db.transaction(async (tx) => {
      await insertTask(tx, parting, { personId: one, count: 3 });
      await insertTask(tx, parting, { personId: one, count: 3 });
      await expect(insertTask(tx, parting, { personId: 'nobody', count: 3 })).rejects.toThrow('Invalid UUID');
    });
    const { rows } = await scratch.pool.query(`SELECT subject, payload FROM task WHERE kind = 'parting'`);
    // As a version from before payloads reads it.
    expect(rows).toEqual([{ subject: `${one} 3`, payload: { personId: one, count: 3 } }]);
    const insert = `INSERT INTO task (id, kind, subject) VALUES (gen_random_uuid(), 'parting', $1)`;
    await scratch.pool.query(insert, [`${other} 4`]);
    const seen: object[] = [];
    await start(
      task<RawClient, null, { personId: string; count: number }>(parting, ({ db: given }, step) => {
        seen.push(step.payload);
        return given.transaction((tx) => step.finish(tx));
      }),
    );
    await done();
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(
      expect.arrayContaining([
        { personId: one, count: 3 },
        { personId: other, count: 4 },
      ]),
    );
  });

  it('puts off a task of which it cannot read what it is about, and does the others', async () => {
    const named = defineTask('named', { personId: z.uuid() });
    const seen: string[] = [];
    await scratch.pool.query(
      `INSERT INTO task (id, kind, subject, payload) VALUES (gen_random_uuid(), 'named', 'a', '{"personId": 7}')`,
    );
    await db.transaction((tx) => insertTask(tx, named, { personId: uuidv7() }));
    await start(
      task<RawClient, null, { personId: string }>(named, ({ db: given }, step) => {
        seen.push(step.payload.personId);
        return given.transaction((tx) => step.finish(tx));
      }),
    );
    await until(async () => seen.length === 1 && (await waiting()) === 1);
    await until(async () => (await scratch.count(`SELECT sum(failures) AS count FROM task`)) > 0);
    await scratch.pool.query(`DELETE FROM task WHERE kind = 'named'`);
  });

  it('takes back what a failing step did, and tries it again', async () => {
    let failures = 0;
    await start(
      counting('failing', 300, (at) => {
        if (at === 2 && failures < 2) {
          failures += 1;
          throw new Error('not now');
        }
      }),
    );
    await order('failing', 'a');
    await done();
    expect(failures).toBe(2);
    expect(await entries(300)).toBe(5);
  });

  it('gives a task to one of several instances, and lets none that lost it write', async () => {
    let held: (() => void) | undefined;
    let outcome: unknown;
    const holding = task<RawClient, number>(textTask('holding'), ({ db: given }, step) =>
      held
        ? given.transaction((tx) => step.finish(tx))
        : new Promise<void>((resolve) => {
            held = resolve;
          }).then(() =>
            given
              .transaction((tx) => step.finish(tx))
              .catch((error: Error) => {
                outcome = error.name;
                throw error;
              }),
          ),
    );
    await start(holding);
    await order('holding', 'a');
    await until(() => held);
    // As when the lease of an instance that hangs has lapsed.
    await scratch.pool.query('UPDATE task SET due_at = now()');
    await start(holding);
    await done();
    held?.();
    await until(() => outcome === 'TaskLost');
  });

  it('orders nothing in a transaction that rolls back', async () => {
    const failing = db.transaction(async (tx) => {
      await insertTask(tx, textTask('count'), 'b');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await waiting()).toBe(0);
  });

  describe('in one line for many owners', () => {
    /** Notes which subjects it takes, and ends at once. */
    const noting = (kind: string, seen: string[], bounds: TaskBounds) =>
      task<RawClient, null>(
        textTask(kind),
        ({ db: given }, step) => {
          seen.push(step.payload);
          return given.transaction((tx) => step.finish(tx));
        },
        bounds,
      );

    it('give whoever has one the turn after the next of whoever has many', async () => {
      const seen: string[] = [];
      for (let n = 0; n < 10; n += 1) await order('fair', `a${n}`, 'a');
      await order('fair', 'b0', 'b');
      await order('fair', 'c0', 'c');
      await order('fair', 'b1', 'b');
      await start(noting('fair', seen, { lanes: 1 }));
      await done();
      // Ordered within the same millisecond, they may come either way.
      expect([seen[0], ...seen.slice(1, 3).sort(), ...seen.slice(3, 5)]).toEqual([
        'a0',
        'b0',
        'c0',
        'a1',
        'b1',
      ]);
      expect(seen.slice(5)).toEqual(['a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9']);
    });

    it('have no more of one owner under way than the bound of their kind', async () => {
      const going = new Set<string>();
      let free = () => {};
      const gate = new Promise<void>((resolve) => {
        free = resolve;
      });
      const holding = task<RawClient, null>(
        textTask('bounded'),
        async ({ db: given }, step) => {
          going.add(step.payload);
          await gate;
          await given.transaction((tx) => step.finish(tx));
        },
        { lanes: 3, perOwner: 2 },
      );
      for (const subject of ['a0', 'a1', 'a2', 'a3']) await order('bounded', subject, 'a');
      await start(holding);
      await until(() => going.size === 2);
      await order('bounded', 'b0', 'b');
      await until(() => going.has('b0'));
      expect([...going].sort()).toEqual(['a0', 'a1', 'b0']);
      free();
      await done();
      expect(going.size).toBe(5);
    });

    it('have no more of one owner under way though many lanes look at the same moment', async () => {
      let going = 0;
      let most = 0;
      const counting = task<RawClient, null>(
        textTask('strict'),
        async ({ db: given }, step) => {
          going += 1;
          most = Math.max(most, going);
          await given.transaction(async (tx) => {
            await step.finish(tx);
            // Before the commit, after which the next one may be taken.
            going -= 1;
          });
        },
        { lanes: 6, perOwner: 1 },
      );
      for (let n = 0; n < 30; n += 1) await order('strict', `a${n}`, 'a');
      await Promise.all([start(counting), start(counting)]);
      await done();
      expect(most).toBe(1);
    });

    it('are not held up by a kind whose steps take long', async () => {
      let free = () => {};
      const gate = new Promise<void>((resolve) => {
        free = resolve;
      });
      const long = task<RawClient, null>(
        textTask('long'),
        ({ db: given }, step) => gate.then(() => given.transaction((tx) => step.finish(tx))),
        { lanes: 1 },
      );
      const seen: string[] = [];
      for (const subject of ['a', 'b', 'c']) await order('long', subject);
      await start(long, noting('short', seen, {}));
      await order('short', 'x');
      await until(() => seen.length === 1);
      free();
      await done();
    });
  });

  /** Does nothing until its signal says so, the first time. */
  const waitsOnce = (kind: string, tries: string[], bounds: TaskBounds) =>
    task<RawClient, null>(
      textTask(kind),
      async ({ db: given }, step) => {
        tries.push(step.payload);
        if (tries.length === 1) {
          await once(step.signal, 'abort');
          throw new Error('told to end');
        }
        await given.transaction((tx) => step.finish(tx));
      },
      bounds,
    );

  it('end a step whose time is over, and try it again', async () => {
    const tries: string[] = [];
    await start(waitsOnce('slow', tries, { budgetMs: 50 }));
    await order('slow', 'a');
    await done();
    expect(tries).toEqual(['a', 'a']);
  });

  it('let go of a step that does not heed its signal, which cannot write any more', async () => {
    let resume = () => {};
    let outcome = '';
    const deaf = task<RawClient, null>(
      textTask('deaf'),
      async ({ db: given }, step) => {
        if (!outcome) {
          outcome = 'waits';
          await new Promise<void>((resolve) => {
            resume = resolve;
          });
        }
        await given
          .transaction((tx) => step.finish(tx))
          .catch((error: Error) => {
            outcome = error.name;
            throw error;
          });
      },
      { budgetMs: 10, lanes: 1 },
    );
    await start(deaf);
    await order('deaf', 'a');
    await done();
    resume();
    await until(() => outcome === 'TaskLost');
  });

  it('end what is under way when they are stopped, and leave it and the rest to the next start', async () => {
    const tries: string[] = [];
    const slow = waitsOnce('stopped', tries, { lanes: 1 });
    for (const subject of ['a', 'b', 'c']) await order('stopped', subject);
    await start(slow);
    await until(() => tries.length === 1);
    const began = performance.now();
    await running.pop()?.stop();
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await waiting()).toBe(3);
    expect(await scratch.count('SELECT sum(failures) AS count FROM task')).toBe(0);
    await start(slow);
    await done();
    expect(tries).toEqual(['a', 'a', 'b', 'c']);
  });
});
