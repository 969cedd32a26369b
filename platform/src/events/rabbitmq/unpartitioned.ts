import type { Channel, ChannelModel, ConfirmChannel } from 'amqplib';
import { pause } from '../../retry.ts';
import { parseEnvelope } from '../envelope.ts';
import { routingKey } from './partitions.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { describing } from './queue-consumer.ts';
import { consumingServices, type Names } from './topology.ts';

const prefetch = 200;
const confirmTimeoutMs = 10_000;
const lookAgainMs = 250;
/** Of the message behind which nothing comes. */
const endType = 'socialhub.end';

/**
 * Puts what is left in the queues of a system from before there were partitions (one of each service, and one for what was
 * put off) into the partitions, in order, and removes those queues. It takes the processes of that time to be stopped; who
 * calls this publishes nothing meanwhile.
 */
export async function moveUnpartitioned(connection: ChannelModel, names: Names): Promise<void> {
  for (const service of consumingServices) {
    const queue = names.service(service);
    const putOff = `${queue}.retry`;
    // What was put off goes back into the service's queue by itself, ten seconds after it was.
    while (((await countIn(connection, putOff)) ?? 0) > 0) await pause(lookAgainMs);
    if ((await countIn(connection, queue)) !== undefined) await moveAll(connection, queue, queue);
    if ((await countIn(connection, putOff)) !== undefined) await remove(connection, putOff);
  }
}

async function moveAll(connection: ChannelModel, queue: string, exchange: string): Promise<void> {
  const publisher = createPublisher(confirmTimeoutMs);
  const publishing: ConfirmChannel = await connection.createConfirmChannel();
  publisher.attach(publishing);
  const channel = await connection.createChannel();
  for (const one of [publishing, channel]) one.on('error', () => {});
  try {
    await publisher.send('', queue, Buffer.from(''), { type: endType });
    await move(channel, publisher, queue, exchange);
  } finally {
    for (const one of [channel, publishing]) await one.close().catch(() => {});
  }
}

/** Resolves when the queue is gone. One consumer of the queue is at work at a time: of several who move, one does. */
function move(channel: Channel, publisher: Publisher, queue: string, exchange: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const moved: Promise<void>[] = [];
    channel.on('close', () => reject(new Error(`the channel that empties ${queue} closed`)));
    const begin = async () => {
      await channel.prefetch(prefetch);
      await channel.consume(queue, (message) => {
        if (!message) {
          // Removed, by us or by another.
          resolve();
        } else if (message.properties.type === endType) {
          Promise.all(moved)
            .then(() => channel.deleteQueue(queue))
            .then(() => resolve(), reject);
        } else {
          const sent = publisher.send(exchange, keyOf(message.content), message.content, describing(message));
          moved.push(sent);
          sent.then(() => channel.ack(message), reject);
        }
      });
    };
    begin().catch(reject);
  });
}

/** What is no event of ours is set aside by whoever consumes it. */
export function keyOf(content: Buffer): string {
  try {
    return routingKey(parseEnvelope(JSON.parse(content.toString())));
  } catch {
    return routingKey({ source: '/socialhub/auth', subject: '', type: 'unknown' });
  }
}

async function remove(connection: ChannelModel, queue: string): Promise<void> {
  const channel = await connection.createChannel();
  channel.on('error', () => {});
  await channel.deleteQueue(queue);
  await channel.close();
}

/** How many messages wait in a queue; nothing where there is none. */
async function countIn(connection: ChannelModel, queue: string): Promise<number | undefined> {
  const channel = await connection.createChannel();
  channel.on('error', () => {});
  try {
    const { messageCount } = await channel.checkQueue(queue);
    await channel.close();
    return messageCount;
  } catch (error) {
    if (/NOT[_-]FOUND/.test(String(error))) return undefined;
    throw error;
  }
}
