import { once } from 'node:events';
import pg from 'pg';
import { pino } from 'pino';
import { MediaReady } from '../../src/contracts/media.ts';
import { consumer, eventHandler } from '../../src/events/consumer.ts';
import { createRabbitMqBroker } from '../../src/events/rabbitmq/broker.ts';
import { startRelay } from '../../src/events/relay.ts';
import { addOne } from './counted-facts.ts';
import { inTransaction } from './raw-transaction.ts';

/** Where a process is to be killed. */
export type Step =
  | 'before it publishes'
  | 'before a confirm reaches it'
  | 'before it deletes what was sent'
  | 'before its commit'
  | 'before its ack';

export interface Mortal {
  role: 'relay' | 'consumer';
  step: Step;
  rabbitMqUrl: string;
  databaseUrl: string;
  namespace: string;
  partitions: number;
}

/** A relay or a consumer in a process of its own: it says when it is at its step, goes no further, and waits to be killed. */
async function live({ role, step, rabbitMqUrl, databaseUrl, namespace, partitions }: Mortal): Promise<void> {
  const log = pino({ level: 'silent' });
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const broker = createRabbitMqBroker({ url: rabbitMqUrl, log, namespace, partitions });
  await broker.connect();
  process.send?.('connected');
  await once(process, 'message');

  /** Never goes on from the step that it was started for. */
  async function pass(reached: Step): Promise<void> {
    if (reached !== step) return;
    process.send?.('reached');
    await new Promise(() => {});
  }

  if (role === 'relay') {
    pool.on('connect', (client) => stopBeforeDeletion(client, () => pass('before it deletes what was sent')));
    startRelay({
      service: 'media',
      db: { pool },
      log,
      broker: {
        signal: broker.signal,
        async publish(event) {
          await pass('before it publishes');
          await broker.publish(event);
        },
      },
    });
  } else {
    const apply = consumer(MediaReady, async (tx, event) => {
      await addOne(tx, event.data.ownerId);
      await pass('before its commit');
    });
    const db = { transaction: inTransaction.bind(undefined, pool) as never };
    const handle = eventHandler({ service: 'post', db, consumers: [apply], log });
    await broker.consume('post', async (event) => {
      await handle(event);
      await pass('before its ack');
    });
  }
}

/** The relay deletes what was sent in statements of its own and in those that read on. */
function stopBeforeDeletion(client: pg.PoolClient, pass: () => Promise<void>): void {
  const query = client.query.bind(client) as (asked: pg.QueryConfig) => Promise<unknown>;
  const deletes = ({ text, values = [] }: pg.QueryConfig) =>
    text.includes('DELETE FROM outbox') && (values.at(-1) as string[]).length > 0;
  client.query = (async (asked: pg.QueryConfig) => {
    if (deletes(asked)) await pass();
    return query(asked);
  }) as never;
}

// Nobody is left to kill it.
process.on('disconnect', () => process.exit(1));
process.once('message', (given: Mortal) => void live(given));
