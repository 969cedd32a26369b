import type { ExecutionResult } from 'graphql';
import type { EngineLog } from '../log.ts';
import { createResumeQueue } from './resume-queue.ts';
import { type ConnectionListener, connectToSubgraph, type SubgraphMessage } from './subgraph-connection.ts';
import { isRecord, type MaskSubgraphError, unavailable } from './subgraph-errors.ts';
import type { FindLocal } from './transport.ts';
import { steadyMs, UpstreamEntry } from './upstream-entry.ts';
import { type SocketOptions, type SubgraphSocket, SubscriptionRefused } from './upstream-operation.ts';

/**
 * Speaks graphql-transport-ws with a subgraph over one connection, made when it is first needed. When it breaks,
 * operations that can resume wait for the next connection, which is tried for with jittered back-off, and are sent
 * again a few at a time; the others end with UNAVAILABLE. One that can resume and is answered UNAVAILABLE is lost as well.
 */
export function createSubgraphSocket(options: {
  name: string;
  url: string;
  socket: SocketOptions;
  /** What the handshake says beside what it has to. */
  handshakeHeadersFor?: ((subgraph: string) => Record<string, string>) | undefined;
  maskError: MaskSubgraphError;
  /** In this process, in place of whatever is at the URL. */
  local?: FindLocal | undefined;
  log: EngineLog;
}): SubgraphSocket {
  const { name: subgraph, socket: limits, maskError, log } = options;
  const entries = new Map<string, UpstreamEntry>();
  const resuming = createResumeQueue<UpstreamEntry>(limits.resumesPerSecond, send);
  let connection: ReturnType<typeof connectToSubgraph> | undefined;
  let whenClosed: (() => void) | undefined;
  let isOpen = false;
  let openedAt = 0;
  let failedConnects = 0;
  let lastId = 0;
  let closed = false;
  /** The present connection is being closed because nobody needed it. */
  let isLeaving = false;
  let connectTimer: NodeJS.Timeout | undefined;
  let idleTimer: NodeJS.Timeout | undefined;

  const newId = () => {
    lastId += 1;
    return lastId.toString(36);
  };

  function end(entry: UpstreamEntry, error?: Error): void {
    forget(entry);
    if (error) entry.operation.error(error);
    else entry.operation.complete();
  }

  function forget(entry: UpstreamEntry): void {
    entries.delete(entry.id);
    stopWaiting(entry);
    if (entries.size > 0 || closed) return;
    clearTimeout(idleTimer);
    idleTimer = setTimeout(leave, limits.idleMs).unref();
  }

  function stopWaiting(entry: UpstreamEntry): void {
    resuming.delete(entry);
    clearTimeout(entry.pause);
    entry.pause = undefined;
  }

  function leave(): void {
    if (entries.size > 0 || !connection) return;
    isLeaving = true;
    connection.close(1000, 'Idle');
  }

  function send(entry: UpstreamEntry): void {
    const { query, operationName, variables, extensions } = entry.operation.payload();
    entry.sentAt = Date.now();
    const payload = { query, ...(operationName && { operationName }), variables, extensions };
    connection?.send(JSON.stringify({ id: entry.id, type: 'subscribe', payload }));
  }

  /** Half of it is fixed: without that, some of the many gateways would come at once. */
  function backoffMs(failures: number): number {
    const most = Math.min(limits.backoff.maxMs, limits.backoff.baseMs * 2 ** (failures - 1));
    return most / 2 + (Math.random() * most) / 2;
  }

  function connectLater(): void {
    if (connection || connectTimer || closed || entries.size === 0) return;
    connectTimer = setTimeout(connect, failedConnects === 0 ? 0 : backoffMs(failedConnects));
  }

  function connect(): void {
    connectTimer = undefined;
    const headers = options.handshakeHeadersFor?.(subgraph);
    connection = connectToSubgraph(
      { name: subgraph, url: options.url, socket: limits, headers, local: options.local, log },
      { acknowledged, message: take, closed: disconnected },
    );
  }

  function acknowledged(): void {
    isOpen = true;
    openedAt = Date.now();
    log.debug({ subgraph }, 'subscriptions are connected to a subgraph');
    for (const entry of entries.values()) if (!resuming.has(entry)) send(entry);
    resuming.start(Math.random() * limits.backoff.baseMs);
  }

  const disconnected: ConnectionListener['closed'] = ({ code, reason, fault }) => {
    resuming.stop();
    const wasOpen = isOpen;
    isOpen = false;
    connection = undefined;
    whenClosed?.();
    if (isLeaving) {
      isLeaving = false;
      failedConnects = 0;
      return connectLater();
    }
    if (entries.size > 0) {
      log.warn(
        { subgraph, code, reason, err: fault, subscriptions: entries.size },
        wasOpen ? 'subscriptions lost their subgraph' : 'a subgraph cannot be reached for subscriptions',
      );
    }
    failedConnects = wasOpen && Date.now() - openedAt > steadyMs ? 1 : failedConnects + 1;
    for (const entry of [...entries.values()]) lost(entry);
    if (entries.size === 0) failedConnects = 0;
    connectLater();
  };

  /** The connection has broken, or could not be made. */
  function lost(entry: UpstreamEntry): void {
    const { sentAt } = entry;
    if (sentAt === undefined && entry.lostAt === undefined) {
      entry.failures += 1;
      if (closed || entry.failures >= limits.attempts) end(entry, unavailable());
      return;
    }
    entry.lost();
    if (closed || !entry.mayResume(limits.resumeForMs)) {
      end(entry, unavailable());
    } else if (!resuming.has(entry)) {
      stopWaiting(entry);
      resuming.add(entry);
      entry.operation.interrupted();
    }
  }

  function take({ id, type, payload }: SubgraphMessage): void {
    const entry = entries.get(String(id));
    if (!entry) return;
    if (type === 'next' && isRecord(payload)) {
      const errors = Array.isArray(payload.errors) ? payload.errors.map(maskError) : undefined;
      // Without data it is no event: the subgraph could not make a stream of the subscription.
      if (errors && payload.data === undefined) {
        refused(entry, errors);
        return;
      }
      failedConnects = 0;
      if (!isUnready(errors)) entry.recovered();
      else if (entry.mayResume(limits.resumeForMs)) {
        // Its stream runs on; what it could not say now it will say when it is asked for the same again.
        connection?.send(JSON.stringify({ id: entry.id, type: 'complete' }));
        comeAgain(entry);
        return;
      }
      // Errors are plain here; the executor, which takes this for a fetch's answer, makes them GraphQLErrors.
      entry.operation.next({ ...payload, errors } as unknown as ExecutionResult);
    } else if (type === 'complete') {
      end(entry);
    } else if (type === 'error') {
      refused(entry, Array.isArray(payload) ? payload.map(maskError) : []);
    }
  }

  function refused(entry: UpstreamEntry, errors: SubscriptionRefused['errors']): void {
    if (isUnready(errors) && entry.mayResume(limits.resumeForMs)) comeAgain(entry);
    else end(entry, new SubscriptionRefused(errors));
  }

  /** It is up, but not all that it stands on. What else it says of this attempt is not heard. */
  function comeAgain(entry: UpstreamEntry): void {
    entries.delete(entry.id);
    entry.id = newId();
    entries.set(entry.id, entry);
    entry.lost();
    entry.setbacks += 1;
    entry.pause = setTimeout(() => {
      entry.pause = undefined;
      resuming.add(entry);
    }, backoffMs(entry.setbacks));
    entry.operation.interrupted();
  }

  return {
    subscribe(operation) {
      const entry = new UpstreamEntry(newId(), operation);
      entries.set(entry.id, entry);
      if (closed) queueMicrotask(() => entries.has(entry.id) && end(entry, unavailable()));
      else if (isOpen && !isLeaving) send(entry);
      else connectLater();
      return () => {
        if (!entries.has(entry.id)) return;
        if (isOpen && entry.sentAt !== undefined) {
          connection?.send(JSON.stringify({ id: entry.id, type: 'complete' }));
        }
        forget(entry);
      };
    },
    async close() {
      closed = true;
      clearTimeout(connectTimer);
      clearTimeout(idleTimer);
      for (const entry of [...entries.values()]) end(entry, unavailable());
      const open = connection;
      if (!open) return;
      await new Promise<void>((resolve) => {
        whenClosed = resolve;
        open.terminate();
      });
    },
  };
}

const isUnready = (errors: SubscriptionRefused['errors'] | undefined): boolean =>
  errors?.some(({ extensions }) => extensions?.code === 'UNAVAILABLE') === true;
