import { type ChannelModel, connect } from 'amqplib';
import { settledWithin, withDeadline } from '../../deadline.ts';
import { latestSecret } from '../../latest-secret.ts';
import type { Logger } from '../../log.ts';
import { backoff, pause } from '../../retry.ts';
import { BrokerRefused, BrokerUnavailable, errorText } from '../broker.ts';

const heartbeatSeconds = 10;
const connectTimeoutMs = 10_000;
const setUpTimeoutMs = 30_000;
const closeTimeoutMs = 3_000;
const reconnect = { baseMs: 250, maxMs: 5_000 };

/** A connection that is made anew for ever, jittered, whenever it is lost, for whatever reason. */
export interface Link {
  /**
   * Starts connecting; resolves when it is up for the first time. Throws BrokerUnavailable after `timeoutMs` and BrokerRefused
   * at once, and goes on trying.
   */
  open(timeoutMs: number): Promise<void>;
  isUp(): boolean;
  /** Drops the connection, so that everything is set up anew. */
  reset(reason: string): void;
  close(): Promise<void>;
}

/** Makes a link. `setUp` runs on each new connection before it counts as up; what it throws drops the connection. */
export function createLink(options: {
  url: string;
  log: Logger;
  setUp: (connection: ChannelModel) => Promise<void>;
  onUp: () => void;
  onDown: () => void;
}): Link {
  const { log } = options;
  const url = () => withHeartbeat(latestSecret(options.url));
  const closing = new AbortController();
  let current: ChannelModel | undefined;
  let running: Promise<void> | undefined;
  let isUp = false;
  let isBlocked = false;
  let lastError: unknown;
  const firstUp = Promise.withResolvers<void>();
  // Whoever waits in open() is told; nobody may.
  firstUp.promise.catch(() => {});

  async function run(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      try {
        await live(() => {
          failures = 0;
        });
      } catch (error) {
        lastError = error;
        if (isRefusal(error)) {
          const where = withoutPassword(url());
          firstUp.reject(new BrokerRefused(`RabbitMQ at ${where} refuses: ${errorText(error)}`));
        }
        log.warn({ err: error, failures }, 'no connection to RabbitMQ; trying again');
      }
      await pause(100 + backoff(failures + 1, reconnect), closing.signal);
    }
  }

  /** One connection's life: resolves when it is lost. */
  async function live(onUp: () => void): Promise<void> {
    const connection = await dial(url());
    const lost = new Promise<Error | undefined>((resolve) => connection.once('close', resolve));
    connection.on('error', (error) => log.warn({ err: error }, 'the connection to RabbitMQ failed'));
    connection.on('blocked', (reason) => {
      isBlocked = true;
      log.warn({ reason }, 'RabbitMQ takes no messages for now');
    });
    connection.on('unblocked', () => {
      isBlocked = false;
    });
    current = connection;
    try {
      const lostEarly = lost.then((error) => {
        throw error ?? new Error('closed while being set up');
      });
      lostEarly.catch(() => {});
      const late = () => new Error('RabbitMQ did not answer while being set up');
      await withDeadline(Promise.race([options.setUp(connection), lostEarly]), setUpTimeoutMs, late);
      isUp = true;
      onUp();
      log.info('connected to RabbitMQ');
      options.onUp();
      firstUp.resolve();
      lastError = await lost;
      if (!closing.signal.aborted) log.warn({ err: lastError }, 'the connection to RabbitMQ was lost');
    } finally {
      isUp = false;
      isBlocked = false;
      current = undefined;
      options.onDown();
      await hangUp(connection);
    }
  }

  return {
    async open(timeoutMs) {
      running ??= run();
      const late = () =>
        new BrokerUnavailable(`no RabbitMQ answers at ${withoutPassword(url())}: ${errorText(lastError)}`);
      await withDeadline(firstUp.promise, timeoutMs, late);
    },
    isUp: () => isUp && !isBlocked,
    reset(reason) {
      const connection = current;
      // A moment later: when the whole connection is being lost, its channels are the first to say so.
      setImmediate(() => {
        if (!connection || connection !== current || closing.signal.aborted) return;
        log.warn({ reason }, 'dropping the connection to RabbitMQ to set it up anew');
        void hangUp(connection);
      });
    },
    async close() {
      closing.abort();
      firstUp.reject(new BrokerUnavailable('the broker is closed'));
      if (current) await hangUp(current);
      if (running) await settledWithin(running, closeTimeoutMs);
    },
  };
}

async function dial(url: string): Promise<ChannelModel> {
  const dialing = connect(url, {
    timeout: connectTimeoutMs,
    noDelay: true,
    keepAlive: true,
    clientProperties: { connection_name: `socialhub ${process.pid}` },
  });
  try {
    return await withDeadline(dialing, connectTimeoutMs + 1_000, () => new Error('RabbitMQ did not answer'));
  } catch (error) {
    // One that comes after all is of no use any more.
    dialing.then(hangUp, () => {});
    throw error;
  }
}

/** Closes politely, and never fails: a connection that is gone already is closed. */
async function hangUp(connection: ChannelModel): Promise<void> {
  const closed = new Promise<void>((resolve) => connection.once('close', () => resolve()));
  try {
    await settledWithin(Promise.race([connection.close(), closed]), closeTimeoutMs);
  } catch {
    // amqplib throws at once when it is closed.
  }
}

/**
 * Faults of configuration, which time does not mend: a wrong account or other arguments of what was declared. A name that is
 * not found is none: where containers run, it goes with its server and comes back with it.
 */
function isRefusal(error: unknown): boolean {
  return /ACCESS[_-]REFUSED|NOT_ALLOWED|PRECONDITION[_-]FAILED|Expected amqp/.test(errorText(error));
}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(heartbeatSeconds));
  return parsed.href;
}

function withoutPassword(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
