/** More wait than may wait. */
export class SemaphoreFull extends Error {
  override readonly name = 'SemaphoreFull';
  /** Whether it is the share that has all that one may have; otherwise everybody together has too much. */
  readonly isOwn: boolean;

  constructor(message: string, isOwn: boolean) {
    super(message);
    this.isOwn = isOwn;
  }
}

/** Is told what becomes of its wait. */
export interface Waiter {
  /** Who has it wait: those of one share wait behind each other. Undefined: nobody in particular. */
  readonly share: string | undefined;
  /** Of those whose shares cost nothing to have many of. It is the same for all of a share. */
  readonly isOfCrowd?: boolean | undefined;
  /** Of those who are next in their shares, whoever has least goes in first. Without it they take turns. */
  rank?(): number;
  entered(): void;
  /** Its place went to somebody who has fewer waiting. */
  refused(error: SemaphoreFull): void;
}

/** Lets so many in at once; so many more wait. Shares take turns, and within a share whoever came first. */
export interface Semaphore {
  readonly inside: number;
  readonly waiting: number;
  /** True when there is room at once; else `waiter` is told when it is in. Throws SemaphoreFull. */
  enter(waiter: Waiter): boolean;
  /** Whether those of its share who are inside are as many as may be: it waits for its own. */
  waitsForOwn(waiter: Waiter): boolean;
  /** Waits no more; to be called before it is in. */
  giveUp(waiter: Waiter): void;
  /** To be called once by everyone who is in. */
  leave(waiter: Waiter): void;
}

export interface SemaphoreOptions {
  width: number;
  queue: number;
  /** How many of each share may be inside, and wait: nobody has the whole of it, though the rest lies idle. */
  widthOfShare: number;
  queueOfShare: number;
  /** Of both, what the crowd may have together: however many they are, the others find room. All of it, unless it is said. */
  widthOfCrowd?: number | undefined;
  queueOfCrowd?: number | undefined;
}

interface Share {
  readonly name: string | undefined;
  /** What it is counted with, beside itself. */
  readonly side: Side;
  inside: number;
  readonly queue: Set<Waiter>;
}

/** The crowd, or the others. */
interface Side {
  readonly width: number;
  readonly longest: number;
  inside: number;
  waiting: number;
}

export function createSemaphore(options: SemaphoreOptions): Semaphore {
  const { width, queue } = options;
  const crowd: Side = {
    width: options.widthOfCrowd ?? width,
    longest: options.queueOfCrowd ?? queue,
    inside: 0,
    waiting: 0,
  };
  const others: Side = { width, longest: queue, inside: 0, waiting: 0 };
  /** Those that have somebody inside or waiting. */
  const shares = new Map<string | undefined, Share>();
  /** Those that have somebody waiting, in the order of their turns. */
  const turns = new Set<Share>();
  const inside = () => crowd.inside + others.inside;
  const waiting = () => crowd.waiting + others.waiting;

  const shareOf = ({ share: name, isOfCrowd }: Waiter): Share => {
    const present = shares.get(name);
    if (present) return present;
    const share = { name, side: isOfCrowd ? crowd : others, inside: 0, queue: new Set<Waiter>() };
    shares.set(name, share);
    return share;
  };
  const forgetIdle = (share: Share) => {
    if (share.inside === 0 && share.queue.size === 0) shares.delete(share.name);
  };
  const hasAll = ({ name, inside: ofShare }: Share) => name !== undefined && ofShare >= options.widthOfShare;
  const hasRoom = (share: Share) =>
    inside() < width && share.side.inside < share.side.width && !hasAll(share);
  const letIn = (share: Share) => {
    share.inside += 1;
    share.side.inside += 1;
  };

  const unqueue = (share: Share, waiter: Waiter) => {
    if (!share.queue.delete(waiter)) return;
    share.side.waiting -= 1;
    if (share.queue.size === 0) turns.delete(share);
  };

  /** Whoever has most waiting gives way to whoever has less; where the crowd has all that it may, one of it. */
  const makeRoomFor = (share: Share) => {
    const isSideFull = share.side.waiting >= share.side.longest;
    let longest = share;
    for (const other of turns) {
      if (isSideFull && other.side !== share.side) continue;
      if (other.queue.size > longest.queue.size) longest = other;
    }
    if (longest.queue.size <= share.queue.size + 1)
      throw new SemaphoreFull(`${waiting()} wait already`, false);
    const [oldest] = longest.queue as Iterable<Waiter> as [Waiter];
    unqueue(longest, oldest);
    forgetIdle(longest);
    oldest.refused(new SemaphoreFull('its place went to another share', longest.name !== undefined));
  };

  const findNext = (): [Share, Waiter] | null => {
    let found: [Share, Waiter] | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const share of turns) {
      if (!hasRoom(share)) continue;
      const [next] = share.queue as Iterable<Waiter> as [Waiter];
      if (!next.rank) return [share, next];
      const rank = next.rank();
      if (rank >= least) continue;
      least = rank;
      found = [share, next];
    }
    return found;
  };
  const admitNext = () => {
    const found = findNext();
    if (!found) return;
    const [share, next] = found;
    unqueue(share, next);
    // Behind the others, for its next turn.
    if (turns.delete(share)) turns.add(share);
    letIn(share);
    next.entered();
  };

  return {
    get inside() {
      return inside();
    },
    get waiting() {
      return waiting();
    },
    enter(waiter) {
      const share = shareOf(waiter);
      if (hasRoom(share)) {
        letIn(share);
        return true;
      }
      if (share.name !== undefined && share.queue.size >= options.queueOfShare)
        throw new SemaphoreFull(`${share.queue.size} of one share wait already`, true);
      if (waiting() >= queue || share.side.waiting >= share.side.longest) {
        try {
          makeRoomFor(share);
        } catch (error) {
          forgetIdle(share);
          throw error;
        }
      }
      share.queue.add(waiter);
      share.side.waiting += 1;
      turns.add(share);
      return false;
    },
    waitsForOwn(waiter) {
      const share = shares.get(waiter.share);
      return share !== undefined && hasAll(share);
    },
    giveUp(waiter) {
      const share = shares.get(waiter.share);
      if (!share) return;
      unqueue(share, waiter);
      forgetIdle(share);
    },
    leave(waiter) {
      const share = shareOf(waiter);
      share.inside -= 1;
      share.side.inside -= 1;
      admitNext();
      forgetIdle(share);
    },
  };
}
