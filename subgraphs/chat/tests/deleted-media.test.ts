import { MediaDeleted, MediaReady } from '@socialhub/platform/contracts/media';
import { uuidv7 } from '@socialhub/platform/ids';
import { exported } from '@socialhub/platform/testing/exported';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chat, sendMutation, startChat } from './people.ts';

let chat: Chat;
let ada: string;
let bob: string;
let conversationId: string;

beforeAll(async () => {
  chat = await startChat();
  [ada, bob] = [await chat.register(), await chat.register()];
  conversationId = await chat.start([ada, bob]);
});
afterAll(async () => {
  expect(chat.service.loggedErrors).toEqual([]);
  await chat.service.stop();
});

const remove = (id: string) => chat.service.emit(MediaDeleted, { mediaId: uuidOf(id), ownerId: ada });
const query = `query ($id: ID!) { conversation(id: $id) {
  messages(last: 100) { edges { node { text media { id } replyTo { media { id } } } } } lastMessage { media { id } } } }`;

test('what its owner deletes is left out of messages, wherever they are read', async () => {
  const [gone, left] = [await chat.upload(ada), await chat.upload(ada)];
  const sent = await chat.send(ada, conversationId, 'two', { mediaIds: [gone, left] });
  await chat.send(ada, conversationId, '', { mediaIds: [gone], replyToId: sent.id });
  await remove(gone);
  const { messages, lastMessage } = dataOf(
    await chat.service.as(bob).execute(query, { id: conversationId }),
  ).conversation;
  expect(messages.edges.map(({ node }: { node: unknown }) => node)).toEqual([
    { text: 'two', media: [{ id: left }], replyTo: null },
    { text: '', media: [], replyTo: { media: [{ id: left }] } },
  ]);
  expect(lastMessage.media).toEqual([]);
  const files = await exported(chat.service, ada);
  expect(files.messages?.map(({ mediaIds }) => mediaIds)).toEqual([[uuidOf(left)], []]);
});

test('it can not be attached any more, in whatever order that it was ready and deleted is heard of', async () => {
  const known = await chat.upload(ada);
  await remove(known);
  const early = gid('Media', uuidv7());
  await remove(early);
  await chat.service.emit(MediaReady, { mediaId: uuidOf(early), ownerId: ada, kind: 'IMAGE' });
  for (const id of [known, early]) {
    const input = { conversationId, text: 'see', mediaIds: [id] };
    expectError(
      await chat.service.as(ada).execute(sendMutation, { input }),
      'BAD_USER_INPUT',
      'input.mediaIds',
    );
  }
});

test('what is sent while it is deleted shows a gap', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => chat.upload(ada)));
  await Promise.all(
    ids.map((id) => {
      const input = { conversationId, text: 'while', mediaIds: [id] };
      return Promise.all([chat.service.as(ada).execute(sendMutation, { input }), remove(id)]);
    }),
  );
  const { messages } = dataOf(await chat.service.as(bob).execute(query, { id: conversationId })).conversation;
  for (const { node } of messages.edges) if (node.text === 'while') expect(node.media).toEqual([]);
});
