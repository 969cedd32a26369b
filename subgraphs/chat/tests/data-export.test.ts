import { archiveFaults } from '@socialhub/platform/testing/archive-faults';
import { exported } from '@socialhub/platform/testing/exported';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chat, startChat } from './people.ts';

let chat: Chat;
beforeAll(async () => {
  chat = await startChat();
});
afterAll(() => chat.service.stop());

it('exports the conversations that somebody is in and what they wrote, not what others wrote', async () => {
  const [ada, bob, eve] = [await chat.register(), await chat.register(), await chat.register()];
  const mine = await chat.start([ada, bob]);
  const others = await chat.start([bob, eve]);
  const sent: string[] = [];
  for (let count = 0; count < 105; count += 1) sent.push((await chat.send(ada, mine, `No. ${count}`)).id);
  await chat.send(bob, mine, 'a secret of Bob');
  await chat.send(eve, others, 'a secret of Eve');
  const react =
    'mutation ($input: ReactToMessageInput!) { reactToMessage(input: $input) { message { id } } }';
  for (const messageId of sent)
    await chat.service.as(ada).execute(react, { input: { messageId, emoji: '👍' } });
  const files = await exported(chat.service, ada);
  expect(files.conversations).toMatchObject([
    { id: uuidOf(mine), kind: 'DIRECT', memberIds: [ada, bob].sort() },
  ]);
  expect(files.messages?.map((message) => message.id)).toEqual(sent.map(uuidOf));
  expect(files.messages?.[104]).toMatchObject({ conversationId: uuidOf(mine), seq: 105, text: 'No. 104' });
  expect(files.reactions?.map(({ messageId }) => messageId).sort()).toEqual(sent.map(uuidOf).sort());
  expect(JSON.stringify(files)).not.toContain('secret');
  expect(await archiveFaults(chat.service, 'chat', files)).toEqual([]);
});
