import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { BrokerUnavailable, DeliveryFailed } from '../../src/events/broker.ts';
import { createInProcessBroker } from '../../src/events/in-process-broker.ts';
import { brokerSuite } from './broker-suite.ts';
import { mediaReady } from './media-ready.ts';

const log = pino({ level: 'silent' });
const attempts = {
  attempts: 6,
  baseMs: 20,
  maxMs: 100,
  deadlineMs: 30_000,
  crowd: { attempts: 5, leastMs: 100 },
};

brokerSuite('the in-process broker', async (services) => createInProcessBroker({ log, services, attempts }));

describe('the in-process broker alone', () => {
  it('resolves publish only when every subscribed service has applied the event', async () => {
    const broker = createInProcessBroker({ log, services: ['user', 'chat'] });
    const applied: string[] = [];
    const mayApply = Promise.withResolvers<void>();
    await broker.consume('user', async () => void applied.push('user'));
    await broker.consume('chat', async () => {
      await mayApply.promise;
      applied.push('chat');
    });
    const published = broker.publish(mediaReady()).then(() => applied.push('published'));
    mayApply.resolve();
    await published;
    expect(applied).toEqual(['user', 'chat', 'published']);
  });

  it('takes all services for its own when none are named, so that no event is lost by omission', async () => {
    const broker = createInProcessBroker({ log, startTimeoutMs: 10 });
    await broker.consume('user', async () => {});
    await expect(broker.publish(mediaReady())).rejects.toThrow(BrokerUnavailable);
  });

  it('waits for a service of this process that has not started to consume', async () => {
    const broker = createInProcessBroker({ log, services: ['user'] });
    const applied: string[] = [];
    const published = broker.publish(mediaReady());
    await broker.consume('user', async (event) => void applied.push(event.id));
    await published;
    expect(applied).toHaveLength(1);
  });

  it('rejects as unavailable, not as failed, while a service of this process does not start', async () => {
    const broker = createInProcessBroker({ log, services: ['user'], startTimeoutMs: 10 });
    await expect(broker.publish(mediaReady())).rejects.toThrow(BrokerUnavailable);
  });

  it('names the services that could not apply an event, and still lets the others', async () => {
    const broker = createInProcessBroker({ log, services: ['user', 'post'], attempts });
    const applied: string[] = [];
    await broker.consume('user', async () => {
      throw new Error('no');
    });
    await broker.consume('post', async (event) => void applied.push(event.id));
    const failure = await broker.publish(mediaReady()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeliveryFailed);
    expect((failure as DeliveryFailed).services).toEqual(['user']);
    expect(applied).toHaveLength(1);
  });
});
