import type { Logger } from '../log.ts';
import { watchBroker } from '../metrics/broker-metrics.ts';
import { type Broker, BrokerRefused, BrokerUnavailable } from './broker.ts';

/**
 * Connects a process to its broker, and does without where that does not answer in time: events wait in their outboxes,
 * streams look for themselves from time to time, and the broker comes up whenever it is there. Throws BrokerRefused. Gives
 * what ends the watch over it.
 */
export async function connectInTime(service: string, broker: Broker, log: Logger): Promise<() => void> {
  try {
    await broker.connect();
  } catch (error) {
    if (error instanceof BrokerRefused || !(error instanceof BrokerUnavailable)) throw error;
    log.warn({ err: error }, 'the broker does not answer; going on without it until it does');
  }
  return watchBroker(service, broker);
}

/** How long a start waits for a broker that may be about to come up. */
export const patienceMs = 3_000;
