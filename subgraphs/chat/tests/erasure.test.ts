import { erased } from '@socialhub/platform/testing/erased';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chat, eventsSubscription, startChat, startMutation, userGid } from './people.ts';

let chat: Chat;
beforeAll(async () => {
  chat = await startChat();
});
afterAll(() => chat.service.stop());

const conversation = async (who: string, id: string) =>
  dataOf(
    await chat.service
      .as(who)
      .execute(
        'query ($id: ID!) { conversation(id: $id) { unreadCount members { edges { node { user { id } } } } messages(first: 10) { edges { node { seq text sender { id } deletedAt media { id } } } } } }',
        { id },
      ),
  ).conversation;

it('leaves the conversations of others whole, with places where somebody wrote', async () => {
  const [ada, bob] = [await chat.register(), await chat.register()];
  const id = await chat.start([ada, bob]);
  await chat.send(ada, id, 'one', { mediaIds: [await chat.upload(ada)] });
  await chat.send(bob, id, 'two');
  await chat.send(ada, id, 'three');
  const events = chat.service.as(bob).subscribe(eventsSubscription);
  const left = events.next();
  expect(await erased(chat.service, ada)).toMatchObject({
    messages: 2,
    memberships: 1,
    readyMedia: 1,
    people: 1,
  });
  const after = await conversation(bob, id);
  expect(after).toMatchObject({
    unreadCount: 2,
    members: { edges: [{ node: { user: { id: userGid(bob) } } }] },
  });
  expect(after.messages.edges.map((edge: { node: unknown }) => edge.node)).toEqual([
    { seq: 1, text: '', sender: null, deletedAt: expect.any(String), media: [] },
    { seq: 2, text: 'two', sender: { id: userGid(bob) }, deletedAt: null, media: [] },
    { seq: 3, text: '', sender: null, deletedAt: expect.any(String), media: [] },
  ]);
  expect(dataOf((await left).value).chatEvents).toMatchObject({
    kind: 'MEMBER_LEFT',
    actor: null,
    conversation: { id },
  });
  await events.return?.();
  const query = `{ conversation(id: "${id}") { id } }`;
  expect(dataOf(await chat.service.as(ada).execute(query)).conversation).toBeNull();
  expectError(
    await chat.service.as(bob).execute(startMutation, { input: { memberIds: [userGid(ada)] } }),
    'NOT_FOUND',
  );
});

it('erases a conversation with its last member, and any number of messages', async () => {
  const [ada, bob] = [await chat.register(), await chat.register()];
  const id = await chat.start([ada, bob]);
  await chat.service.db.query(
    `INSERT INTO messages (id, conversation_id, seq, sender_id, text)
     SELECT gen_random_uuid(), $1, n, $2, 'text ' || n FROM generate_series(1, 405) AS n`,
    [uuidOf(id), ada],
  );
  await chat.service.db.query('UPDATE conversations SET last_seq = 405 WHERE id = $1', [uuidOf(id)]);
  expect(await erased(chat.service, ada)).toMatchObject({ messages: 405, memberships: 1 });
  const texts = "SELECT count(*) FROM messages WHERE conversation_id = $1 AND text <> ''";
  expect((await chat.service.db.query(texts, [uuidOf(id)])).rows[0].count).toBe('0');
  await erased(chat.service, bob);
  expect(
    (await chat.service.db.query('SELECT 1 FROM conversations WHERE id = $1', [uuidOf(id)])).rowCount,
  ).toBe(0);
  const { rows } = await chat.service.db.query(
    'SELECT count(*) FROM member_events WHERE member_id = ANY ($1::uuid[])',
    [[ada, bob]],
  );
  expect(rows[0].count).toBe('0');
});
