import type { ChannelModel } from 'amqplib';
import type { ServiceName } from '../../contracts/services.ts';
import { serviceGauges } from '../../metrics/service-gauges.ts';
import type { Names } from './topology.ts';

/** How many messages wait for a service, where. */
export interface QueueDepths {
  waiting: number;
  put_off: number;
  dead: number;
}

export const watchQueues = serviceGauges<keyof QueueDepths>('queue', {
  waiting: 'Events that wait in RabbitMQ for a service, those that it has in hand left out.',
  put_off: 'Events that wait in its retry queue for another attempt.',
  dead: 'Events that were set aside for an operator.',
});

/** Asks RabbitMQ itself, so that it is the same whichever instance asks. */
export async function countMessages(
  connection: ChannelModel,
  names: Names,
  service: ServiceName,
): Promise<QueueDepths> {
  const channel = await connection.createChannel();
  // The failing call throws what there is to say.
  channel.on('error', () => {});
  try {
    const count = async (queue: string) => (await channel.checkQueue(queue)).messageCount;
    return {
      waiting: await count(names.queue(service)),
      put_off: await count(names.retryQueue(service)),
      dead: await count(names.deadQueue(service)),
    };
  } finally {
    await channel.close().catch(() => {});
  }
}
