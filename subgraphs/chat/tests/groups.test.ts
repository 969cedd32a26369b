import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import { UserBlocked, UserUnblocked } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { erased } from '@socialhub/platform/testing/erased';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { factsOf, followEvents } from './events.ts';
import { type Chat, editMutation, sendMutation, startChat, startMutation, userGid } from './people.ts';

let chat: Chat;
let ada: string;
let bob: string;
let cyd: string;
let dan: string;
/** A group of the first three, of which Ada is the admin. */
let group: string;

beforeAll(async () => {
  chat = await startChat();
});
beforeEach(async () => {
  [ada, bob, cyd, dan] = (await Promise.all([1, 2, 3, 4].map(() => chat.register()))) as [
    string,
    string,
    string,
    string,
  ];
  group = await chat.start([ada, bob, cyd], 'Three');
});
afterAll(async () => {
  expect(chat.service.loggedErrors).toEqual([]);
  await chat.service.stop();
});

const shown = 'conversation { id title members { edges { node { user { id } isAdmin } } } }';
const change =
  (field: string, selection = shown) =>
  (who: string | null, more: object = {}, conversationId = group) =>
    chat.service
      .as(who)
      .execute(
        `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`,
        { input: { conversationId, ...more } },
      );
const update = change('updateConversation');
const addAs = change('addConversationMembers');
const removeAs = change('removeConversationMember');
const setAdminAs = change('setConversationAdmin');
const leave = change('leaveConversation', 'leftId');
const add = (who: string | null, ...ids: string[]) => addAs(who, { memberIds: ids.map(userGid) });
const remove = (who: string | null, id: string) => removeAs(who, { userId: userGid(id) });
const setAdmin = (who: string | null, id: string, isAdmin = true) =>
  setAdminAs(who, { userId: userGid(id), isAdmin });

const look = async (who: string, id = group) =>
  dataOf(
    await chat.service.as(who).execute(
      `query ($id: ID!) { conversation(id: $id) { title unreadCount lastMessage { text }
        members { totalCount edges { node { user { id } isAdmin readUpTo } } }
        messages { edges { cursor node { id seq text replyTo { text } } } pageInfo { hasPreviousPage hasNextPage } } } }`,
      { id },
    ),
  ).conversation;
interface MemberNode {
  node: { user: { id: string }; isAdmin: boolean };
}
const idsOf = (of: { members: { edges: MemberNode[] } }) =>
  of.members.edges.map(({ node }) => node.user.id).sort();
const adminsOf = async (who: string) =>
  (await look(who)).members.edges
    .filter(({ node }: MemberNode) => node.isAdmin)
    .map(({ node }: MemberNode) => node.user.id);
const membersAre = async (...ids: string[]) =>
  expect(idsOf(await look(ids[0] ?? ''))).toEqual(ids.map(userGid).sort());
const textsOf = async (who: string) =>
  (await look(who)).messages.edges.map(({ node }: { node: { text: string } }) => node.text);
const logOf = async (who: string) =>
  (
    await chat.service.db.query(
      'SELECT kind::text FROM member_events WHERE member_id = $1 AND conversation_id = $2 ORDER BY seq',
      [who, uuidOf(group)],
    )
  ).rows.map(({ kind }) => kind);
const block = (blockerId: string, blockedId: string) =>
  chat.service.emit(UserBlocked, { blockerId, blockedId, at: new Date().toISOString() });

describe('who may change a group', () => {
  test('are its admins: members are refused, others find nothing, and nobody signs out', async () => {
    const acts = [
      (who: string | null) => update(who, { title: 'Mine' }),
      (who: string | null) => add(who, dan),
      (who: string | null) => remove(who, cyd),
      (who: string | null) => setAdmin(who, bob),
    ];
    const stranger = await chat.register();
    for (const act of acts) {
      expectError(await act(bob), 'FORBIDDEN');
      expectError(await act(stranger), 'NOT_FOUND');
      expectError(await act(null), 'UNAUTHENTICATED');
    }
    expectError(await leave(null), 'UNAUTHENTICATED');
    expect(await look(bob)).toMatchObject({ title: 'Three', members: { totalCount: 3 } });
    dataOf(await setAdmin(ada, bob));
    for (const act of acts) dataOf(await act(bob));
    await membersAre(ada, bob, dan);
  });

  test('nobody changes or leaves a conversation of two', async () => {
    const direct = await chat.start([ada, bob]);
    const user = { userId: userGid(bob) };
    for (const answer of [
      await update(ada, { title: 'Us' }, direct),
      await addAs(ada, { memberIds: [userGid(cyd)] }, direct),
      await removeAs(ada, user, direct),
      await removeAs(ada, { userId: userGid(ada) }, direct),
      await setAdminAs(ada, { ...user, isAdmin: true }, direct),
      await leave(ada, {}, direct),
    ]) {
      expectError(answer, 'BAD_USER_INPUT', 'input.conversationId');
    }
    expect((await look(bob, direct)).members.totalCount).toBe(2);
  });
});

describe('the title', () => {
  test('changes for all, live, and stays where it is left out', async () => {
    const events = followEvents(chat, bob);
    expect(dataOf(await update(ada, { title: ' New\nname ' })).updateConversation.conversation.title).toBe(
      'New name',
    );
    await events.has(1);
    for (const same of [{}, { title: 'New name' }]) dataOf(await update(ada, same));
    expect((await look(bob)).title).toBe('New name');
    dataOf(await update(ada, { title: null }));
    await events.has(2);
    expect((await look(cyd)).title).toBeNull();
    expect(factsOf(events.received)).toEqual([
      ['CONVERSATION_CHANGED', null],
      ['CONVERSATION_CHANGED', null],
    ]);
    await events.stop();
    expectError(await update(ada, { title: 'x'.repeat(101) }), 'BAD_USER_INPUT', 'input.title');
  });
});

describe('who comes later', () => {
  test('sees what is written from then on, and nothing from before', async () => {
    const old = await chat.send(ada, group, 'from before');
    const older = await chat.send(bob, group, 'from before too');
    const events = await Promise.all([bob, dan].map((who) => followEvents(chat, who)));
    const added = dataOf(await add(ada, dan)).addConversationMembers.conversation;
    expect(idsOf(added)).toEqual([ada, bob, cyd, dan].map(userGid).sort());
    expect(await look(dan)).toMatchObject({
      unreadCount: 0,
      lastMessage: null,
      messages: { edges: [], pageInfo: { hasPreviousPage: false, hasNextPage: false } },
    });
    await chat.send(bob, group, 'welcome', { replyToId: old.id });
    const edit = { input: { messageId: old.id, text: 'from before, edited' } };
    dataOf(await chat.service.as(ada).execute(editMutation, edit));
    await chat.send(bob, group, 'and that is it');
    for (const [n, one] of events.entries()) {
      const told = [
        ['MEMBER_JOINED', null],
        ['MESSAGE_SENT', 'welcome'],
        // Dan is not told of what he does not see.
        n === 0 ? ['MESSAGE_EDITED', 'from before, edited'] : ['MESSAGE_SENT', 'and that is it'],
      ];
      await one.has(told.length);
      expect(factsOf(one.received.slice(0, told.length))).toEqual(told);
      await one.stop();
    }
    expect(await look(dan)).toMatchObject({
      unreadCount: 2,
      lastMessage: { text: 'and that is it' },
      messages: {
        edges: [{ node: { seq: 3, text: 'welcome', replyTo: null } }, { node: { seq: 4 } }],
        pageInfo: { hasPreviousPage: false, hasNextPage: false },
      },
    });
    expect((await look(cyd)).messages.edges[2].node.replyTo).toEqual({ text: 'from before, edited' });
    const entities = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Message { text } } }`;
    const r = [old, older].map(({ id }) => ({ __typename: 'Message', id }));
    expect(dataOf(await chat.service.as(dan).execute(entities, { r }))._entities).toEqual([null, null]);
    const input = { conversationId: group, text: 'what?', replyToId: old.id };
    expectError(
      await chat.service.as(dan).execute(sendMutation, { input }),
      'BAD_USER_INPUT',
      'input.replyToId',
    );
    const page = `query ($id: ID!) { conversation(id: $id) { messages(first: 1) { edges { node { seq } } pageInfo { hasPreviousPage } } } }`;
    const { messages } = dataOf(await chat.service.as(dan).execute(page, { id: group })).conversation;
    expect(messages).toEqual({ edges: [{ node: { seq: 3 } }], pageInfo: { hasPreviousPage: false } });
  });

  test('again does not see what was written before, nor hears of it by an old cursor', async () => {
    await chat.send(ada, group, 'first');
    const events = followEvents(chat, bob);
    const mine = await chat.send(bob, group, 'in the first stay');
    await events.has(1);
    await chat.send(ada, group, 'in the first stay too');
    dataOf(await leave(bob));
    await events.stop();
    await chat.send(ada, group, 'away');
    dataOf(await add(ada, bob));
    await chat.send(ada, group, 'back');
    expect(await textsOf(bob)).toEqual(['back']);
    const input = { messageId: mine.id, text: 'from the first stay' };
    expectError(await chat.service.as(bob).execute(editMutation, { input }), 'NOT_FOUND');
    const again = followEvents(chat, bob, events.received[0]?.cursor);
    await again.has(3);
    expect(factsOf(again.received)).toEqual([
      ['MEMBER_LEFT', null],
      ['MEMBER_JOINED', null],
      ['MESSAGE_SENT', 'back'],
    ]);
    await again.stop();
  });

  test('who is in it already stays as they are, and nobody is told', async () => {
    await chat.send(ada, group, 'hello');
    dataOf(await add(ada, bob, cyd));
    expect(await look(bob)).toMatchObject({ unreadCount: 1, members: { totalCount: 3 } });
    expect(await logOf(bob)).toEqual(['CONVERSATION_CHANGED', 'MESSAGE_SENT']);
  });

  test('a group has at most a hundred members, however many add at once', async () => {
    const people = await Promise.all(Array.from({ length: 100 }, () => chat.register()));
    expectError(await add(ada, ...people.slice(0, 98)), 'BAD_USER_INPUT', 'input.memberIds');
    dataOf(await add(ada, ...people.slice(0, 90)));
    const answers = await Promise.all(people.slice(90).map((one) => add(ada, one)));
    const refused = answers.filter(({ errors }) => errors);
    expect(refused).toHaveLength(3);
    for (const answer of refused) expectError(answer, 'BAD_USER_INPUT', 'input.memberIds');
    expect((await look(ada)).members.totalCount).toBe(100);
    expect(await logOf(people[0] ?? '')).toHaveLength(8);
  });

  test('a thousand at once are refused by their number, and wrong ones by what they are', async () => {
    const thousand = Array.from({ length: 1_000 }, () => uuidv7());
    for (const who of [ada, await chat.register()])
      expectError(await add(who, ...thousand), 'BAD_USER_INPUT', 'input.memberIds');
    for (const ids of [[], [ada], [dan, ada]])
      expectError(await add(ada, ...ids), 'BAD_USER_INPUT', 'input.memberIds');
    expectError(await addAs(ada, { memberIds: [group] }), 'BAD_USER_INPUT', 'input.memberIds');
    expectError(await add(ada, dan, uuidv7()), 'NOT_FOUND');
    const standing = { userId: dan, role: 'MEMBER', standing: 'SUSPENDED', at: new Date().toISOString() };
    await chat.service.emit(AccountStandingChanged, standing as never);
    expectError(await add(ada, dan), 'NOT_FOUND');
    await membersAre(ada, bob, cyd);
  });
});

describe('nobody is put into a group', () => {
  test.each([
    ['by whom they block', () => [dan, ada]],
    ['by who blocks them', () => [ada, dan]],
    ['with a member whom they block', () => [dan, cyd]],
    ['with a member who blocks them', () => [cyd, dan]],
  ] as [string, () => [string, string]][])('%s', async (_how, pair) => {
    const [blocker, blocked] = pair();
    await block(blocker, blocked);
    expectError(await add(ada, dan), 'NOT_FOUND');
    await membersAre(ada, bob, cyd);
    await chat.service.emit(UserUnblocked, {
      blockerId: blocker,
      blockedId: blocked,
      at: new Date().toISOString(),
    });
    dataOf(await add(ada, dan));
  });

  test('with somebody who comes at the same time and blocks them', async () => {
    const eve = await chat.register();
    await block(dan, eve);
    for (const ids of [
      [dan, eve],
      [eve, dan],
    ]) {
      expectError(await add(ada, ...ids), 'NOT_FOUND');
      const input = { memberIds: ids.map(userGid) };
      expectError(await chat.service.as(ada).execute(startMutation, { input }), 'NOT_FOUND');
    }
    dataOf(await add(ada, eve));
    expectError(await add(ada, dan), 'NOT_FOUND');
  });

  test('and who is in one with somebody who blocks them later leaves whenever they like', async () => {
    await block(ada, bob);
    expect(dataOf(await leave(bob)).leaveConversation.leftId).toBe(group);
    expectError(await add(ada, bob), 'NOT_FOUND');
    await membersAre(ada, cyd);
  });
});

describe('leaving', () => {
  test('ends everything for who leaves, which is the last that their devices hear, and others hear of it', async () => {
    const [stays, goes] = [followEvents(chat, cyd), followEvents(chat, bob)];
    await chat.send(ada, group, 'heard');
    await goes.has(1);
    expect(dataOf(await leave(bob)).leaveConversation.leftId).toBe(group);
    const sent = await chat.send(ada, group, 'not heard');
    const other = await chat.start([ada, bob]);
    await chat.send(ada, other, 'heard too');
    await goes.has(3);
    expect(factsOf(goes.received)).toEqual([
      ['MESSAGE_SENT', 'heard'],
      ['MEMBER_LEFT', null],
      ['MESSAGE_SENT', 'heard too'],
    ]);
    expect(goes.received[1]).toMatchObject({
      conversationId: group,
      conversation: null,
      actor: { id: userGid(bob) },
    });
    await stays.has(3);
    expect(factsOf(stays.received)).toEqual([
      ['MESSAGE_SENT', 'heard'],
      ['MEMBER_LEFT', null],
      ['MESSAGE_SENT', 'not heard'],
    ]);
    expect(stays.received[1]?.actor.id).toBe(userGid(bob));
    await Promise.all([stays.stop(), goes.stop()]);
    expect(await look(bob)).toBeNull();
    expectError(
      await chat.service.as(bob).execute(sendMutation, { input: { conversationId: group, text: 'hi' } }),
      'NOT_FOUND',
    );
    const entities = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Message { text } } }`;
    const r = [{ __typename: 'Message', id: sent.id }];
    expect(dataOf(await chat.service.as(bob).execute(entities, { r }))._entities).toEqual([null]);
  });

  test('twice, twenty times at once, or where one never was is nothing', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => leave(bob)));
    for (const answer of answers) expect(dataOf(answer).leaveConversation.leftId).toBe(group);
    dataOf(await leave(dan));
    dataOf(await leave(dan, {}, gid('Conversation', uuidv7())));
    expect((await logOf(cyd)).filter((kind) => kind === 'MEMBER_LEFT')).toHaveLength(1);
    expectError(await leave(ada, {}, userGid(ada)), 'BAD_USER_INPUT', 'input.conversationId');
    await membersAre(ada, cyd);
  });

  test('passes the group on to who has been in it longest when no admin is left', async () => {
    await chat.service.db.query(
      `UPDATE conversation_members SET joined_at = now() - CASE user_id WHEN $1 THEN 2 ELSE 1 END * interval '1 day'
       WHERE conversation_id = $2`,
      [cyd, uuidOf(group)],
    );
    dataOf(await add(ada, dan));
    dataOf(await leave(ada));
    expect(await adminsOf(bob)).toEqual([userGid(cyd)]);
    expect((await logOf(bob)).slice(-2)).toEqual(['MEMBER_LEFT', 'CONVERSATION_CHANGED']);
    dataOf(await setAdmin(cyd, dan));
    dataOf(await leave(cyd));
    expect(await adminsOf(bob)).toEqual([userGid(dan)]);
    expect((await logOf(bob)).at(-1)).toBe('MEMBER_LEFT');
  });

  test('with a deleted account passes the group on too', async () => {
    await erased(chat.service, ada);
    expect(await adminsOf(bob)).toHaveLength(1);
    expect((await logOf(bob)).slice(-2)).toEqual(['MEMBER_LEFT', 'CONVERSATION_CHANGED']);
  });

  test('of all at once leaves nothing of the group behind', async () => {
    await chat.send(ada, group, 'secret');
    for (const answer of await Promise.all([ada, bob, cyd].map((who) => leave(who)))) dataOf(answer);
    const { rows } = await chat.service.db.query(
      'SELECT (SELECT count(*) FROM conversations WHERE id = $1) + (SELECT count(*) FROM messages WHERE conversation_id = $1) AS n',
      [uuidOf(group)],
    );
    expect(rows[0].n).toBe('0');
  });
});

describe('removing a member', () => {
  test('is felt by them at once, again it is nothing, and of oneself it is leaving', async () => {
    const [stays, goes] = [followEvents(chat, cyd), followEvents(chat, bob)];
    await chat.send(ada, group, 'heard');
    await goes.has(1);
    expect(idsOf(dataOf(await remove(ada, bob)).removeConversationMember.conversation)).toEqual(
      [ada, cyd].map(userGid).sort(),
    );
    for (const nobody of [bob, dan, uuidv7()]) dataOf(await remove(ada, nobody));
    await chat.send(ada, group, 'not heard');
    await chat.send(ada, await chat.start([ada, bob]), 'heard too');
    await goes.has(3);
    expect(factsOf(goes.received)).toEqual([
      ['MESSAGE_SENT', 'heard'],
      ['MEMBER_LEFT', null],
      ['MESSAGE_SENT', 'heard too'],
    ]);
    expect(goes.received[1]).toMatchObject({
      conversationId: group,
      conversation: null,
      actor: { id: userGid(ada) },
    });
    await stays.has(3);
    expect(factsOf(stays.received)[1]).toEqual(['MEMBER_LEFT', null]);
    expect(stays.received[1]?.actor.id).toBe(userGid(ada));
    await Promise.all([stays.stop(), goes.stop()]);
    expect(dataOf(await remove(cyd, cyd)).removeConversationMember.conversation).toBeNull();
    expect(dataOf(await remove(cyd, cyd)).removeConversationMember.conversation).toBeNull();
    await membersAre(ada);
  });

  test('by two admins of each other at once leaves one of them, who is admin', async () => {
    for (let round = 0; round < 5; round += 1) {
      group = await chat.start([ada, bob, cyd]);
      dataOf(await setAdmin(ada, bob));
      const answers = await Promise.all([remove(ada, bob), remove(bob, ada)]);
      expect(answers.filter(({ errors }) => errors)).toHaveLength(1);
      expect(await adminsOf(cyd)).toHaveLength(1);
      expect((await look(cyd)).members.totalCount).toBe(2);
    }
  });
});

describe('admins', () => {
  test('are made and unmade, once, and one stays', async () => {
    const events = followEvents(chat, cyd);
    for (const answer of await Promise.all(Array.from({ length: 16 }, () => setAdmin(ada, bob))))
      dataOf(answer);
    expect(await adminsOf(cyd)).toHaveLength(2);
    dataOf(await setAdmin(bob, ada, false));
    await events.has(2);
    expect(await logOf(cyd)).toEqual(Array(3).fill('CONVERSATION_CHANGED'));
    await events.stop();
    expectError(await setAdmin(ada, ada), 'FORBIDDEN');
    expectError(await setAdmin(bob, bob, false), 'BAD_USER_INPUT', 'input.isAdmin');
    expectError(await setAdmin(bob, dan), 'NOT_FOUND');
    expectError(await setAdminAs(bob, { userId: group, isAdmin: true }), 'BAD_USER_INPUT', 'input.userId');
    expect(await adminsOf(cyd)).toEqual([userGid(bob)]);
  });

  test('unmade by each other at once leave one', async () => {
    dataOf(await setAdmin(ada, bob));
    await Promise.all([setAdmin(ada, bob, false), setAdmin(bob, ada, false)]);
    expect(await adminsOf(cyd)).toHaveLength(1);
  });
});

test('people who come, go, write and are removed at once in groups of the same people: no deadlock, and counts are right', async () => {
  const other = await chat.start([bob, ada, cyd, dan]);
  dataOf(await add(ada, dan));
  dataOf(await setAdmin(ada, cyd));
  const sendIn = (who: string, id: string) =>
    chat.service.as(who).execute(sendMutation, { input: { conversationId: id, text: 'hi' } });
  await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      Promise.all([
        sendIn(ada, group),
        sendIn(bob, other),
        n % 2 ? add(cyd, dan) : remove(cyd, dan),
        n % 3 ? leave(dan, {}, other) : addAs(bob, { memberIds: [userGid(dan)] }, other),
      ]),
    ),
  );
  const { rows } = await chat.service.db.query(
    `SELECT m.unread_count, (SELECT count(*)::int FROM messages t WHERE t.conversation_id = m.conversation_id
       AND t.seq > m.read_up_to AND t.sender_id <> m.user_id) AS exact
     FROM conversation_members m WHERE conversation_id = ANY ($1::uuid[])`,
    [[uuidOf(group), uuidOf(other)]],
  );
  for (const row of rows) expect(row.unread_count).toBe(row.exact);
  const deadlocks = 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()';
  expect((await chat.service.db.query(deadlocks)).rows[0].deadlocks).toBe(0);
});
