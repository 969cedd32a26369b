import { createDatabase, type Database } from '@socialhub/platform/database/database';
import { pruneAll } from '@socialhub/platform/lifecycle/prune';
import { createLogger } from '@socialhub/platform/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../src/store/client.ts';
import { pruneEvents } from '../src/tasks/prune-events.ts';
import { factsOf, followEvents } from './events.ts';
import { type Chat, startChat } from './people.ts';

let chat: Chat;
let db: Database<Client>;
let ada: string;
let bob: string;

beforeAll(async () => {
  chat = await startChat();
  const url = chat.service.db.options.connectionString ?? '';
  db = createDatabase(url, createClient, createLogger({ service: 'test', level: 'silent' }));
  ada = await chat.register();
  bob = await chat.register();
});

afterAll(async () => {
  await db.close();
  expect(chat.service.loggedErrors).toEqual([]);
  await chat.service.stop();
});

const prune = () => pruneAll(pruneEvents(db, 90));
const age = (days: number) =>
  chat.service.db.query(
    `UPDATE member_events SET created_at = created_at - $1 * interval '1 day' WHERE created_at > now() - interval '1 hour'`,
    [days],
  );

test('a device that comes back to a log that has lost its beginning is told of the gap, and hears the rest', async () => {
  const id = await chat.start([ada, bob]);
  const device = followEvents(chat, bob);
  await chat.send(ada, id, 'seen');
  await device.has(1);
  await device.stop();
  const cursor = device.received.at(-1)?.cursor;
  // More than one step takes of one log.
  for (let n = 0; n < 24; n += 1) await chat.send(ada, id, `missed ${n}`);
  await age(91);
  const last = await chat.send(ada, id, 'kept');
  expect(await prune()).toBe(50);

  const back = followEvents(chat, bob, cursor);
  await back.has(2);
  expect(factsOf(back.received)).toEqual([
    ['GAP', null],
    ['MESSAGE_SENT', 'kept'],
  ]);
  expect(back.received[0]).toMatchObject({ conversationId: id, conversation: { id }, actor: null });
  expect(back.received[1]?.message?.id).toBe(last.id);
  await back.stop();

  // Behind the gap there is none.
  const again = followEvents(chat, bob, back.received[0]?.cursor);
  await again.has(1);
  expect(factsOf(again.received)).toEqual([['MESSAGE_SENT', 'kept']]);
  await again.stop();
});

test('who has heard all that is gone is told of no gap, nor who comes without a cursor', async () => {
  const [one, other] = [await chat.register(), await chat.register()];
  const id = await chat.start([one, other]);
  const device = followEvents(chat, other);
  await chat.send(one, id, 'heard');
  await device.has(1);
  await device.stop();
  await age(91);
  await prune();
  const [back, fresh] = [
    followEvents(chat, other, device.received.at(-1)?.cursor),
    followEvents(chat, other),
  ];
  await chat.send(one, id, 'new');
  await Promise.all([back.has(1), fresh.has(1)]);
  expect(factsOf(back.received)).toEqual([['MESSAGE_SENT', 'new']]);
  expect(factsOf(fresh.received)).toEqual([['MESSAGE_SENT', 'new']]);
  await Promise.all([back.stop(), fresh.stop()]);
});

test('keeps what is younger, and prunes while events go on', async () => {
  const [one, other] = [await chat.register(), await chat.register()];
  const id = await chat.start([one, other]);
  for (let n = 0; n < 12; n += 1) await chat.send(one, id, `old ${n}`);
  await age(91);
  const sending = Promise.all(Array.from({ length: 10 }, (_, n) => chat.send(one, id, `new ${n}`)));
  await Promise.all([prune(), prune(), sending]);
  await prune();
  const { rows } = await chat.service.db.query(
    `SELECT count(*)::int AS kept, min(seq)::int AS first, pruned_seq::int AS pruned, last_seq::int AS last
     FROM member_events JOIN event_heads USING (member_id) WHERE member_id = $1 GROUP BY pruned_seq, last_seq`,
    [other],
  );
  expect(rows).toEqual([{ kept: 10, first: 13, pruned: 12, last: 22 }]);
});
