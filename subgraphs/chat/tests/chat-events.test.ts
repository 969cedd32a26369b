import { createDatabase } from '@socialhub/platform/database/database';
import { uuidv7 } from '@socialhub/platform/ids';
import { createLogger } from '@socialhub/platform/log';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchChat } from '../src/domain/events/watch-chat.ts';
import { createClient } from '../src/store/client.ts';
import { createChatLog } from '../src/store/events/member-events.ts';
import { type Event, factsOf, followEvents } from './events.ts';
import { type Chat, eventsSubscription, readMutation, startChat, userGid } from './people.ts';

let chat: Chat;
let ada: string;
let bob: string;

beforeAll(async () => {
  chat = await startChat();
  ada = await chat.register();
  bob = await chat.register();
});

afterAll(async () => {
  expect(chat.service.loggedErrors).toEqual([]);
  await chat.service.stop();
});

const follow = (who: string, after?: string) => followEvents(chat, who, after);
test('members hear live of a new group, its messages and how far others have read', async () => {
  const events = follow(bob);
  const id = await chat.start([ada, bob, await chat.register()], 'Trio');
  const { seq } = await chat.send(ada, id, 'hello');
  dataOf(await chat.service.as(bob).execute(readMutation, { input: { conversationId: id, upToSeq: seq } }));
  await chat.service.as(bob).execute(readMutation, { input: { conversationId: id, upToSeq: seq } });
  await events.has(3);
  await chat.send(bob, id, 'bye');
  await events.has(4);
  expect(factsOf(events.received)).toEqual([
    ['CONVERSATION_CHANGED', null],
    ['MESSAGE_SENT', 'hello'],
    ['READ', null],
    ['MESSAGE_SENT', 'bye'],
  ]);
  expect(events.received.map(({ actor }) => actor.id)).toEqual([ada, ada, bob, bob].map(userGid));
  expect(new Set(events.received.map(({ conversation }) => conversation?.id))).toEqual(new Set([id]));
  await events.stop();
});

test('nothing is missed between asking for the stream and its beginning, however long that takes', async () => {
  const url = chat.service.db.options.connectionString ?? '';
  const db = createDatabase(url, createClient, createLogger({ service: 'test', level: 'silent' }));
  const id = await chat.start([ada, bob]);
  await chat.send(ada, id, 'before');
  const askedAt = new Date();
  const sent = await chat.send(ada, id, 'on the way');
  const live = { listen: async () => async () => {}, signal: async () => {} };
  const viewer = { userId: bob, sessionId: uuidv7(), role: 'MEMBER' as const, scopes: [] };
  const stream = await watchChat(
    { viewer, db, chatLog: createChatLog(db, live), askedAt, signal: AbortSignal.timeout(10_000) },
    null,
  );
  expect((await stream.next()).value).toMatchObject({ kind: 'MESSAGE_SENT', messageId: uuidOf(sent.id) });
  await stream.return(undefined);
  await db.close();
});

test('a direct conversation is silent until its first message', async () => {
  const [one, other] = [await chat.register(), await chat.register()];
  const events = follow(other);
  const id = await chat.start([one, other]);
  await chat.send(one, id, 'hi');
  await events.has(1);
  expect(factsOf(events.received)).toEqual([['MESSAGE_SENT', 'hi']]);
  await events.stop();
});

test('who comes back with a cursor gets what was missed, once and in order, and then what comes', async () => {
  const id = await chat.start([ada, bob]);
  const live = follow(bob);
  await chat.send(ada, id, 'seen');
  await live.has(1);
  await live.stop();
  const cursor = live.received.at(-1)?.cursor;
  for (const text of ['missed 1', 'missed 2', 'missed 3']) await chat.send(ada, id, text);
  const back = follow(bob, cursor);
  await back.has(3);
  await chat.send(ada, id, 'live again');
  await back.has(4);
  expect(back.received.map(({ message }) => message?.text)).toEqual([
    'missed 1',
    'missed 2',
    'missed 3',
    'live again',
  ]);
  await back.stop();
});

test('fifty random cuts lose nothing and repeat nothing', async () => {
  const me = await chat.register();
  const others = await Promise.all([chat.register(), chat.register(), chat.register()]);
  const rooms = await Promise.all([
    chat.start([others[0] ?? '', me]),
    chat.start([others[1] ?? '', me, others[2] ?? '']),
    chat.start([others[2] ?? '', me, others[0] ?? '']),
  ]);
  const senders = [others[0], others[1], others[2]] as string[];
  const opening = follow(me);
  await chat.send(senders[0] ?? '', rooms[0] ?? '', 'opening');
  await opening.has(1);
  await opening.stop();
  let cursor = opening.received.at(-1)?.cursor;
  const { rows: before } = await chat.service.db.query(
    'SELECT last_seq::int FROM event_heads WHERE member_id = $1',
    [me],
  );

  const total = 300;
  let sent = 0;
  const sending = Promise.all(
    senders.map(async (sender, n) => {
      while (sent < total) {
        sent += 1;
        const room = n === 0 ? rooms[sent % 2 ? 0 : 2] : n === 1 ? rooms[1] : rooms[sent % 2 ? 1 : 2];
        await chat.send(sender, room ?? '', `message ${sent}`);
      }
    }),
  );
  const got: Event[] = [];
  for (let cut = 0; cut < 50; cut += 1) {
    const stream = follow(me, cursor);
    // Some cuts come at once, some after a few events.
    await Promise.race([stream.has(1 + Math.floor(Math.random() * 8)), sending]);
    await stream.stop();
    got.push(...stream.received);
    cursor = got.at(-1)?.cursor ?? cursor;
  }
  await sending;
  const { rows } = await chat.service.db.query(
    'SELECT message_id FROM member_events WHERE member_id = $1 AND seq > $2 ORDER BY seq',
    [me, before[0].last_seq],
  );
  const rest = follow(me, cursor);
  await rest.has(rows.length - got.length);
  await rest.stop();
  got.push(...rest.received);
  expect(got.map(({ message }) => uuidOf(message?.id ?? ''))).toEqual(rows.map((row) => row.message_id));
  expect(got.length).toBeGreaterThanOrEqual(total);
  for (const room of rooms) {
    const seqs = got
      .filter(({ conversation }) => conversation?.id === room)
      .map(({ message }) => message?.seq ?? 0);
    expect(seqs).toEqual(seqs.map((_, n) => (seqs[0] ?? 0) + n));
  }
});

test('who is no longer a member hears no more of the conversation, not even of what was missed', async () => {
  const me = await chat.register();
  const [room, other] = await Promise.all([
    chat.start([ada, me, bob]),
    chat.start([ada, me, await chat.register()]),
  ]);
  const events = follow(me);
  await chat.send(ada, room, 'heard');
  await events.has(1);
  await chat.service.db.query(
    'DELETE FROM conversation_members WHERE conversation_id = $1 AND user_id = $2',
    [uuidOf(room), me],
  );
  await chat.send(ada, room, 'not heard');
  await chat.send(ada, other, 'heard too');
  await events.has(2);
  expect(events.received.map(({ message }) => message?.text)).toEqual(['heard', 'heard too']);
  await events.stop();
  const again = follow(me, events.received[0]?.cursor);
  await again.has(1);
  expect(again.received[0]?.message?.text).toBe('heard too');
  await again.stop();
});

test('a cursor is for whoever got it, and is a real one', async () => {
  const id = await chat.start([ada, bob]);
  const events = follow(bob);
  await chat.send(ada, id, 'hi');
  await events.has(1);
  await events.stop();
  const bobs = events.received[0]?.cursor;
  const first = async (who: string | null, after: string | undefined) => {
    const stream = chat.service.as(who).subscribe(eventsSubscription, { after });
    const answer = await stream.next().catch((errors: unknown) => ({ value: { errors } }));
    await stream.return?.();
    return answer.value;
  };
  expectError(await first(ada, bobs), 'BAD_USER_INPUT', 'after');
  expectError(await first(bob, 'nonsense'), 'BAD_USER_INPUT', 'after');
  expectError(await first(null, undefined), 'UNAUTHENTICATED');
  const stranger = uuidv7();
  const tag = JSON.parse(Buffer.from(bobs ?? '', 'base64url').toString())[0];
  const future = Buffer.from(JSON.stringify([tag, [9_999_999]])).toString('base64url');
  expectError(await first(bob, future), 'BAD_USER_INPUT', 'after');
  expectError(await first(stranger, bobs), 'BAD_USER_INPUT', 'after');
});

test('nobody hears of conversations of others', async () => {
  const outsider = await chat.register();
  const events = follow(outsider);
  await chat.send(ada, await chat.start([ada, bob]), 'private');
  const mine = await chat.start([ada, outsider]);
  await chat.send(ada, mine, 'for you');
  await events.has(1);
  expect(factsOf(events.received)).toEqual([['MESSAGE_SENT', 'for you']]);
  await events.stop();
});
