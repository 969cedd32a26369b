import type { AbortSignalLike } from '../concurrency/abort-signal.ts';
import { createSemaphore, type SemaphoreFull, type Waiter } from '../concurrency/semaphore.ts';
import { Deadlines, type Timed } from '../http/deadlines.ts';
import { ConnectionBroke, type HttpResponse, type ResponseSink } from '../http/response.ts';
import type { Transport, TransportRequest } from './transport.ts';

/** A request to a subgraph. */
export interface SubgraphCall extends Omit<TransportRequest, 'suffix'> {
  suffix?: string;
  /** Who asks: shares take turns for the connections, and a crowd of them leaves some free. Undefined: nobody in particular. */
  share: string | undefined;
  isOfCrowd?: boolean | undefined;
  /** Whether it may be sent once more when its connection broke before it was answered. */
  isRepeatable: boolean;
  /** Abandons it. */
  signal: AbortSignalLike | undefined;
}

/** Calls to one subgraph, each within one deadline, on a bounded number of connections. */
export interface SubgraphCalls {
  readonly underWay: number;
  readonly waiting: number;
  /** Since the beginning: requests that were sent, and bytes of what was answered to them. */
  readonly sent: number;
  readonly receivedBytes: number;
  /**
   * Rejects with SemaphoreFull when too many wait already, KeptWaiting, ResponseTooLarge, ConnectionBroke, or whatever else
   * is wrong with the connection or with the time that it took.
   */
  post(call: SubgraphCall): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** Most of its time went by while it waited for a connection: that says nothing of the subgraph. */
export class KeptWaiting extends Error {
  override readonly name = 'KeptWaiting';
  /** Whether it never began, because those of its share had all connections that one may have. */
  readonly isOwn: boolean;

  constructor(message: string, isOwn: boolean) {
    super(message);
    this.isOwn = isOwn;
  }
}

/**
 * What may be sent once alone does not take a connection that was unused for longer: a subgraph that is to stop says so with each of
 * its last answers, and closes what was not used meanwhile; nobody could say whether a request that crosses that had its effect.
 */
const recentMs = 1_000;
/** With less of its time left a call is not sent. */
const leastShareOfTime = 0.1;

export function createSubgraphCalls(options: {
  transport: Transport;
  timeoutMs: number;
  connections: number;
  queue: number;
  connectionsPerShare: number;
  queuePerShare: number;
  connectionsOfCrowd: number;
  queueOfCrowd: number;
  repeated: () => void;
}): SubgraphCalls {
  const { transport, timeoutMs, repeated } = options;
  const semaphore = createSemaphore({
    width: options.connections,
    queue: options.queue,
    widthOfShare: options.connectionsPerShare,
    queueOfShare: options.queuePerShare,
    widthOfCrowd: options.connectionsOfCrowd,
    queueOfCrowd: options.queueOfCrowd,
  });
  const deadlines = new Deadlines(timeoutMs);
  let sent = 0;
  let receivedBytes = 0;

  class Call implements ResponseSink, Waiter, Timed {
    deadline = 0;
    readonly share: string | undefined;
    readonly isOfCrowd: boolean | undefined;
    readonly #call: SubgraphCall;
    readonly #resolve: (answer: HttpResponse) => void;
    readonly #reject: (error: unknown) => void;
    #state: 'waiting' | 'under way' | 'over' = 'waiting';
    #mayRepeat: boolean;
    #connection: { destroy(): void } | undefined;
    #isLate = false;

    constructor(
      call: SubgraphCall,
      resolve: (answer: HttpResponse) => void,
      reject: (error: unknown) => void,
    ) {
      this.#call = call;
      this.share = call.share;
      this.isOfCrowd = call.isOfCrowd;
      this.#resolve = resolve;
      this.#reject = reject;
      this.#mayRepeat = call.isRepeatable;
    }

    begin(): void {
      const isIn = semaphore.enter(this);
      deadlines.add(this);
      this.#call.signal?.addEventListener('abort', this.#gone);
      if (isIn) this.#go();
    }

    entered(): void {
      const left = this.deadline - performance.now();
      this.#isLate = left < timeoutMs / 2;
      if (left >= timeoutMs * leastShareOfTime) {
        this.#go();
        return;
      }
      // Nobody could say whether a mutation that is cut short has had its effect.
      this.#state = 'under way';
      this.#giveUp(this.#keptWaiting(semaphore.waitsForOwn(this)));
    }

    #keptWaiting(isOwn: boolean): KeptWaiting {
      return new KeptWaiting(`no connection in time for an answer within ${timeoutMs} ms`, isOwn);
    }

    #go(): void {
      this.#state = 'under way';
      this.#send(this.#mayRepeat ? Number.POSITIVE_INFINITY : recentMs);
    }

    refused(error: SemaphoreFull): void {
      this.#giveUp(error);
    }

    answered(answer: HttpResponse): void {
      receivedBytes += Buffer.byteLength(answer.text);
      this.#settle();
      this.#resolve(answer);
    }

    failed(error: Error): void {
      if (error instanceof ConnectionBroke && this.#mayRepeat) {
        this.#mayRepeat = false;
        repeated();
        // The others that lay unused are likely to be as dead.
        this.#send(0);
        return;
      }
      this.#settle();
      this.#reject(error);
    }

    timedOut(): void {
      const isWaiting = this.#state === 'waiting';
      this.#giveUp(
        isWaiting || this.#isLate
          ? this.#keptWaiting(isWaiting && semaphore.waitsForOwn(this))
          : new Error(`no answer within ${timeoutMs} ms`),
      );
    }

    readonly #gone = (): void => this.#giveUp(new Error('nobody waits for the answer any more'));

    #send(unusedForMs: number): void {
      try {
        const { suffix = '', headers, body } = this.#call;
        this.#connection = transport.send({ suffix, headers, body }, this, unusedForMs);
        sent += 1;
      } catch (error) {
        this.#settle();
        this.#reject(error);
      }
    }

    #giveUp(reason: Error): void {
      if (this.#state === 'over') return;
      this.#connection?.destroy();
      this.#settle();
      this.#reject(reason);
    }

    #settle(): void {
      const isIn = this.#state === 'under way';
      this.#state = 'over';
      deadlines.delete(this);
      this.#call.signal?.removeEventListener('abort', this.#gone);
      if (isIn) semaphore.leave(this);
      else semaphore.giveUp(this);
    }
  }

  return {
    get underWay() {
      return semaphore.inside;
    },
    get waiting() {
      return semaphore.waiting;
    },
    get sent() {
      return sent;
    },
    get receivedBytes() {
      return receivedBytes;
    },
    post(call) {
      return new Promise((resolve, reject) => {
        if (call.signal?.aborted) reject(new Error('nobody waits for the answer any more'));
        else new Call(call, resolve, reject).begin();
      });
    },
    async close() {
      await transport.close();
      deadlines.close();
    },
  };
}
