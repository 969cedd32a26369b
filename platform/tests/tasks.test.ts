import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '../src/database.ts';
import { insertTask, startTasks, type Task, task } from '../src/tasks.ts';
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
    running.push(await startTasks({ db, log, tasks }));
  };
  const order = (kind: string, subject: string) => db.transaction((tx) => insertTask(tx, kind, subject));
  const waiting = () => scratch.count('SELECT count(*) FROM task');
  const done = () => until(async () => (await waiting()) === 0, { what: 'no task' });

  /** Counts to five in the table `entry`, a step a number. */
  const counting = (kind: string, from: number, hook: (at: number) => void = () => {}) =>
    task<RawClient, number>(kind, ({ db: given }, step) =>
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
    const holding = task<RawClient, number>('holding', ({ db: given }, step) =>
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
      await insertTask(tx, 'count', 'b');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await waiting()).toBe(0);
  });
});
