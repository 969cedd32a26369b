import { createSemaphore, type Semaphore, SemaphoreFull, type Waiter } from '../concurrency/semaphore.ts';
import type { EngineLog } from '../log.ts';
import { performWithin } from './budget.ts';
import { guessMs } from './guess.ts';
import type { Outcome, Task } from './messages.ts';
import { createRecentUse } from './recent-use.ts';
import type { PlanningThread } from './thread.ts';
import { createThreads } from './threads.ts';

export interface LaneOptions {
  /** For one task: time on a core; five times as much by the clock. */
  budgetMs: number;
  /** What takes longer leaves the lane of the light ones when somebody waits there. */
  lightMs: number;
  /** Whoever has used so much lately begins in the lane of the heavy ones. */
  heavyAskerMs: number;
  /** Until its turn has come. */
  waitMs: number;
  /** Tasks that may wait in each lane, in all and of each asker. */
  waiting: number;
  waitingOfEach: number;
}

/** Why a task was not performed: its turn did not come in time, too much of its asker's or of everybody's waits, or there is no thread. */
export type NotPerformed = 'late' | 'own crowd' | 'crowd' | 'no thread';
export type Performed = { outcome: Outcome; ms: number } | { outcome: null; why: NotPerformed };

/**
 * Two lanes with a thread each. Nobody can tell how long an operation takes to plan until it is planned. So what is asked
 * begins in the lane of the light ones, where whoever used least lately goes first. What turns out to take long while
 * others wait goes on in the other lane, and the other lane's thread does the light ones. Where that lane is taken, it is
 * stopped as soon as a third thread is there, and begins anew when its turn comes. Whoever has had such lately begins
 * there at once: the light ones wait for a heavy one of each newcomer at most, and for a moment of it.
 */
export interface Lanes {
  perform(task: Task, asker: string): Promise<Performed>;
  readonly waiting: number;
  /** How many wait or are performed. */
  readonly size: number;
  stop(): void;
}

interface Lane {
  readonly line: Semaphore;
  thread: PlanningThread | null;
  /** What its thread performs. */
  job: Job | null;
}

interface Job extends Waiter {
  readonly task: Task;
  readonly share: string;
  lane: Lane;
  /** It has taken longer than what is light. */
  isLong: boolean;
  /** Its thread was stopped for the sake of others: it begins anew. */
  isStopped: boolean;
  /** Of its asker's use, what is this one's; in advance where it is long. */
  charged: number;
  readonly lateAt: number;
  patience: NodeJS.Timeout | undefined;
  settle(performed: Performed): void;
}

const halfLifeMs = 60_000;

export function createLanes(options: LaneOptions, startThread: () => PlanningThread, log: EngineLog): Lanes {
  const { budgetMs, lightMs, heavyAskerMs, waitMs } = options;
  const use = createRecentUse({ halfLifeMs });
  const threads = createThreads(startThread, () => relieve());
  const line = { width: 1, queue: options.waiting, widthOfShare: 1, queueOfShare: options.waitingOfEach };
  const createLane = (thread: PlanningThread | null): Lane => ({
    line: createSemaphore(line),
    thread,
    job: null,
  });
  const light = createLane(threads.start());
  const heavy = createLane(null);
  /** Takes the place of one whose task is stopped. */
  let standby: PlanningThread | null = null;
  const jobs = new Set<Job>();
  let isOver = false;

  const charge = (job: Job, ms: number) => {
    use.add(job.share, ms - job.charged);
    job.charged = ms;
  };
  const settle = (job: Job, performed: Performed) => {
    if (!jobs.delete(job)) return;
    clearTimeout(job.patience);
    job.settle(performed);
  };
  const wait = (job: Job) => {
    job.patience = setTimeout(
      () => {
        if (job.charged > 0) charge(job, lightMs);
        job.lane.line.giveUp(job);
        settle(job, { outcome: null, why: 'late' });
      },
      Math.max(0, job.lateAt - performance.now()),
    );
  };

  /** Lets those who are light go on where a long one is in their way, if there is a thread for them. */
  const relieve = () => {
    const { job, thread } = light;
    if (!job?.isLong || job.isStopped || light.line.waiting === 0 || !thread) return;
    if (heavy.line.inside === 0) {
      if (!heavy.thread || !threads.isReady(heavy.thread)) return;
      light.thread = heavy.thread;
      light.job = null;
      heavy.thread = thread;
      heavy.job = job;
      job.lane = heavy;
      charge(job, budgetMs);
      heavy.line.enter(job);
      light.line.leave(job);
      // The next long one finds this lane taken.
      standby ??= threads.start();
    } else if (standby && threads.isReady(standby)) {
      light.thread = standby;
      standby = threads.start();
      job.isStopped = true;
      charge(job, budgetMs);
      threads.stop(thread);
    }
  };
  const isLong = (job: Job) => {
    job.isLong = true;
    if (heavy.line.inside === 0) heavy.thread ??= threads.start();
    else standby ??= threads.start();
    relieve();
  };

  async function threadOf(lane: Lane): Promise<PlanningThread> {
    if (!lane.thread && lane === light) {
      // Whoever is light has what there is.
      if (heavy.thread && heavy.line.inside === 0) [lane.thread, heavy.thread] = [heavy.thread, null];
      else [lane.thread, standby] = [standby, null];
    }
    lane.thread ??= threads.start();
    const { thread } = lane;
    try {
      await threads.waitFor(thread);
      return thread;
    } catch (error) {
      lose(thread);
      throw error;
    }
  }
  const lose = (thread: PlanningThread) => {
    for (const lane of [light, heavy]) if (lane.thread === thread) lane.thread = null;
    threads.stop(thread);
  };

  /** Undefined: it was stopped for the sake of others. */
  async function performOn(thread: PlanningThread, job: Job): Promise<Performed | undefined> {
    job.lane.job = job;
    const long = job.lane === light ? { ms: lightMs, tell: () => isLong(job) } : null;
    const { outcome, ms } = await performWithin(thread, job.task, budgetMs, long);
    if (outcome) {
      charge(job, thread.lastMs);
      return { outcome, ms };
    }
    if (job.isStopped && !isOver) return undefined;
    lose(thread);
    charge(job, budgetMs);
    if (!isOver) log.warn({ from: 'planning', kind: job.task.kind }, 'an operation took more than may be');
    return { outcome: { kind: 'too complex' }, ms };
  }

  /** Performs what is in: gives the lane in which it has to wait once more, if it has to. */
  async function advance(job: Job): Promise<Lane | null> {
    if (job.lane === light && use.of(job.share) >= heavyAskerMs) return heavy;
    try {
      // Its time to wait goes on until there is a thread.
      const thread = await threadOf(job.lane);
      if (!jobs.has(job)) return null;
      clearTimeout(job.patience);
      const performed = await performOn(thread, job);
      if (performed) settle(job, performed);
      else {
        job.isLong = false;
        job.isStopped = false;
        wait(job);
        return heavy;
      }
    } catch (error) {
      log.error({ err: error }, 'no thread can plan operations');
      settle(job, { outcome: null, why: 'no thread' });
    }
    return null;
  }
  const begin = async (job: Job): Promise<void> => {
    const next = await advance(job);
    const { lane } = job;
    if (lane.job === job) lane.job = null;
    if (next) enter(job, next);
    lane.line.leave(job);
  };
  const enter = (job: Job, lane: Lane) => {
    job.lane = lane;
    try {
      if (lane.line.enter(job)) void begin(job);
      else relieve();
    } catch (error) {
      if (!(error instanceof SemaphoreFull)) throw error;
      job.refused(error);
    }
  };

  return {
    perform: (task, share) =>
      new Promise((resolve) => {
        const guessed = guessMs(task.text);
        const job: Job = {
          task,
          share,
          lane: light,
          isLong: false,
          isStopped: false,
          charged: 0,
          lateAt: performance.now() + waitMs,
          patience: undefined,
          rank: () => use.of(share) + guessed,
          entered: () => void begin(job),
          refused: ({ isOwn }) => settle(job, { outcome: null, why: isOwn ? 'own crowd' : 'crowd' }),
          settle: resolve,
        };
        jobs.add(job);
        wait(job);
        enter(job, light);
      }),
    get waiting() {
      return light.line.waiting + heavy.line.waiting;
    },
    get size() {
      return jobs.size;
    },
    stop() {
      isOver = true;
      for (const job of jobs) {
        if (job === light.job || job === heavy.job) continue;
        job.lane.line.giveUp(job);
        settle(job, { outcome: null, why: 'late' });
      }
      threads.stopAll();
    },
  };
}
