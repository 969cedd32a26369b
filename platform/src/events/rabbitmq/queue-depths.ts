import type { ChannelModel } from 'amqplib';
import type { ServiceName } from '../../contracts/services.ts';
import { serviceGauges } from '../../metrics/service-gauges.ts';
import type { Names } from './topology.ts';

/** How many messages wait for a service, where. */
export interface QueueDepths {
  waiting: number;
  longest: number;
  dead: number;
}

export const watchQueues = serviceGauges<keyof QueueDepths>('queue', {
  waiting: 'Events that wait in RabbitMQ for a service, those that it has in hand left out.',
  longest: 'Those of the partition in which most wait.',
  dead: 'Events that were set aside for an operator.',
});

export async function countMessages(
  connection: ChannelModel,
  names: Names,
  service: ServiceName,
  partitions: number,
): Promise<QueueDepths> {
  const { partitions: depths, dead } = await listDepths(connection, names, service, partitions);
  return { waiting: depths.reduce((sum, depth) => sum + depth, 0), longest: Math.max(0, ...depths), dead };
}

/** What waits for a service by partition, who works it, and what was set aside. */
export interface PartitionDepths {
  partitions: number[];
  instances: number;
  dead: number;
}

/** What waits in each partition of a service. Asks RabbitMQ itself, so that it is the same whichever instance asks. */
export async function listDepths(
  connection: ChannelModel,
  names: Names,
  service: ServiceName,
  partitions: number,
): Promise<PartitionDepths> {
  const channel = await connection.createChannel();
  // The failing call throws what there is to say.
  channel.on('error', () => {});
  try {
    const depths: number[] = [];
    for (let partition = 0; partition < partitions; partition += 1)
      depths.push((await channel.checkQueue(names.queue(service, partition))).messageCount);
    const { consumerCount: instances } = await channel.checkQueue(names.instances(service));
    const { messageCount: dead } = await channel.checkQueue(names.deadQueue(service));
    return { partitions: depths, instances, dead };
  } finally {
    await channel.close().catch(() => {});
  }
}
