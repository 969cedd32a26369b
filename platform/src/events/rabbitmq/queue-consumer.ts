import type { Channel, ChannelModel, ConsumeMessage, Options } from 'amqplib';
import { settledWithin } from '../../deadline.ts';
import type { Logger } from '../../log.ts';

const prefetch = 64;
const drainMs = 10_000;

/** Of messages that ask when all before them have been handled; the answer goes to their `replyTo`. */
export const fenceType = 'socialhub.fence';

/** Handles a message until it need not come again. When `leaving` is aborted before that it throws, or gives false. */
export type MessageHandler = (message: ConsumeMessage, leaving: AbortSignal) => Promise<boolean>;

/** Works one queue, of which one consumer is at work at a time. */
export interface QueueConsumer {
  /** Consumes over this connection from now on; a second call for the same connection is the first one's. */
  attach(connection: ChannelModel): Promise<void>;
  detach(): void;
  /** Whether it has been handed anything since it began: whoever has is at work on the queue. */
  isAtWork(): boolean;
  /**
   * Begins nothing more, waits for handlers in hand (10 s at most) and lets go of the queue: another consumer goes on where
   * this one stopped.
   */
  letGo(): Promise<void>;
}

/** In hand at a time. */
export const mostInHand = prefetch;

interface Session {
  connection: ChannelModel;
  channel: Channel;
  leaving: AbortController;
  inHand: Set<Promise<void>>;
  isAtWork: boolean;
}

/** Makes the consumer of a queue, not attached yet. `onLost` is called when RabbitMQ ended it. */
export function createQueueConsumer(options: {
  queue: string;
  handle: MessageHandler;
  answer: (fence: ConsumeMessage) => Promise<void>;
  log: Logger;
  onLost: (reason: string) => void;
}): QueueConsumer {
  const { queue, handle, answer, log } = options;
  let session: Session | undefined;
  let attached: { connection: ChannelModel; done: Promise<void> } | undefined;

  async function begin(connection: ChannelModel): Promise<void> {
    const channel = await connection.createChannel();
    const own: Session = {
      connection,
      channel,
      leaving: new AbortController(),
      inHand: new Set(),
      isAtWork: false,
    };
    channel.on('error', (error) => log.warn({ err: error, queue }, 'a consuming channel failed'));
    channel.on('close', () => {
      if (session === own) options.onLost(`the channel of ${queue} closed`);
    });
    session = own;
    await channel.prefetch(prefetch);
    await channel.consume(queue, (message) => {
      if (message) receive(own, message);
      else if (session === own) options.onLost(`RabbitMQ cancelled the consumer of ${queue}`);
    });
  }

  function receive(own: Session, message: ConsumeMessage): void {
    own.isAtWork = true;
    // What is not begun is handed out again by RabbitMQ when the channel has ended.
    if (own.leaving.signal.aborted) return;
    const done = finish(own, message).finally(() => own.inHand.delete(done));
    own.inHand.add(done);
  }

  /** Acks what is handled, hands back what could not be put aside. Never throws. */
  async function finish(own: Session, message: ConsumeMessage): Promise<void> {
    const isLeaving = () => session !== own || own.leaving.signal.aborted;
    try {
      if (message.properties.type === fenceType) {
        await Promise.all(own.inHand);
        if (isLeaving()) return;
        await answer(message);
      } else if (!(await handle(message, own.leaving.signal))) return;
      if (session === own) own.channel.ack(message);
    } catch (error) {
      if (isLeaving()) return;
      log.warn({ err: error, queue }, 'a message could not be set aside and is handed back');
      try {
        own.channel.nack(message, false, true);
      } catch {
        // The channel has closed meanwhile: RabbitMQ hands the message out again by itself.
      }
    }
  }

  return {
    attach(connection) {
      if (attached?.connection !== connection) attached = { connection, done: begin(connection) };
      return attached.done;
    },
    detach() {
      session?.leaving.abort();
      session = undefined;
      attached = undefined;
    },
    isAtWork: () => session?.isAtWork === true,
    async letGo() {
      const own = session;
      if (!own) return;
      own.leaving.abort();
      // Not cancelled before: RabbitMQ would have the next consumer begin beside what is in hand here.
      const drained = await settledWithin(Promise.all(own.inHand), drainMs);
      if (!drained) log.warn({ queue }, 'let go of a queue while a handler was still at work');
      if (session !== own) return;
      session = undefined;
      attached = undefined;
      await settledWithin(own.channel.close(), 3_000);
    },
  };
}

/** What a message keeps when it moves to another queue; headers are given anew. */
export function describing(message: Pick<ConsumeMessage, 'properties'>): Options.Publish {
  const { messageId, type, contentType } = message.properties;
  return { messageId, type, contentType } as Options.Publish;
}
