import { MediaReady } from '../../src/contracts/media.ts';
import type { ServiceName } from '../../src/contracts/services.ts';
import { type Broker, DeliveryFailed, type EventHandler } from '../../src/events/broker.ts';
import { type CloudEvent, createEvent } from '../../src/events/envelope.ts';
import { uuidv7 } from '../../src/ids.ts';
import { pause } from '../../src/retry.ts';
import { until } from '../../src/testing/until.ts';

/** MediaReady is what tests of brokers send: user, post and chat consume it. */
export const consumersOfMedia = ['user', 'post', 'chat'] as const satisfies readonly ServiceName[];

export function mediaReady(mediaId: string = uuidv7(), sequence = 1): CloudEvent {
  return createEvent(MediaReady, { mediaId, ownerId: uuidv7(), kind: 'IMAGE' }, { sequence });
}

/** Publishes as the relay does: again after a fault, but for one that another try does not mend. */
export async function publishSurely(broker: Broker, event: CloudEvent): Promise<void> {
  for (;;) {
    try {
      return await broker.publish(event);
    } catch (error) {
      if (error instanceof DeliveryFailed) return;
      await pause(20);
      await until(() => broker.isReady(), { what: 'a broker that is ready again', timeoutMs: 60_000 });
    }
  }
}

/** Consumes for all three services and records what arrives, in order. */
export async function recordAll(broker: Broker, handle: EventHandler = async () => {}) {
  const received: Record<(typeof consumersOfMedia)[number], CloudEvent[]> = { user: [], post: [], chat: [] };
  const started = await Promise.all(
    consumersOfMedia.map((service) =>
      broker.consume(service, async (event) => {
        await handle(event);
        received[service].push(event);
      }),
    ),
  );
  return { received, stop: () => Promise.all(started.map((one) => one.stop())) };
}
