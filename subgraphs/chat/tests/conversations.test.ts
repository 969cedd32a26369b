import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Chat,
  membersOf,
  readMutation,
  sendMutation,
  startChat,
  startMutation,
  userGid,
} from './people.ts';

let chat: Chat;
let ada: string;
let bob: string;
let cyd: string;

beforeAll(async () => {
  chat = await startChat();
  [ada, bob, cyd] = (await Promise.all([chat.register(), chat.register(), chat.register()])) as [
    string,
    string,
    string,
  ];
});

afterAll(async () => {
  expect(chat.service.loggedErrors).toEqual([]);
  await chat.service.stop();
});

const execute = (who: string | null, query: string, variables?: Record<string, unknown>) =>
  chat.service.as(who).execute(query, variables);
const startAs = (who: string, { memberIds, ...input }: { memberIds: string[] } & Record<string, unknown>) =>
  execute(who, startMutation, { input: { ...input, memberIds: memberIds.map(userGid) } });
const sendAs = (who: string, input: object) => execute(who, sendMutation, { input });

describe('starting a conversation', () => {
  test('with one other person makes their direct conversation once, whoever asks', async () => {
    const first = dataOf(await startAs(ada, { memberIds: [bob] })).startConversation.conversation;
    expect(first).toMatchObject({ kind: 'DIRECT', title: null, unreadCount: 0, lastMessage: null });
    expect(first.members.totalCount).toBe(2);
    expect(
      membersOf(first)
        .map(({ user }) => user.id)
        .sort(),
    ).toEqual([ada, bob].map(userGid).sort());
    expect(membersOf(first)).toEqual(
      expect.arrayContaining([expect.objectContaining({ readUpTo: 0, isAdmin: false })]),
    );
    expect(await chat.start([bob, ada])).toBe(first.id);
    expect(await chat.start([ada, cyd])).not.toBe(first.id);
  });

  test('by both at the same moment gives both the same one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await chat.register(), await chat.register()];
      const ids = await Promise.all(
        Array.from({ length: 8 }, (_, n) => chat.start(n % 2 ? [one, other] : [other, one])),
      );
      expect(new Set(ids).size).toBe(1);
    }
  });

  test('with more makes a new group each time, of which its maker is admin', async () => {
    const answer = await startAs(ada, { memberIds: [bob, cyd, bob], title: ' The\n\u202ethree ' });
    const group = dataOf(answer).startConversation.conversation;
    expect(group).toMatchObject({ kind: 'GROUP', title: 'The three' });
    expect(membersOf(group)).toHaveLength(3);
    const admins = membersOf(group).filter(({ isAdmin }) => isAdmin);
    expect(admins.map(({ user }) => user.id)).toEqual([userGid(ada)]);
    expect(await chat.start([ada, bob, cyd])).not.toBe(group.id);
  });

  test('with the same key makes one group', async () => {
    const input = { memberIds: [bob, cyd], idempotencyKey: 'a group' };
    const answers = await Promise.all([startAs(ada, input), startAs(ada, input), startAs(ada, input)]);
    expect(new Set(answers.map((answer) => dataOf(answer).startConversation.conversation.id)).size).toBe(1);
  });

  test.each([
    ['old', () => uuidv7(Date.now() - 3_600_000)],
    ['fresh', () => uuidv7()],
  ])('with nobody who exists is NOT_FOUND at once, by an %s id', async (_age, newId) => {
    const began = performance.now();
    expectError(await startAs(ada, { memberIds: [bob, newId()] }), 'NOT_FOUND');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test.each([
    ['nobody', () => ({ memberIds: [] }), 'input.memberIds'],
    ['oneself', () => ({ memberIds: [ada] }), 'input.memberIds'],
    ['oneself among others', () => ({ memberIds: [bob, ada] }), 'input.memberIds'],
    ['what is no id', () => ({ memberIds: ['bob'] }), 'input.memberIds'],
    [
      'more than a hundred',
      () => ({ memberIds: Array.from({ length: 100 }, () => uuidv7()) }),
      'input.memberIds',
    ],
    ['a title for two', () => ({ memberIds: [bob], title: 'Us' }), 'input.title'],
    ['a long title', () => ({ memberIds: [bob, cyd], title: 'x'.repeat(101) }), 'input.title'],
    ['an empty key', () => ({ memberIds: [bob, cyd], idempotencyKey: '' }), 'input.idempotencyKey'],
  ])('with %s is bad input', async (_what, input, field) => {
    expectError(await startAs(ada, input()), 'BAD_USER_INPUT', field);
  });
});

describe('sending a message', () => {
  test('gives it the next seq, its reply, its media, and puts it last', async () => {
    const id = await chat.start([ada, bob, cyd]);
    const mine = await chat.upload(ada);
    const first = await chat.send(ada, id, 'one');
    const sent = await chat.send(ada, id, ' two ', { replyToId: first.id, mediaIds: [mine, mine] });
    expect(sent).toMatchObject({
      seq: 2,
      text: 'two',
      sender: { id: userGid(ada) },
      media: [{ id: mine }],
      replyTo: { id: first.id },
      editedAt: null,
      deletedAt: null,
      conversation: { id, lastMessage: { id: sent.id } },
    });
    expect(await chat.send(ada, id, '', { mediaIds: [mine] })).toMatchObject({ seq: 3, text: '' });
  });

  test('by two people, two hundred times and fifty at once, leaves no gap and repeats none', async () => {
    const id = await chat.start([ada, bob]);
    const { rows } = await chat.service.db.query('SELECT last_seq FROM conversations WHERE id = $1', [
      uuidOf(id),
    ]);
    const base: number = rows[0].last_seq;
    const sent = [];
    // In waves: two hundred that wait for one row at once measure the machine, not the order.
    for (let wave = 0; wave < 4; wave += 1) {
      const texts = Array.from({ length: 50 }, (_, n) => `message ${wave * 50 + n}`);
      sent.push(...(await Promise.all(texts.map((text, n) => chat.send(n % 2 ? ada : bob, id, text)))));
    }
    expect(sent.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 200 }, (_, n) => base + n + 1),
    );
    const stored = await chat.service.db.query(
      'SELECT created_at FROM messages WHERE conversation_id = $1 ORDER BY seq',
      [uuidOf(id)],
    );
    const times = stored.rows.map((row) => row.created_at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const logs = await chat.service.db.query(
      `SELECT member_id, count(*)::int, min(seq)::int, max(seq)::int, count(DISTINCT message_id)::int AS messages
       FROM member_events WHERE conversation_id = $1 AND kind = 'MESSAGE_SENT' GROUP BY member_id`,
      [uuidOf(id)],
    );
    expect(logs.rows.map((row) => [row.count, row.messages])).toEqual([
      [200 + base, 200 + base],
      [200 + base, 200 + base],
    ]);
  });

  test('into groups that have members in common never deadlocks', async () => {
    const groups = await Promise.all([
      chat.start([ada, bob, cyd]),
      chat.start([cyd, bob, ada]),
      chat.start([bob, cyd, ada]),
    ]);
    const people = [ada, bob, cyd];
    const before = await deadlocks();
    await Promise.all(
      Array.from({ length: 90 }, (_, n) => chat.send(people[n % 3] ?? ada, groups[(n * 7) % 3] ?? '', 'hi')),
    );
    expect(await deadlocks()).toBe(before);
  });

  test('with the same key, also at once, sends it once', async () => {
    const id = await chat.start([ada, bob, cyd]);
    const key = { idempotencyKey: 'k' };
    const sent = await Promise.all(Array.from({ length: 6 }, () => chat.send(ada, id, 'once', key)));
    expect(new Set(sent.map((message) => message.id)).size).toBe(1);
    expect(await chat.send(bob, id, 'mine', key)).toMatchObject({ seq: 2 });
  });

  test('with a file that has become ready this moment waits for it', async () => {
    const id = await chat.start([ada, bob, cyd]);
    const mediaId = uuidv7();
    const sending = chat.send(ada, id, '', { mediaIds: [gid('Media', mediaId)] });
    await chat.service.db.query('INSERT INTO ready_media (id, owner_id) VALUES ($1, $2)', [mediaId, ada]);
    expect(await sending).toMatchObject({ media: [{ id: gid('Media', mediaId) }] });
  });

  test('is for members: to others the conversation is not there', async () => {
    const id = await chat.start([ada, bob]);
    expectError(await sendAs(cyd, { conversationId: id, text: 'hi' }), 'NOT_FOUND');
    expectError(
      await sendAs(ada, { conversationId: gid('Conversation', uuidv7()), text: 'hi' }),
      'NOT_FOUND',
    );
    expectError(
      await execute(null, sendMutation, { input: { conversationId: id, text: 'hi' } }),
      'UNAUTHENTICATED',
    );
  });

  test('that is wrong names the field', async () => {
    const conversationId = await chat.start([ada, bob]);
    const elsewhere = await chat.send(ada, await chat.start([ada, cyd]), 'elsewhere');
    const [mine, theirs] = [await chat.upload(ada), await chat.upload(bob)];
    const five = await Promise.all(Array.from({ length: 5 }, () => chat.upload(ada)));
    const cases: [object, string][] = [
      [{ text: '' }, 'input.text'],
      [{ text: ' \n ' }, 'input.text'],
      [{ text: 'x'.repeat(5_001) }, 'input.text'],
      [{ text: 'a\u0007b' }, 'input.text'],
      [{ text: 'x', conversationId: 'x' }, 'input.conversationId'],
      [{ text: 'x', mediaIds: [mine, theirs] }, 'input.mediaIds'],
      [{ text: 'x', mediaIds: five }, 'input.mediaIds'],
      [{ text: 'x', mediaIds: ['x'] }, 'input.mediaIds'],
      [{ text: 'x', replyToId: 'x' }, 'input.replyToId'],
      [{ text: 'x', replyToId: elsewhere.id }, 'input.replyToId'],
      [{ text: 'x', idempotencyKey: 'k'.repeat(201) }, 'input.idempotencyKey'],
    ];
    for (const [change, field] of cases) {
      expectError(await sendAs(ada, { conversationId, ...change }), 'BAD_USER_INPUT', field);
    }
    expect(await chat.send(ada, conversationId, '👩‍👩‍👧‍👦'.repeat(5_000))).toHaveProperty('seq');
  });
});

describe('reading', () => {
  const unreadOf = async (who: string, id: string) =>
    dataOf(await execute(who, 'query ($id: ID!) { conversation(id: $id) { unreadCount } }', { id }))
      .conversation.unreadCount;
  const read = (who: string, id: string, upTo: number) =>
    execute(who, readMutation, { input: { conversationId: id, upToSeq: upTo } });

  test('counts the messages of others behind what was read, and never goes back', async () => {
    const id = await chat.start([ada, bob, cyd]);
    for (const who of [bob, ada, cyd, bob, ada]) await chat.send(who, id, 'text');
    expect([await unreadOf(ada, id), await unreadOf(bob, id), await unreadOf(cyd, id)]).toEqual([3, 3, 4]);
    const { conversation } = dataOf(await read(ada, id, 3)).markConversationRead;
    expect(conversation.unreadCount).toBe(1);
    expect(membersOf(conversation).find(({ user }) => user.id === userGid(ada))?.readUpTo).toBe(3);
    for (const upTo of [1, 0, 3]) {
      expect(dataOf(await read(ada, id, upTo)).markConversationRead.conversation.unreadCount).toBe(1);
    }
    expect(dataOf(await read(ada, id, 5)).markConversationRead.conversation.unreadCount).toBe(0);
    await chat.send(bob, id, 'more');
    expect(await unreadOf(ada, id)).toBe(1);
  });

  test('stays exact while others send', async () => {
    const id = await chat.start([ada, bob, cyd]);
    await chat.send(bob, id, 'first');
    await Promise.all([
      ...Array.from({ length: 30 }, (_, n) => chat.send(n % 3 ? bob : ada, id, 'text')),
      ...Array.from({ length: 10 }, (_, n) => readOrRefuse(() => read(ada, id, n + 1))),
    ]);
    const { rows } = await chat.service.db.query(
      `SELECT m.unread_count, (SELECT count(*)::int FROM messages t WHERE t.conversation_id = m.conversation_id
         AND t.seq > m.read_up_to AND t.sender_id <> m.user_id) AS exact
       FROM conversation_members m WHERE conversation_id = $1`,
      [uuidOf(id)],
    );
    for (const row of rows) expect(row.unread_count).toBe(row.exact);
  });

  test('of what is not there, or by whom it does not concern, is refused', async () => {
    const id = await chat.start([ada, bob, cyd]);
    await chat.send(bob, id, 'one');
    expectError(await read(ada, id, 2), 'BAD_USER_INPUT', 'input.upToSeq');
    expectError(await read(ada, id, -1), 'BAD_USER_INPUT', 'input.upToSeq');
    expectError(await read(ada, 'x', 1), 'BAD_USER_INPUT', 'input.conversationId');
    expectError(await read(await chat.register(), id, 1), 'NOT_FOUND');
    const input = { conversationId: id, upToSeq: 1 };
    expectError(await execute(null, readMutation, { input }), 'UNAUTHENTICATED');
  });
});

describe('looking', () => {
  test('at a conversation of others finds nothing', async () => {
    const id = await chat.start([ada, bob]);
    const query = 'query ($id: ID!) { conversation(id: $id) { id } }';
    const answer = await execute(cyd, query, { id });
    expect(dataOf(answer)).toEqual({ conversation: null });
    expectError(await execute(null, query, { id }), 'UNAUTHENTICATED');
    expectError(await execute(ada, query, { id: 'x' }), 'BAD_USER_INPUT', 'id');
    expectError(await execute(null, '{ conversations { pageInfo { hasNextPage } } }'), 'UNAUTHENTICATED');
  });

  test('pages through conversations, the latest activity first', async () => {
    const me = await chat.register();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift(await chat.start([me, await chat.register()]));
    await chat.send(me, ids[4] ?? '', 'now the first');
    const order = [ids[4], ...ids.slice(0, 4)];
    const query = `query ($after: String) { conversations(first: 2, after: $after) {
      edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: {
        edges: { node: { id: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      } = dataOf(await execute(me, query, { after })).conversations;
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(order);
    const mine = dataOf(await execute(me, query)).conversations.pageInfo.endCursor;
    expectError(await execute(ada, query, { after: mine }), 'BAD_USER_INPUT', 'after');
    expectError(
      await execute(me, '{ conversations(first: 101) { edges { cursor } } }'),
      'BAD_USER_INPUT',
      'first',
    );
  });

  test('pages through messages in both directions', async () => {
    const id = await chat.start([ada, bob, cyd]);
    for (let n = 1; n <= 7; n += 1) await chat.send(n % 2 ? ada : bob, id, `${n}`);
    const page = async (args: string) => {
      const query = `query ($id: ID!) { conversation(id: $id) { messages${args} { edges { cursor node { seq } }
        pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } } }`;
      const answer = await execute(ada, query, { id });
      if (answer.errors) return answer;
      const { edges, pageInfo } = dataOf(answer).conversation.messages;
      return { seqs: edges.map((edge: { node: { seq: number } }) => edge.node.seq), ...pageInfo };
    };
    expect(await page('')).toMatchObject({
      seqs: [1, 2, 3, 4, 5, 6, 7],
      hasNextPage: false,
      hasPreviousPage: false,
    });
    const last = await page('(last: 3)');
    expect(last).toMatchObject({ seqs: [5, 6, 7], hasNextPage: false, hasPreviousPage: true });
    expect(await page(`(last: 3, before: "${last.startCursor}")`)).toMatchObject({
      seqs: [2, 3, 4],
      hasPreviousPage: true,
    });
    const first = await page('(first: 3)');
    expect(first).toMatchObject({ seqs: [1, 2, 3], hasNextPage: true, hasPreviousPage: false });
    expect(await page(`(first: 9, after: "${first.endCursor}")`)).toMatchObject({
      seqs: [4, 5, 6, 7],
      hasNextPage: false,
    });
    expectError(await page('(first: 1, last: 1)'), 'BAD_USER_INPUT', 'last');
    expectError(await page('(first: 0)'), 'BAD_USER_INPUT', 'first');
  });

  test('costs the same few queries however long the list is', async () => {
    const me = await chat.register();
    const query = `{ conversations(first: 100) { edges { node { id unreadCount lastMessage { text replyTo { id } sender { id }
      conversation { id } media { id } } members { edges { node { user { id } readUpTo } } } messages(last: 5) { edges { node { seq replyTo { id } } } } } } } }`;
    const count = () => chat.service.countQueries(() => execute(me, query).then(dataOf));
    const grow = async (many: number) => {
      for (let n = 0; n < many; n += 1) {
        const id = await chat.start([me, await chat.register()]);
        const { id: replyToId } = await chat.send(me, id, 'one');
        await chat.send(me, id, 'two', { replyToId });
      }
    };
    await grow(2);
    const few = await count();
    await grow(10);
    expect(await count()).toBe(few);
    expect(few).toBeLessThanOrEqual(6);
  });
});

async function deadlocks(): Promise<number> {
  const { rows } = await chat.service.db.query(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
  );
  return rows[0].deadlocks;
}

/** A read mark may be ahead of what is there yet: then it is refused, and that is all. */
async function readOrRefuse(
  call: () => Promise<{ errors?: { extensions?: Record<string, unknown> }[] }>,
): Promise<void> {
  const answer = await call();
  if (answer.errors) expect(answer.errors[0]?.extensions?.field).toBe('input.upToSeq');
}
