import { CodedError } from '@socialhub/platform/errors';
import { createFairQueue, type FairQueue } from '@socialhub/platform/limits/fair-queue';
import type { LimitName } from '@socialhub/platform/metrics/refusals';
import type { GatewayContext } from '../context.ts';
import { tooMany } from './at-once.ts';
import { askerOf } from './rate-limit.ts';

/** From this static cost on: a page of an app has a few hundred. */
const heavyCost = 2000;
const limits = {
  name: 'costly operations' as const,
  atOnce: 8,
  atOncePerOwner: 1,
  waiting: 256,
  waitingPerOwner: 32,
  waitMs: 10_000,
};
/** What waits is bounded for each subscription as well. */
const limitsOfEvents = {
  ...limits,
  name: 'costly events' as const,
  waiting: 4096,
  waitingPerOwner: 512,
};

/**
 * Operations that cost much take tens of milliseconds each of the threads that serve everybody. What one asks for at the
 * same time is done one after the other, so that everybody else waits behind one of them and not behind all.
 */
export interface HeavyOperations {
  /** Notes what an operation costs that is about to run. */
  note(context: GatewayContext, cost: number): void;
  /** Throws RateLimited when too much of the same asker waits, UNAVAILABLE when their turn does not come in time. */
  run<Result>(work: () => Promise<Result>, context: GatewayContext): Promise<Result>;
  /** The same for what an event of a subscription has fetched, in a line of its own. */
  runEvent<Result>(work: () => Promise<Result>, context: GatewayContext, cost: number): Promise<Result>;
}

export function createHeavyOperations(): HeavyOperations {
  const operations = createFairQueue(limits);
  const events = createFairQueue(limitsOfEvents);
  const noted = new WeakSet<GatewayContext>();
  let last: Promise<void> = Promise.resolve();
  /**
   * Waits for a turn of the event loop of its own. What begins as another ends follows it at once, and of those that wait
   * for the same turn one follows the other: everybody else would wait for all of them.
   */
  const ownTurn = () => {
    last = last.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
    return last;
  };
  const runIn = async <Result>(
    queue: FairQueue,
    name: LimitName,
    work: () => Promise<Result>,
    context: GatewayContext,
  ): Promise<Result> => {
    let hasBegun = false;
    const begin = async () => {
      hasBegun = true;
      await ownTurn();
      return work();
    };
    try {
      return await queue.run(askerOf(context), begin, context.signal);
    } catch (error) {
      if (hasBegun || !(error instanceof CodedError)) throw error;
      if (error.code === 'RATE_LIMITED') throw tooMany(name, limits.atOncePerOwner);
      error.extensions.http = { status: 503 };
      throw error;
    }
  };
  return {
    note(context, cost) {
      if (cost >= heavyCost) noted.add(context);
    },
    run: async (work, context) =>
      noted.has(context) ? runIn(operations, limits.name, work, context) : work(),
    runEvent: async (work, context, cost) =>
      cost >= heavyCost ? runIn(events, limitsOfEvents.name, work, context) : work(),
  };
}
