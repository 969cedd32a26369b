import type { ChannelModel } from 'amqplib';
import { mostPartitions } from './partitions.ts';
import { declareTopology, type Names } from './topology.ts';
import { moveUnpartitioned } from './unpartitioned.ts';

/** Signalled when more partitions have been opened. */
export const partitionsTopic = 'partitions';

/**
 * Declares what the system has on the broker, in as many partitions as it has there, `partitions` where it has nothing
 * yet. Gives in how many events may be consumed: fewer than there are while their number is being raised.
 */
export async function declareLayout(
  connection: ChannelModel,
  names: Names,
  partitions: number,
): Promise<number> {
  const parted = await highest(connection, names.parted);
  await declareTopology(connection, names, parted || partitions);
  if (parted) return findOpen(connection, names);
  await moveUnpartitioned(connection, names);
  // The highest first: cut short, it counts as not begun.
  for (const nameOf of [names.open, names.parted])
    for (let count = partitions; count >= 1; count /= 2) await mark(connection, nameOf(count));
  return partitions;
}

/** In how many partitions events are put by now, 0 before there are any. */
export const findParted = (connection: ChannelModel, names: Names) => highest(connection, names.parted);

/** ... and in how many they may be consumed. */
export const findOpen = (connection: ChannelModel, names: Names) => highest(connection, names.open);

/** Notes a number on the broker: an exchange is there or not, whoever looks, and survives it. */
export async function mark(connection: ChannelModel, name: string): Promise<void> {
  const channel = await connection.createChannel();
  channel.on('error', () => {});
  await channel.assertExchange(name, 'fanout', { durable: true });
  await channel.close();
}

async function highest(connection: ChannelModel, nameOf: (count: number) => string): Promise<number> {
  let found = 0;
  for (let count = 1; count <= mostPartitions && (await isMarked(connection, nameOf(count))); count *= 2)
    found = count;
  return found;
}

async function isMarked(connection: ChannelModel, name: string): Promise<boolean> {
  const channel = await connection.createChannel();
  channel.on('error', () => {});
  try {
    await channel.checkExchange(name);
  } catch (error) {
    // RabbitMQ has closed the channel.
    if (/NOT[_-]FOUND/.test(String(error))) return false;
    throw error;
  }
  await channel.close();
  return true;
}
