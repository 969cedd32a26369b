import type { ExecutionResult } from 'graphql';
import type { EngineLog } from '../log.ts';
import { unavailable } from '../subgraphs/subgraph-errors.ts';
import type { SubgraphSocket, SubscribePayload, UpstreamOperation } from '../subgraphs/upstream-operation.ts';
import { EventOrder, type EventOwner } from './event-order.ts';
import type { LiveStream, Subscriber } from './event-source.ts';
import type { Resumption } from './resumption.ts';

/** A subscription as a group runs it: for one set of variables and one identity. */
export interface GroupSource<Context extends object> {
  socket: SubgraphSocket;
  query: string;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  resumption: Resumption | null;
  /** Whom it runs for equals whom it runs for under the same key; null: it is nobody else's. */
  key: string | null;
  maxWaitingEvents: number;
  extensions: (context: Context) => Record<string, unknown>;
  /** The event's answer as text. Everything that it fetches is fetched for `context`, on behalf of so many. */
  execute: (event: ExecutionResult, context: Context, members: number) => Promise<string>;
}

/** The subscriptions of this process, those that have the same answer joined in groups. */
export interface Groups<Context extends object> {
  stream(source: GroupSource<Context>, context: Context): LiveStream;
  /** Groups and their members. */
  size(): { groups: number; subscribers: number };
}

interface Member<Context> {
  readonly subscriber: Subscriber;
  readonly context: Context;
  /** The group's events that came before this one are not this member's. */
  readonly since: number;
}

/**
 * `contextFor` makes what a group's fetches run with: a member's context, but with a signal that is aborted when
 * the last member has gone instead of that one.
 */
export function createGroups<Context extends object>(
  contextFor: (member: Context, signal: AbortSignal) => Context,
  log: EngineLog,
): Groups<Context> {
  /** Groups that take newcomers. */
  const open = new Map<string, Group>();
  let groups = 0;
  let subscribers = 0;

  const count = (change: number) => {
    subscribers += change;
    log.debug({ subscribers, groups }, 'subscriptions that run');
  };

  class Group implements UpstreamOperation, EventOwner {
    readonly #source: GroupSource<Context>;
    readonly #members = new Set<Member<Context>>();
    readonly #events: EventOrder;
    /** A member's context, for as long as that member is there. */
    #lent: { from: Member<Context>; context: Context } | undefined;
    #gone: AbortController | undefined;
    #cursor: string | undefined;
    #end: { error?: Error } | undefined;
    #isOver = false;
    #isDelivering = false;
    #stop: (() => void) | undefined;

    constructor(source: GroupSource<Context>) {
      this.#source = source;
      this.#events = new EventOrder(source.maxWaitingEvents, this);
      groups += 1;
    }

    join(subscriber: Subscriber, context: Context): () => void {
      const member: Member<Context> = { subscriber, context, since: this.#events.received };
      this.#members.add(member);
      count(1);
      if (this.#members.size === 1) this.#stop = this.#source.socket.subscribe(this);
      return () => this.#leave(member);
    }

    payload(): SubscribePayload {
      const { query, operationName, variables, resumption, extensions } = this.#source;
      const identity = extensions(this.#context());
      if (!resumption) return { query, operationName, variables, extensions: identity };
      const after = this.#cursor ?? resumption.afterOf(variables);
      return {
        query: resumption.query,
        operationName,
        variables: { ...variables, [resumption.variable]: after },
        extensions: identity,
      };
    }

    /** Without any cursor there is no telling which events would be missed. */
    canResume(): boolean {
      const { resumption, variables } = this.#source;
      return resumption !== null && typeof (this.#cursor ?? resumption.afterOf(variables)) === 'string';
    }

    /** What comes after a break begins before a newcomer's time. */
    interrupted(): void {
      this.#close();
    }

    next(event: ExecutionResult): void {
      this.#keepCursor(event);
      if (!this.#events.take(event)) this.#finish({ error: unavailable() });
    }

    complete(): void {
      this.#endWith({});
    }

    error(error: Error): void {
      this.#endWith({ error });
    }

    /** No more will come; what has come still goes out. */
    #endWith(end: { error?: Error }): void {
      this.#stop = undefined;
      this.#close();
      if (this.#events.isEmpty) this.#finish(end);
      else this.#end = end;
    }

    #keepCursor(event: ExecutionResult): void {
      const { resumption } = this.#source;
      const payload = resumption && event.data?.[resumption.rootKey];
      if (typeof payload !== 'object' || payload === null) return;
      const fields = payload as Record<string, unknown>;
      const cursor = fields[resumption?.cursorKey ?? ''];
      if (typeof cursor === 'string') this.#cursor = cursor;
      if (resumption?.isCursorAdded) delete fields[resumption.cursorKey];
    }

    execute(event: ExecutionResult): Promise<string> {
      return this.#source.execute(event, this.#context(), this.#members.size);
    }

    failed(error: unknown): void {
      this.#finish({ error: error instanceof Error ? error : new Error(String(error)) });
    }

    /** When what else has come in this turn of the event loop is ready too: each reader is written to once for all of it. */
    ready(): void {
      if (this.#isDelivering) return;
      this.#isDelivering = true;
      setImmediate(() => {
        this.#isDelivering = false;
        this.#deliver();
      });
    }

    #deliver(): void {
      const ready = this.#events.takeReady();
      const [first] = ready;
      if (first) {
        const events = ready.map(({ event }) => event);
        for (const { since, subscriber } of this.#members) {
          if (since < first.number) subscriber.deliver(events);
          else if (since - first.number + 1 < events.length) {
            subscriber.deliver(events.slice(since - first.number + 1));
          }
        }
      }
      this.#events.goOn();
      if (this.#end && this.#events.isEmpty) this.#finish(this.#end);
    }

    #finish({ error }: { error?: Error }): void {
      this.#dissolve();
      const members = [...this.#members];
      this.#members.clear();
      count(-members.length);
      for (const { subscriber } of members) subscriber.end(error);
    }

    #leave(member: Member<Context>): void {
      if (!this.#members.delete(member)) return;
      count(-1);
      if (this.#lent?.from === member) this.#lent = undefined;
      if (this.#members.size === 0) this.#dissolve();
    }

    #dissolve(): void {
      if (this.#isOver) return;
      this.#isOver = true;
      groups -= 1;
      this.#close();
      this.#events.clear();
      this.#gone?.abort();
      this.#stop?.();
      this.#stop = undefined;
    }

    /** Takes no newcomers from now on. */
    #close(): void {
      const { key } = this.#source;
      if (key !== null && open.get(key) === this) open.delete(key);
    }

    #context(): Context {
      if (!this.#lent) {
        const [from] = this.#members;
        if (!from) throw new Error('a group without members runs nothing');
        this.#gone ??= new AbortController();
        this.#lent = { from, context: contextFor(from.context, this.#gone.signal) };
      }
      return this.#lent.context;
    }
  }

  return {
    stream: (source, context) => ({
      start(subscriber) {
        const present = source.key === null ? undefined : open.get(source.key);
        if (present) return present.join(subscriber, context);
        const group = new Group(source);
        if (source.key !== null) open.set(source.key, group);
        return group.join(subscriber, context);
      },
    }),
    size: () => ({ groups, subscribers }),
  };
}
