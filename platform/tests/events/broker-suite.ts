import { setImmediate as nextTick } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceName } from '../../src/contracts/services.ts';
import { unavailable } from '../../src/errors.ts';
import { type Broker, type Json, UnprocessableEvent } from '../../src/events/broker.ts';
import type { CloudEvent } from '../../src/events/envelope.ts';
import { uuidv7 } from '../../src/ids.ts';
import { until } from '../../src/testing/until.ts';
import { consumersOfMedia, mediaReady, publishSurely, recordAll } from './media-ready.ts';

/**
 * What every engine keeps. `open` gives a connected broker with nothing in it, for a process in which these services
 * live; it gives an event up within a second or two.
 */
export function brokerSuite(name: string, open: (services: readonly ServiceName[]) => Promise<Broker>): void {
  describe(name, () => {
    const brokers: Broker[] = [];
    const start = async (...services: ServiceName[]) => {
      const broker = await open(services);
      brokers.push(broker);
      return broker;
    };
    afterEach(async () => {
      await Promise.all(brokers.splice(0).map((broker) => broker.close()));
    });

    it('delivers an event to every service that subscribes to it and to no other', async () => {
      const broker = await start(...consumersOfMedia, 'notification');
      const strays: CloudEvent[] = [];
      await broker.consume('notification', async (event) => void strays.push(event));
      const { received } = await recordAll(broker);
      const event = mediaReady();
      await broker.publish(event);
      await until(() => consumersOfMedia.every((service) => received[service].length === 1), {
        what: 'delivery',
      });
      expect(received).toEqual({ user: [event], post: [event], chat: [event] });
      expect(strays).toEqual([]);
    });

    it('keeps the order of each aggregate, and handles different ones beside each other', async () => {
      const broker = await start(...consumersOfMedia);
      const media = Array.from({ length: 5 }, () => uuidv7());
      let atWork = 0;
      let mostAtWork = 0;
      const { received } = await recordAll(broker, async () => {
        atWork += 1;
        mostAtWork = Math.max(mostAtWork, atWork);
        for (let turns = Math.random() * 5; turns > 0; turns -= 1) await nextTick();
        atWork -= 1;
      });
      const sequences = Array.from({ length: 40 }, (_, index) => index + 1);
      await Promise.all(
        sequences.flatMap((n) => media.map((mediaId) => broker.publish(mediaReady(mediaId, n)))),
      );
      await until(() => consumersOfMedia.every((service) => received[service].length === 200), {
        what: 'all 200 events at each service',
      });
      for (const service of consumersOfMedia) {
        for (const mediaId of media) {
          const seen = received[service].filter(({ subject }) => subject === mediaId);
          expect(seen.map(({ sequence }) => Number(sequence))).toEqual(sequences);
        }
      }
      expect(mostAtWork).toBeGreaterThan(3);
    });

    it('delivers again after a fault of the handler, before later events of the aggregate', async () => {
      const broker = await start('user');
      const mediaId = uuidv7();
      const calls: number[] = [];
      await broker.consume('user', async (event) => {
        calls.push(Number(event.sequence));
        if (calls.length <= 2) throw new Error('the database is away');
      });
      const sent = [broker.publish(mediaReady(mediaId, 1)), broker.publish(mediaReady(mediaId, 2))];
      await Promise.all(sent);
      await until(() => calls.length === 4, { what: 'the second event' });
      expect(calls).toEqual([1, 1, 1, 2]);
    });

    it('sets an event aside that is never applied, delays no other, lists it and replays it', async () => {
      const broker = await start('user');
      const poison = mediaReady();
      const applied: string[] = [];
      const neighboursApplied = Promise.withResolvers<void>();
      let isMended = false;
      let tries = 0;
      await broker.consume('user', async (event) => {
        if (event.id === poison.id && !isMended) {
          tries += 1;
          if (tries > 2) await neighboursApplied.promise;
          throw new Error('this one never works');
        }
        applied.push(event.id);
      });

      const outcome = publishSurely(broker, poison);
      await until(() => tries >= 1, { what: 'a first try' });
      const neighbours = Array.from({ length: 20 }, () => mediaReady());
      await Promise.all(neighbours.map((event) => broker.publish(event)));
      await until(() => applied.length === 20, { what: 'the neighbours' });
      expect(await broker.deadLetters('user')).toEqual([]);

      neighboursApplied.resolve();
      await outcome;
      await until(async () => (await broker.deadLetters('user')).length === 1, { what: 'the dead letter' });
      expect(tries).toBeGreaterThan(2);
      expect(await broker.deadLetters('user')).toMatchObject([
        { id: poison.id, service: 'user', type: 'media_ready', subject: poison.subject },
      ]);
      expect((await broker.deadLetters('user'))[0]?.error).toContain('this one never works');

      expect(await broker.replay('user', [uuidv7()])).toBe(0);
      isMended = true;
      expect(await broker.replay('user', [poison.id])).toBe(1);
      await until(() => applied.includes(poison.id), { what: 'the replayed event' });
      expect(await broker.deadLetters('user')).toEqual([]);
    });

    it('tries an event for as long as its service has no database, and sets it aside for its own faults alone', async () => {
      const broker = await start(...consumersOfMedia);
      let calls = 0;
      const { received } = await recordAll(broker, async () => {
        calls += 1;
        if (calls < 60)
          throw calls % 2 ? unavailable() : Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
      });
      await publishSurely(broker, mediaReady());
      await until(() => Object.values(received).every(({ length }) => length === 1), { timeoutMs: 30_000 });
      for (const service of consumersOfMedia) expect(await broker.deadLetters(service)).toEqual([]);
    });

    it('handles a few events at a time, however many there are, and stops without waiting for the others', async () => {
      const broker = await start(...consumersOfMedia);
      let underWay = 0;
      const mayEnd = Promise.withResolvers<void>();
      const { stop } = await recordAll(broker, async () => {
        underWay += 1;
        await mayEnd.promise;
      });
      const published = Array.from({ length: 40 }, () => broker.publish(mediaReady()).catch(() => undefined));
      await until(() => underWay === 12);
      const stopped = stop();
      mayEnd.resolve();
      await stopped;
      expect(underWay).toBe(12);
      await Promise.all(published);
    });

    it('tries an event only once that its handler calls unprocessable', async () => {
      const broker = await start('user');
      let tries = 0;
      await broker.consume('user', async () => {
        tries += 1;
        throw new UnprocessableEvent('its data breaks the contract');
      });
      await publishSurely(broker, mediaReady());
      await until(async () => (await broker.deadLetters('user')).length === 1, { what: 'the dead letter' });
      expect(tries).toBe(1);
    });

    it('delivers an event twice that is published twice: consumers tell by its id', async () => {
      const broker = await start(...consumersOfMedia);
      const { received } = await recordAll(broker);
      const event = mediaReady();
      await broker.publish(event);
      await broker.publish(event);
      await until(() => received.user.length === 2, { what: 'the duplicate' });
      expect(received.user).toEqual([event, event]);
    });

    it('takes an event that no service subscribes to', async () => {
      const broker = await start();
      await broker.publish({ ...mediaReady(), type: 'nobody_listens' });
    });

    it('lets a handler in hand finish before stop resolves, and loses nothing that waits', async () => {
      const broker = await start('user');
      const mediaId = uuidv7();
      const inHand = Promise.withResolvers<void>();
      const mayFinish = Promise.withResolvers<void>();
      const applied: string[] = [];
      const consumer = await broker.consume('user', async (event) => {
        inHand.resolve();
        await mayFinish.promise;
        applied.push(event.sequence);
      });
      const sent = [1, 2, 3].map((sequence) => publishSurely(broker, mediaReady(mediaId, sequence)));
      await inHand.promise;

      let isStopped = false;
      const stopped = consumer.stop().then(() => {
        isStopped = true;
      });
      await nextTick();
      expect(isStopped).toBe(false);
      mayFinish.resolve();
      await stopped;
      expect(applied).toEqual(['1']);

      await broker.consume('user', async (event) => void applied.push(event.sequence));
      await Promise.all(sent);
      await until(() => applied.length >= 3, { what: 'what had been waiting' });
      expect(applied).toEqual(['1', '2', '3']);
    });

    it('carries live signals to those who listen to the topic, while they do', async () => {
      const broker = await start();
      const heard: Record<string, (Json | undefined)[]> = { first: [], second: [], other: [] };
      const stopFirst = await broker.listen('chat.1', (payload) => heard.first?.push(payload));
      const stopSecond = await broker.listen('chat.1', (payload) => heard.second?.push(payload));
      await broker.listen('chat.2', (payload) => heard.other?.push(payload));

      await broker.signal('chat.1', { typing: true });
      await until(() => heard.first?.length === 1 && heard.second?.length === 1, { what: 'the signal' });
      await stopFirst();
      await broker.signal('chat.1');
      await until(() => heard.second?.length === 2, { what: 'the second signal' });
      await stopSecond();
      await stopSecond();
      await broker.signal('chat.1', 'to nobody');
      await broker.signal('chat.2', 'the last');
      await until(() => heard.other?.length === 1, { what: 'the signal of the other topic' });
      expect(heard).toEqual({
        first: [{ typing: true }],
        second: [{ typing: true }, undefined],
        other: ['the last'],
      });
    });

    it('refuses a second consumer of a service', async () => {
      const broker = await start('user');
      await broker.consume('user', async () => {});
      await expect(broker.consume('user', async () => {})).rejects.toThrow('consumes already');
    });

    it('is ready while open, can be closed twice and takes nothing afterwards', async () => {
      const broker = await start();
      expect(broker.isReady()).toBe(true);
      await broker.close();
      await broker.close();
      expect(broker.isReady()).toBe(false);
      await expect(broker.publish(mediaReady())).rejects.toThrow();
    });
  });
}
