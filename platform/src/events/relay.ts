import type pg from 'pg';
import type { ServiceName } from '../contracts/services.ts';
import { settledWithin } from '../deadline.ts';
import type { Logger } from '../log.ts';
import { backoff, pause } from '../retry.ts';
import { type Broker, DeliveryFailed, errorText, type Json } from './broker.ts';
import { envelopeOf } from './envelope.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { OUTBOX_CHANNEL } from './outbox.ts';
import { findOutboxBacklog, watchOutbox } from './outbox-backlog.ts';
import {
  batchSize,
  listNewestSignals,
  listOutbox,
  type OutboxRow,
  query,
  settleOutbox,
} from './outbox-rows.ts';
import { createWakeup, type Wakeup } from './wakeup.ts';

/** The session lock that makes a database's relay the only one; any number that nobody else uses. */
const relayLock = 7_302_112_001;
const maxInHand = 1_000;
const safetyNetMs = 1_000;
/** What was sent is deleted with the next read, or by itself after this time: a crash meanwhile sends it again. */
const settleWithinMs = 100;
const drainMs = 10_000;
const signalAttempts = 3;
const sendRetry = { baseMs: 100, maxMs: 5_000 };

interface Verdict {
  id: string;
  /** Why it is set aside; absent when it was sent. */
  error?: string;
}

interface RelayOptions {
  service: ServiceName;
  db: { pool: pg.Pool };
  broker: Pick<Broker, 'publish' | 'signal'>;
  log: Logger;
}

/**
 * Sends what the service's outbox holds, in the order of each aggregate, and deletes it once the broker has it. Of
 * several relays on one database one works; another takes over within seconds of its end. A broker that fails is
 * tried for ever; an event that services cannot apply (DeliveryFailed) is marked dead and stays for an operator.
 * `stop` waits for what is on its way. Nothing is lost; a crash between sending and deleting sends again.
 */
export function startRelay(options: RelayOptions): { stop(): Promise<void> } {
  const { log } = options;
  const stopping = new AbortController();
  const wakeup = createWakeup();
  let failures = 0;
  const stopWatching = watchOutbox(options.service, () => findOutboxBacklog(options.db.pool));

  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await takeTurn(options, wakeup, stopping.signal);
        failures = 0;
      } catch (error) {
        failures += 1;
        log.warn({ err: error }, 'the relay lost its database session and begins anew');
      }
      await pause(
        safetyNetMs / 2 + backoff(failures + 1, { baseMs: safetyNetMs, maxMs: 5_000 }),
        stopping.signal,
      );
    }
  })();

  return {
    async stop() {
      stopping.abort();
      stopWatching();
      await running;
    },
  };
}

/** Becomes the working relay until stopped, if no other is. Throws when the database session breaks. */
async function takeTurn(options: RelayOptions, wakeup: Wakeup, stopping: AbortSignal): Promise<void> {
  const client = await options.db.pool.connect();
  let isLocked = false;
  try {
    const { rows } = await query<{ isLocked: boolean }>(
      client,
      'SELECT pg_try_advisory_lock($1) AS "isLocked"',
      [relayLock],
    );
    isLocked = rows[0]?.isLocked === true;
    if (isLocked) await relay(options, client, wakeup, stopping);
  } finally {
    // Ending the session gives the lock up, whatever state the session is in.
    client.release(isLocked);
  }
}

/** The lock makes us the only reader, so rows need none of their own and no transaction stays open while sending. */
async function relay(
  { service, broker, log }: RelayOptions,
  client: pg.PoolClient,
  wakeup: Wakeup,
  stopping: AbortSignal,
): Promise<void> {
  const inHand = new Set<string>();
  const verdicts: Verdict[] = [];
  /** Since when the first of `verdicts` waits to be settled. */
  let waitingSince = 0;
  const queue = createKeyedQueue();
  const lost = new AbortController();
  const ending = AbortSignal.any([stopping, lost.signal]);
  const complain = oncePerSecond((error: unknown) =>
    log.warn({ err: error, waiting: inHand.size }, 'the broker did not take an event; trying again'),
  );
  /** There may be rows that were not read: new ones, and those before them for which there was no place. */
  let isNotified = true;
  let isBehind = false;
  let readAt = 0;
  const notified = () => {
    isNotified = true;
    wakeup.notify();
  };
  client.on('notification', notified);
  client.on('error', (error) => lost.abort(error));
  try {
    await query(client, `LISTEN ${OUTBOX_CHANNEL}`);
    while (!ending.aborted) {
      const rows = isDue() ? await readOn() : [];
      if (isSettlingDue()) await settle(client, verdicts, inHand);
      for (const row of rows) {
        inHand.add(row.id);
        queue
          .run(`${row.kind} ${row.aggregate}`, () => send(row))
          .then((verdict) => {
            if (verdict && verdicts.push(verdict) === 1) waitingSince = performance.now();
            wakeup.notify();
          });
      }
      if (rows.length < batchSize) await wakeup.sleep(untilDue(), ending);
    }
    if (lost.signal.aborted) throw lost.signal.reason;
    await settledWithin(queue.idle(), drainMs);
    await settle(client, verdicts, inHand);
  } finally {
    lost.abort();
    client.off('notification', notified);
  }

  function isFull(): boolean {
    return inHand.size > maxInHand - batchSize;
  }

  /** Whether to look for more: whoever writes notifies. */
  function isDue(): boolean {
    return isNotified || (isBehind && !isFull()) || performance.now() - readAt >= safetyNetMs;
  }

  function isSettlingDue(): boolean {
    if (verdicts.length === 0) return false;
    return verdicts.length >= batchSize || performance.now() - waitingSince >= settleWithinMs;
  }

  function untilDue(): number {
    const now = performance.now();
    const settling = verdicts.length > 0 ? waitingSince + settleWithinMs - now : safetyNetMs;
    return Math.max(1, Math.min(settling, safetyNetMs));
  }

  /** Signals wait behind no event, neither one that is slow nor those that are not read yet. */
  async function readOn(): Promise<OutboxRow[]> {
    isNotified = false;
    readAt = performance.now();
    const rows = isFull() ? [] : await readInOrder();
    isBehind = rows.length === batchSize || isFull();
    if (!isBehind) return rows;
    return [...rows, ...(await listNewestSignals(client, [...inHand, ...rows.map(({ id }) => id)]))];
  }

  /** Deletes what was sent meanwhile in the same statement. */
  async function readInOrder(): Promise<OutboxRow[]> {
    const sent = takeSent(verdicts);
    const rows = await listOutbox(client, [...inHand], sent);
    for (const id of sent) inHand.delete(id);
    return rows;
  }

  /** Gives nothing when the relay ends before the row is through: the row is read again later. */
  async function send(row: OutboxRow): Promise<Verdict | undefined> {
    // Later ones may have passed it, and whoever listens has looked, or asked, since.
    if (row.kind !== 'event' && row.isOld) return { id: row.id };
    for (let attempt = 1; !ending.aborted; attempt += 1) {
      try {
        if (row.kind === 'event') await broker.publish(envelopeOf(service, row));
        else if (row.kind === 'signals') await broker.signal(row.payload as unknown as string[]);
        else await broker.signal(row.name, (row.payload as Json) ?? undefined);
        return { id: row.id };
      } catch (error) {
        if (error instanceof DeliveryFailed) return { id: row.id, error: errorText(error) };
        complain(error);
        // Those who listen read the log from time to time: a signal is not worth more.
        if (row.kind !== 'event' && attempt >= signalAttempts) return { id: row.id };
        await pause(20 + backoff(attempt, sendRetry), ending);
      }
    }
    return undefined;
  }
}

/** Takes out the ids of what the broker has. */
function takeSent(verdicts: Verdict[]): string[] {
  const settled = verdicts.splice(0);
  verdicts.push(...settled.filter(({ error }) => error !== undefined));
  return settled.filter(({ error }) => error === undefined).map(({ id }) => id);
}

/** Deletes what was sent and marks what is dead. */
async function settle(client: pg.PoolClient, verdicts: Verdict[], inHand: Set<string>): Promise<void> {
  const sent = takeSent(verdicts);
  const dead = verdicts.splice(0);
  await settleOutbox(client, sent, dead);
  for (const id of [...sent, ...dead.map(({ id }) => id)]) inHand.delete(id);
}

function oncePerSecond<T>(work: (value: T) => void): (value: T) => void {
  let last = 0;
  return (value) => {
    if (Date.now() - last < 1_000) return;
    last = Date.now();
    work(value);
  };
}
