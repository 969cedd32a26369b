import { type CodedError, rateLimited, unavailable } from '../errors.ts';
import { countRefusal, type LimitName } from '../metrics/refusals.ts';

/** How much may run and wait, in all and of each owner. */
export interface FairQueueLimits {
  /** Under which it is counted who is refused. */
  name: LimitName;
  atOnce: number;
  atOncePerOwner: number;
  waiting: number;
  waitingPerOwner: number;
  /** Whose turn has not come by then is refused. */
  waitMs: number;
}

/**
 * Runs so much at once. What waits takes turns by owner, whoever came first within an owner; so that whoever asks a
 * thousand times waits for themselves.
 */
export interface FairQueue {
  /**
   * Throws RATE_LIMITED when the owner has too much waiting, or its turn does not come in time because the owner has all
   * running that one may have; UNAVAILABLE when it is everybody together. Either way the work has not begun.
   */
  run<T>(owner: string, work: () => Promise<T>, signal?: GoneSignal): Promise<T>;
  /** Runs it when there is room at once; null otherwise. */
  attempt<T>(owner: string, work: () => Promise<T>): Promise<T> | null;
}

/** Of an AbortSignal, what tells that nobody waits any more. */
export interface GoneSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface Owner {
  name: string;
  running: number;
  line: Set<() => void>;
}

export function createFairQueue(limits: FairQueueLimits): FairQueue {
  /** Those who have something running or waiting. */
  const owners = new Map<string, Owner>();
  /** Those who have something waiting, in the order of their turns. */
  const turns = new Set<Owner>();
  let running = 0;
  let waiting = 0;
  const tooMuch = () => rateLimited(Math.ceil(limits.waitMs / 1_000));
  const tooLate = (owner: Owner) => (owner.running >= limits.atOncePerOwner ? tooMuch() : unavailable());
  const refused = (error: CodedError) => {
    countRefusal(limits.name);
    return error;
  };

  const ownerOf = (name: string): Owner => {
    const present = owners.get(name);
    if (present) return present;
    const owner = { name, running: 0, line: new Set<() => void>() };
    owners.set(name, owner);
    return owner;
  };
  const forgetIdle = (owner: Owner) => {
    if (owner.running === 0 && owner.line.size === 0) owners.delete(owner.name);
  };
  const hasRoom = (owner: Owner) => running < limits.atOnce && owner.running < limits.atOncePerOwner;

  const leaveLine = (owner: Owner, enter: () => void) => {
    if (!owner.line.delete(enter)) return;
    waiting -= 1;
    if (owner.line.size === 0) turns.delete(owner);
    forgetIdle(owner);
  };

  const begin = (owner: Owner) => {
    owner.running += 1;
    running += 1;
  };
  const end = (owner: Owner) => {
    owner.running -= 1;
    running -= 1;
    for (const next of turns) {
      if (!hasRoom(next)) continue;
      const [enter] = next.line as Iterable<() => void> as [() => void];
      begin(next);
      leaveLine(next, enter);
      // Behind the others, for the next turn.
      if (turns.delete(next)) turns.add(next);
      enter();
      break;
    }
    forgetIdle(owner);
  };

  const wait = (owner: Owner, signal: GoneSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        leaveLine(owner, enter);
        // Who has gone is not refused.
        reject(signal?.aborted ? tooLate(owner) : refused(tooLate(owner)));
      };
      const timer = setTimeout(giveUp, limits.waitMs);
      signal?.addEventListener('abort', giveUp);
      owner.line.add(enter);
      waiting += 1;
      turns.add(owner);
    });

  const runNow = async <T>(owner: Owner, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } finally {
      end(owner);
    }
  };

  return {
    async run(name, work, signal) {
      const owner = ownerOf(name);
      if (hasRoom(owner)) begin(owner);
      else if (owner.line.size >= limits.waitingPerOwner || waiting >= limits.waiting || signal?.aborted) {
        const isOwn = owner.line.size >= limits.waitingPerOwner;
        forgetIdle(owner);
        throw refused(isOwn ? tooMuch() : tooLate(owner));
      } else await wait(owner, signal);
      return runNow(owner, work);
    },
    attempt(name, work) {
      const owner = ownerOf(name);
      if (hasRoom(owner)) {
        begin(owner);
        return runNow(owner, work);
      }
      forgetIdle(owner);
      countRefusal(limits.name);
      return null;
    },
  };
}
