import { pino } from 'pino';
import * as z from 'zod';
import { defineEvent } from '../../contracts/contract.ts';
import { defineSignal, defineWakeUps } from '../../contracts/signal.ts';
import type { TransactionalClient } from '../../database/database.ts';
import { runIdempotent } from '../../database/idempotency.ts';
import * as line from '../../durable-tasks/task-line.ts';
import { consumer, eventHandler } from '../../events/consumer.ts';
import { createEvent } from '../../events/envelope.ts';
import * as outbox from '../../events/outbox.ts';
import { findOutboxBacklog } from '../../events/outbox-backlog.ts';
import { listNewestSignals, listOutbox, settleOutbox } from '../../events/outbox-rows.ts';
import { purge } from '../../events/purge.ts';
import { nth } from './large-tables.ts';
import { call, callInVain, callOf, testPlans } from './plan-tests.ts';

const Happened = defineEvent({
  name: 'happened',
  version: 1,
  producer: 'user',
  data: z.object({ id: z.string() }),
  aggregate: ({ id }) => id,
});
const happened = { id: 'one' };
const nobody = nth(2_000_000);

/** Every service has these tables; a third of all tasks wait of each kind, twenty of them in hand, and 300 are one owner's. */
const tables = {
  outbox: {
    kind: `CASE WHEN n % 10 = 0 THEN 'signal' ELSE 'event' END`,
    name: `'happened'`,
    aggregate: `'one'`,
    event_id: 'nth(n)',
    payload: `'{}'`,
    dead_at: 'CASE WHEN n <= 20 THEN now() END',
  },
  inbox: {
    consumer: `'happened'`,
    event_id: 'nth(n)',
    received_at: `CASE WHEN n <= 50 THEN now() - interval '9 days' ELSE now() END`,
  },
  idempotency: {
    viewer_id: 'nth(1 + n / 10)',
    operation: `'createPost'`,
    key: `'key' || n`,
    created_at: `CASE WHEN n <= 50 THEN now() - interval '2 days' ELSE now() END`,
  },
  task: {
    id: 'nth(n)',
    kind: `CASE n % 3 WHEN 0 THEN 'waiting' WHEN 1 THEN 'scheduled' ELSE 'other' END`,
    subject: `'subject' || n`,
    owner: `CASE WHEN n <= 900 THEN 'one' ELSE 'owner' || n % 1000 END`,
    due_at: `CASE WHEN n % 3 = 1 THEN now() + interval '1 day' + n * interval '1 ms' WHEN n <= 60 THEN now() + interval '1 minute' ELSE now() - interval '1 minute' END`,
    turn_at: `CASE WHEN n % 3 = 1 THEN now() + interval '1 day' + n * interval '1 ms' ELSE now() - interval '1 minute' + n * interval '1 ms' END`,
    lease_id: 'CASE WHEN n % 3 <> 1 AND n <= 60 THEN nth(n) END',
  },
};

const inHand: line.TaskRow = {
  id: nth(3),
  kind: 'waiting',
  subject: 'subject3',
  payload: null,
  progress: null,
  failures: 0,
  leaseId: nth(3),
};
const numbers = defineSignal('numbers', z.number());
const insert = { kind: 'waiting', subject: 'new', payload: { id: nobody }, owner: 'one', due: null };
const withoutModels: TransactionalClient = {
  $transaction: () => Promise.reject(new Error('there are no models')),
  $disconnect: async () => {},
};
const from = (path: string) => new URL(`../../${path}`, import.meta.url);

testPlans({
  service: 'user',
  createClient: () => withoutModels,
  sources: [
    from('database/idempotency.ts'),
    from('durable-tasks/task-line.ts'),
    from('events/consumer.ts'),
    from('events/outbox.ts'),
    from('events/outbox-backlog.ts'),
    from('events/outbox-rows.ts'),
    from('events/purge.ts'),
  ],
  tables,
  uncalled: {
    TaskLost: 'is an error',
    consumer: 'makes what eventHandler calls',
    startConsumers: 'calls eventHandler',
    watchOutbox: 'calls findOutboxBacklog',
    startPurge: 'calls purge',
    query: 'is called by the others of its file',
  },
  calls: ({ tx, pool }) => [
    call(runIdempotent, tx, { viewerId: nth(100), operation: 'createPost', key: 'new' }, async () => nobody),
    call(line.insertTaskRow, tx, insert),
    call(line.takeTask, pool, 'waiting', undefined),
    call(line.takeTask, pool, 'waiting', 2),
    callInVain(line.takeTask, pool, 'scheduled', undefined),
    callInVain(line.takeTask, pool, 'none', 2),
    call(line.renewLease, pool, inHand),
    call(line.putOff, pool, inHand, 1_000),
    call(line.giveBack, pool, inHand),
    call(line.saveProgress, tx, inHand, {}),
    call(line.deleteTask, tx, inHand),
    call(line.listWaiting, pool, ['waiting', 'scheduled', 'none']),
    call(line.listTaskKinds, pool),
    callOf(eventHandler, () => {
      const apply = consumer(Happened, async () => {});
      const db = { transaction: <T>(work: (within: typeof tx) => Promise<T>) => work(tx) };
      const handle = eventHandler({ service: 'post', db, consumers: [apply], log: pino({ level: 'error' }) });
      return handle(createEvent(Happened, happened, { id: nobody, sequence: 1n }));
    }),
    call(outbox.publish, tx, Happened, happened),
    call(outbox.publishEach, tx, Happened, [happened, happened]),
    call(outbox.signalAfterCommit, tx, numbers, 1),
    call(outbox.signalEachAfterCommit, tx, numbers, [1, 2]),
    call(outbox.signalTopicsAfterCommit, tx, ['one', 'another'].map(defineWakeUps('log'))),
    call(findOutboxBacklog, pool),
    callOf(listOutbox, async () => listOutbox(await pool.connect(), ['21', '22'], ['23'])),
    callOf(listNewestSignals, async () => listNewestSignals(await pool.connect(), ['21', '22'])),
    callOf(settleOutbox, async () =>
      settleOutbox(await pool.connect(), ['21'], [{ id: '22', error: 'refused' }]),
    ),
    call(purge, pool),
  ],
});
