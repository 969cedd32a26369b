import type { Channel, ChannelModel, GetMessage } from 'amqplib';
import * as z from 'zod';
import type { ServiceName } from '../../contracts/services.ts';
import { pause } from '../../retry.ts';
import type { DeadLetter } from '../broker.ts';
import type { Publisher } from './publisher.ts';
import { describing } from './queue-consumer.ts';
import type { Names } from './topology.ts';
import { keyOf } from './unpartitioned.ts';

const listLimit = 1_000;

/** Lists a service's dead letters, oldest first, 1000 at most; they stay where they are. */
export async function listDeadLetters(
  connection: ChannelModel,
  names: Names,
  service: ServiceName,
): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  await visit(connection, names.deadQueue(service), listLimit, async (message) => {
    letters.push(describe(service, message));
    return 'keep';
  });
  return letters;
}

/** Moves a service's dead letters, all or those with these event ids, back to its partitions; gives how many. */
export async function replayDeadLetters(
  connection: ChannelModel,
  publisher: Publisher,
  names: Names,
  service: ServiceName,
  ids: readonly string[] | undefined,
): Promise<number> {
  let replayed = 0;
  await visit(connection, names.deadQueue(service), Number.POSITIVE_INFINITY, async (message) => {
    if (ids && !ids.includes(describe(service, message).id)) return 'keep';
    await publisher.send(
      names.service(service),
      keyOf(message.content),
      message.content,
      describing(message),
    );
    replayed += 1;
    return 'remove';
  });
  return replayed;
}

/** Shows each message that is in the queue now. What is kept goes back to its place before this resolves. */
async function visit(
  connection: ChannelModel,
  queue: string,
  limit: number,
  look: (message: GetMessage) => Promise<'keep' | 'remove'>,
): Promise<void> {
  const channel: Channel = await connection.createChannel();
  // The failing call throws what there is to say.
  channel.on('error', () => {});
  try {
    const { messageCount } = await channel.checkQueue(queue);
    let kept = 0;
    for (let seen = 0; seen < Math.min(messageCount, limit); seen += 1) {
      const message = await channel.get(queue);
      if (!message) break;
      if ((await look(message)) === 'remove') channel.ack(message);
      else kept += 1;
    }
    if (kept === 0) return;
    channel.nackAll(true);
    const areBack = async () => (await channel.checkQueue(queue)).messageCount >= kept;
    for (let tries = 0; tries < 20 && !(await areBack()); tries += 1) await pause(25);
  } finally {
    await channel.close().catch(() => {});
  }
}

const identifying = z.object({ id: z.string(), type: z.string(), subject: z.string() });

function describe(service: ServiceName, message: GetMessage): DeadLetter {
  const { headers = {}, messageId } = message.properties;
  const event = identifying.safeParse(parsed(message.content)).data;
  const death = headers['x-first-death-reason'];
  return {
    id: event?.id ?? (typeof messageId === 'string' ? messageId : ''),
    service,
    type: event?.type ?? 'unknown',
    subject: event?.subject ?? '',
    // Without our note RabbitMQ itself set it aside.
    error: String(headers['x-error'] ?? (death ? `set aside by RabbitMQ: ${death}` : 'unknown')),
    failedAt: new Date(String(headers['x-failed-at'] ?? 0)),
  };
}

function parsed(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return null;
  }
}
