import { randomUUID } from 'node:crypto';
import type { Channel, ChannelModel } from 'amqplib';
import { pause } from '../../retry.ts';
import { findOpen, findParted, mark, partitionsTopic } from './layout.ts';
import { mostPartitions, patternOfPartition } from './partitions.ts';
import { fenceType } from './queue-consumer.ts';
import { consumingServices, declarePartition, type Names } from './topology.ts';

const lookMs = 50;

/**
 * Has twice as many partitions, while events go on. The events of half of the aggregates of each partition go into a new one
 * from now on, which is consumed once what the old one has of them has been handled: order holds. Resolves when the
 * new ones are open; each service must have an instance. Done again after it was cut short, it goes on where it stopped.
 */
export async function doublePartitions(connection: ChannelModel, names: Names): Promise<number> {
  const open = await findOpen(connection, names);
  if (open === 0 || open === mostPartitions)
    throw new Error(`there are ${open} partitions, of ${mostPartitions}`);
  const count = open * 2;
  const channel = await connection.createChannel();
  channel.on('error', () => {});
  const lost = new Promise<never>((_, reject) => {
    channel.on('close', () => reject(new Error('RabbitMQ closed the channel meanwhile: begin again')));
  });
  lost.catch(() => {});
  for (const service of consumingServices)
    for (let partition = open; partition < count; partition += 1)
      await declarePartition(channel, names, service, partition);
  // Whoever declares the topology from here on binds as we do.
  if ((await findParted(connection, names)) < count) await mark(connection, names.parted(count));
  await part(channel, names, open);
  await passFences(channel, names, open, lost);
  // Again: somebody may have declared the topology as it was, having looked just before.
  await part(channel, names, open);
  await passFences(channel, names, open, lost);
  await mark(connection, names.open(count));
  channel.publish(names.live, partitionsTopic, Buffer.alloc(0));
  await channel.close();
  return count;
}

/** Binds the new queues before the old bindings go: what comes in between is in both, and is applied once. */
async function part(channel: Channel, names: Names, open: number): Promise<void> {
  for (const service of consumingServices) {
    for (let partition = 0; partition < open; partition += 1) {
      for (const half of [partition + open, partition])
        await channel.bindQueue(
          names.queue(service, half),
          names.service(service),
          patternOfPartition(half, open * 2),
        );
      await channel.unbindQueue(
        names.queue(service, partition),
        names.service(service),
        patternOfPartition(partition, open),
      );
    }
  }
}

/** Resolves when all that is in the old queues now has been handled. */
async function passFences(channel: Channel, names: Names, open: number, lost: Promise<never>): Promise<void> {
  const { queue: answers } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
  const waiting = new Set<string>();
  for (const service of consumingServices) {
    for (let partition = 0; partition < open; partition += 1) {
      const id = randomUUID();
      waiting.add(id);
      channel.sendToQueue(names.queue(service, partition), Buffer.from(id), {
        type: fenceType,
        replyTo: answers,
        persistent: true,
      });
    }
  }
  await channel.consume(answers, (message) => message && waiting.delete(message.content.toString()), {
    noAck: true,
  });
  while (waiting.size > 0) await Promise.race([pause(lookMs), lost]);
}
