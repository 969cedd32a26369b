import { UserBlocked } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { exported } from '@socialhub/platform/testing/exported';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { factsOf, followEvents } from './events.ts';
import { type Chat, deleteMutation, editMutation, readMutation, startChat, userGid } from './people.ts';

let chat: Chat;
let ada: string;
let bob: string;
let cyd: string;
/** A group of the three. */
let group: string;

beforeAll(async () => {
  chat = await startChat();
});
beforeEach(async () => {
  [ada, bob, cyd] = [await chat.register(), await chat.register(), await chat.register()];
  group = await chat.start([ada, bob, cyd]);
});
afterAll(async () => {
  expect(chat.service.loggedErrors).toEqual([]);
  await chat.service.stop();
});

const edit = (who: string | null, messageId: string, text: string) =>
  chat.service.as(who).execute(editMutation, { input: { messageId, text } });
const remove = (who: string | null, messageId: string) =>
  chat.service.as(who).execute(deleteMutation, { input: { messageId } });
const look = async (who: string) =>
  dataOf(
    await chat.service.as(who).execute(
      `query ($id: ID!) { conversation(id: $id) { unreadCount lastMessage { seq text } messages { edges { node {
        seq text editedAt deletedAt sender { id } media { id } replyTo { text } } } } } }`,
      { id: group },
    ),
  ).conversation;
const messagesOf = async (who: string) =>
  (await look(who)).messages.edges.map(({ node }: { node: unknown }) => node);
const leave = (who: string) =>
  chat.service.db.query('DELETE FROM conversation_members WHERE conversation_id = $1 AND user_id = $2', [
    uuidOf(group),
    who,
  ]);
/** The kinds in somebody’s log, as they stand in it. */
const logOf = async (who: string) =>
  (
    await chat.service.db.query('SELECT kind::text FROM member_events WHERE member_id = $1 ORDER BY seq', [
      who,
    ])
  ).rows.map(({ kind }) => kind);

describe('editing a message', () => {
  test('gives it another text in its place, for everybody and live', async () => {
    const events = await Promise.all([ada, bob].map((who) => followEvents(chat, who)));
    const { id, seq } = await chat.send(ada, group, 'helo');
    await chat.send(bob, group, 'hi', { replyToId: id });
    const { message } = dataOf(await edit(ada, id, ' hello ')).editMessage;
    expect(message).toMatchObject({ id, seq, text: 'hello', editedAt: expect.any(String), deletedAt: null });
    expect(await messagesOf(cyd)).toMatchObject([
      { text: 'hello' },
      { text: 'hi', replyTo: { text: 'hello' } },
    ]);
    expect(await look(cyd)).toMatchObject({ unreadCount: 2, lastMessage: { seq: 2 } });
    for (const one of events) {
      await one.has(3);
      expect(factsOf(one.received).at(-1)).toEqual(['MESSAGE_EDITED', 'hello']);
      expect(one.received.at(-1)?.actor.id).toBe(userGid(ada));
      await one.stop();
    }
  });

  test('to the text that it has changes nothing and tells nobody', async () => {
    const { id } = await chat.send(ada, group, 'same');
    for (const text of ['same', ' same\n']) {
      expect(dataOf(await edit(ada, id, text)).editMessage.message).toMatchObject({ editedAt: null });
    }
    expect(await logOf(bob)).toEqual(['CONVERSATION_CHANGED', 'MESSAGE_SENT']);
  });

  test('is bound as sending is', async () => {
    const { id } = await chat.send(ada, group, 'text');
    for (const text of ['', ' \n ', 'x'.repeat(5_001), 'a\u0007b', `a${'\u0301'.repeat(160_000)}`]) {
      expectError(await edit(ada, id, text), 'BAD_USER_INPUT', 'input.text');
    }
    dataOf(await edit(ada, id, '👩‍👩‍👧‍👦'.repeat(5_000)));
    const mediaId = await chat.upload(ada);
    const shown = await chat.send(ada, group, 'see', { mediaIds: [mediaId] });
    expect(dataOf(await edit(ada, shown.id, '')).editMessage.message).toMatchObject({
      text: '',
      media: [{ id: mediaId }],
    });
  });

  test('by whoever did not send it finds nothing, whatever they write', async () => {
    const { id } = await chat.send(ada, group, 'text');
    for (const who of [bob, await chat.register()]) {
      for (const text of ['mine', '', 'x'.repeat(200_000)])
        expectError(await edit(who, id, text), 'NOT_FOUND');
      expectError(await remove(who, id), 'NOT_FOUND');
    }
    for (const act of [(who: string | null, of: string) => edit(who, of, 'text'), remove]) {
      expectError(await act(null, id), 'UNAUTHENTICATED');
      expectError(await act(ada, gid('Message', uuidv7())), 'NOT_FOUND');
      expectError(await act(ada, group), 'BAD_USER_INPUT', 'input.messageId');
    }
    expect(await messagesOf(ada)).toMatchObject([{ text: 'text' }]);
  });

  test('or deleting after its sender has left finds nothing', async () => {
    const { id } = await chat.send(ada, group, 'text');
    await leave(ada);
    expectError(await edit(ada, id, 'from outside'), 'NOT_FOUND');
    expectError(await remove(ada, id), 'NOT_FOUND');
    expect(await messagesOf(bob)).toMatchObject([{ text: 'text', editedAt: null, deletedAt: null }]);
  });

  test('is no way to write to whom one cannot write to, while deleting goes on', async () => {
    const direct = await chat.start([ada, bob]);
    const { id } = await chat.send(ada, direct, 'before');
    await chat.service.emit(UserBlocked, { blockerId: bob, blockedId: ada, at: new Date().toISOString() });
    expectError(await edit(ada, id, 'after'), 'FORBIDDEN');
    expect(dataOf(await remove(ada, id)).deleteMessage.deletedId).toBe(id);
  });
});

describe('deleting a message', () => {
  test('leaves its place without its text and media, and counts as they were', async () => {
    const first = await chat.send(ada, group, 'secret', { mediaIds: [await chat.upload(ada)] });
    await chat.send(bob, group, 'why?', { replyToId: first.id });
    const last = await chat.send(ada, group, 'because');
    await edit(ada, last.id, 'just because');
    const before = (await look(cyd)).unreadCount;
    for (const { id } of [first, last])
      expect(dataOf(await remove(ada, id)).deleteMessage.deletedId).toBe(id);
    const gone = {
      text: '',
      media: [],
      editedAt: null,
      deletedAt: expect.any(String),
      sender: { id: userGid(ada) },
    };
    expect(await messagesOf(cyd)).toEqual([
      { seq: 1, replyTo: null, ...gone },
      expect.objectContaining({ seq: 2, text: 'why?', replyTo: { text: '' } }),
      { seq: 3, replyTo: null, ...gone },
    ]);
    expect(await look(cyd)).toMatchObject({ unreadCount: before, lastMessage: { seq: 3, text: '' } });
    const { rows } = await chat.service.db.query('SELECT text, media_ids FROM messages WHERE id = $1', [
      uuidOf(first.id),
    ]);
    expect(rows).toEqual([{ text: '', media_ids: [] }]);
    const read = { input: { conversationId: group, upToSeq: 3 } };
    const { conversation } = dataOf(
      await chat.service.as(cyd).execute(readMutation, read),
    ).markConversationRead;
    expect(conversation.unreadCount).toBe(0);
  });

  test('again changes nothing, and it is edited no more', async () => {
    const { id } = await chat.send(ada, group, 'text');
    await remove(ada, id);
    const [before] = await messagesOf(bob);
    expect(dataOf(await remove(ada, id)).deleteMessage.deletedId).toBe(id);
    expectError(await edit(ada, id, 'back'), 'NOT_FOUND');
    expect(await messagesOf(bob)).toEqual([before]);
    expect(await logOf(bob)).toEqual(['CONVERSATION_CHANGED', 'MESSAGE_SENT', 'MESSAGE_DELETED']);
  });

  test('leaves nothing of it in its sender’s archive', async () => {
    const { id } = await chat.send(ada, group, 'regretted');
    await chat.send(ada, group, 'kept');
    await remove(ada, id);
    expect((await exported(chat.service, ada)).messages).toMatchObject([{ text: 'kept' }]);
  });
});

test('who was away hears of edits and deletions in the order in which they were made, once', async () => {
  const before = followEvents(chat, bob);
  const ids = [];
  for (const text of ['one', 'two', 'three']) ids.push((await chat.send(ada, group, text)).id);
  await before.has(3);
  await before.stop();
  await edit(ada, ids[0] ?? '', 'ONE');
  await remove(ada, ids[1] ?? '');
  await edit(ada, ids[2] ?? '', 'THREE');
  await remove(ada, ids[0] ?? '');
  const back = followEvents(chat, bob, before.received.at(-1)?.cursor);
  await back.has(4);
  await chat.send(ada, group, 'four');
  await back.has(5);
  // Messages come as they are now.
  expect(factsOf(back.received)).toEqual([
    ['MESSAGE_EDITED', ''],
    ['MESSAGE_DELETED', ''],
    ['MESSAGE_EDITED', 'THREE'],
    ['MESSAGE_DELETED', ''],
    ['MESSAGE_SENT', 'four'],
  ]);
  await back.stop();
});

test('twenty at once have one effect each, and none waits for another for good', async () => {
  const { id } = await chat.send(ada, group, 'text');
  const other = await chat.start([bob, cyd, ada]);
  const theirs = await chat.send(ada, other, 'text');
  const twenty = (act: () => Promise<unknown>) => Promise.all(Array.from({ length: 20 }, act));
  await Promise.all([
    twenty(() => edit(ada, id, 'edited').then(dataOf)),
    twenty(() => chat.send(bob, other, 'between')),
    ...Array.from({ length: 10 }, () => chat.send(cyd, group, 'between')),
  ]);
  await twenty(() => edit(ada, theirs.id, 'edited').then(dataOf));
  const kinds = (await logOf(cyd)).filter((kind) => kind === 'MESSAGE_EDITED');
  expect(kinds).toHaveLength(2);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => (n % 2 ? remove(ada, id) : edit(ada, id, `edit ${n}`))),
  );
  for (const answer of answers) if (answer.errors) expectError(answer, 'NOT_FOUND');
  expect((await messagesOf(bob))[0]).toMatchObject({ text: '', deletedAt: expect.any(String) });
  const log = await logOf(cyd);
  expect(log.filter((kind) => kind === 'MESSAGE_DELETED')).toHaveLength(1);
  expect(log.slice(log.indexOf('MESSAGE_DELETED') + 1)).not.toContain('MESSAGE_EDITED');
});

test('several in one operation each show what they made of it', async () => {
  const { id } = await chat.send(ada, group, 'one');
  const shown = 'message { text conversation { lastMessage { text } messages { edges { node { text } } } } }';
  const answer = await chat.service.as(ada).execute(
    `mutation ($id: ID!) { a: editMessage(input: { messageId: $id, text: "two" }) { ${shown} }
      b: editMessage(input: { messageId: $id, text: "three" }) { ${shown} } }`,
    { id },
  );
  const as = (text: string) => ({
    message: { text, conversation: { lastMessage: { text }, messages: { edges: [{ node: { text } }] } } },
  });
  expect(dataOf(answer)).toEqual({ a: as('two'), b: as('three') });
});
