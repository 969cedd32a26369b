import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type System, startSystem } from '@socialhub/local/system';
import { expectError, type OperationResult, until } from '@socialhub/platform/testing/until';
import { buildASTSchema, type GraphQLSchema, isObjectType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, castAt, outcomeOf } from './access/cast.ts';
import type { Phone } from './story/client.ts';
import { removeHomes, startOptions } from './story/home.ts';

// A cursor is good for the viewer who got it, for the list that gave it, with the arguments that it was given for.

let system: System;
let cast: Cast;
let admin: Phone;
let otherAdmin: Phone;
/** What the owner has. */
const ids = {
  owner: '',
  friend: '',
  post: '',
  otherPost: '',
  comment: '',
  otherComment: '',
  talk: '',
  otherTalk: '',
  archive: '',
};

beforeAll(async () => {
  const options = await startOptions();
  system = await startSystem(options);
  cast = await castAt(system.gatewayUrl, options);
  const { owner, friend, phones } = cast;
  admin = phones.admin;
  otherAdmin = await cast.standIn('admin');
  Object.assign(ids, { owner: owner.id, friend: friend.id });
  const post = async (by: Phone) =>
    (await by.ask('mutation { createPost(input: { text: "x" }) { post { id } } }')).createPost.post.id;
  [ids.post, ids.otherPost] = await Promise.all([post(owner), post(friend)]);
  await owner.ask('mutation { createPost(input: { text: "#cursor" }) { post { id } } }');
  const edit = (by: Phone, id: string) =>
    by.ask('mutation ($id: ID!) { updatePost(input: { postId: $id, text: "y" }) { post { id } } }', { id });
  await Promise.all([edit(owner, ids.post), edit(friend, ids.otherPost)]);
  const comment = async (by: Phone, postId: string, parentId?: string) =>
    (
      await by.ask(
        'mutation ($input: CreateCommentInput!) { createComment(input: $input) { comment { id } } }',
        {
          input: { postId, parentId, text: 'y' },
        },
      )
    ).createComment.comment.id;
  ids.comment = await comment(friend, ids.post);
  ids.otherComment = await comment(friend, ids.post);
  const editComment = (id: string) =>
    friend.ask(
      'mutation ($id: ID!) { updateComment(input: { commentId: $id, text: "z" }) { comment { id } } }',
      {
        id,
      },
    );
  await Promise.all([ids.comment, ids.otherComment].map(editComment));
  await Promise.all([comment(friend, ids.post, ids.comment), comment(owner, ids.post, ids.otherComment)]);
  // The chat service hears of a new account a moment later.
  const talk = (...memberIds: string[]) =>
    until(
      async () => {
        const { data } = await owner.send(
          'mutation ($m: [ID!]!) { startConversation(input: { memberIds: $m }) { conversation { id } } }',
          { m: memberIds },
        );
        return data?.startConversation?.conversation.id as string | undefined;
      },
      { what: 'a conversation' },
    );
  ids.talk = await talk(friend.id);
  ids.otherTalk = await talk(friend.id, await idOf(phones.follower));
  for (const id of [ids.talk, ids.otherTalk]) {
    await owner.ask(
      'mutation ($id: ID!) { sendMessage(input: { conversationId: $id, text: "z" }) { message { id } } }',
      { id },
    );
  }
  const follow = (by: Phone, id: string) =>
    by.ask('mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }', { id });
  await Promise.all([follow(owner, ids.friend), follow(friend, ids.owner)]);
  await friend.ask('mutation ($id: ID!) { blockUser(input: { userId: $id }) { user { id } } }', {
    id: await idOf(phones.blocked),
  });
  await owner.ask('mutation ($id: ID!) { bookmarkPost(input: { postId: $id }) { post { id } } }', {
    id: ids.otherPost,
  });
  await owner.ask('mutation ($id: ID!) { muteUser(input: { userId: $id }) { user { id } } }', {
    id: await idOf(phones.member),
  });
  const openness = 'mutation { updateProfile(input: { isPrivate: true }) { user { id } } }';
  await friend.ask(openness);
  await follow(phones.member, ids.friend);
  ids.archive = (
    await owner.ask('mutation { requestDataExport { export { id } } }')
  ).requestDataExport.export.id;
  for (const who of [owner, friend]) {
    await until(
      async () =>
        (await who.ask('{ notifications(unreadOnly: true) { edges { cursor } } }')).notifications.edges[0],
      {
        what: 'a notification',
      },
    );
  }
}, 180_000);

afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

const idOf = async (who: Phone): Promise<string> => (await who.ask('{ viewer { id } }')).viewer.id;

interface List {
  /** Selects the page, whose arguments are put in. */
  text: (args: string) => string;
  /** Of somebody else, or with other arguments. */
  others: readonly ((args: string) => string)[];
}

const page = (field: string) => (args: string) => `${field}(${args}) { edges { cursor } }`;
const of = (root: () => string, field: string) => (args: string) => `${root()} { ${page(field)(args)} }`;

const lists: Record<string, List> = {
  'Query.homeTimeline': { text: page('homeTimeline'), others: [] },
  'Query.publicTimeline': { text: page('publicTimeline'), others: [] },
  'Query.hashtagTimeline': {
    text: (args) => page('hashtagTimeline')(`${args} tag: "cursor"`),
    others: [(args) => page('hashtagTimeline')(`${args} tag: "other"`)],
  },
  'Query.searchPosts': {
    text: (args) => page('searchPosts')(`${args} query: "cursor"`),
    others: [(args) => page('searchPosts')(`${args} query: "cursor cursor"`)],
  },
  'Query.blockedUsers': { text: page('blockedUsers'), others: [] },
  'Query.followRequests': { text: page('followRequests'), others: [] },
  'Query.searchUsers': {
    text: (args) => page('searchUsers')(`${args} query: "a"`),
    others: [(args) => page('searchUsers')(`${args} query: "o"`)],
  },
  'Query.mutedUsers': { text: page('mutedUsers'), others: [] },
  'Query.bookmarks': { text: page('bookmarks'), others: [] },
  'Query.conversations': { text: page('conversations'), others: [] },
  'Query.notifications': {
    text: page('notifications'),
    others: [
      (args) => page('notifications')(`${args} unreadOnly: true`),
      (args) => page('notifications')(`${args} types: [FOLLOW]`),
    ],
  },
  'Query.auditLog': { text: page('auditLog'), others: [] },
  'Query.accountErasures': {
    text: page('accountErasures'),
    others: [(args) => page('accountErasures')(`${args} userId: "${ids.owner}"`)],
  },
  'Post.comments': {
    text: of(() => `post(id: "${ids.post}")`, 'comments'),
    others: [of(() => `post(id: "${ids.otherPost}")`, 'comments')],
  },
  'Comment.replies': {
    text: of(() => `comment(id: "${ids.comment}")`, 'replies'),
    others: [of(() => `comment(id: "${ids.otherComment}")`, 'replies')],
  },
  'Comment.edits': {
    text: of(() => `comment(id: "${ids.comment}")`, 'edits'),
    others: [of(() => `comment(id: "${ids.otherComment}")`, 'edits')],
  },
  'User.posts': {
    text: of(() => `user(id: "${ids.owner}")`, 'posts'),
    others: [of(() => `user(id: "${ids.friend}")`, 'posts')],
  },
  'User.followers': {
    text: of(() => `user(id: "${ids.owner}")`, 'followers'),
    others: [of(() => `user(id: "${ids.friend}")`, 'followers')],
  },
  'User.following': {
    text: of(() => `user(id: "${ids.owner}")`, 'following'),
    others: [of(() => `user(id: "${ids.friend}")`, 'following')],
  },
  'Account.sessions': { text: of(() => 'account', 'sessions'), others: [] },
  'Post.edits': {
    text: of(() => `post(id: "${ids.post}")`, 'edits'),
    others: [of(() => `post(id: "${ids.otherPost}")`, 'edits')],
  },
  'Conversation.members': {
    text: of(() => `conversation(id: "${ids.talk}")`, 'members'),
    others: [of(() => `conversation(id: "${ids.otherTalk}")`, 'members')],
  },
  'Conversation.messages': {
    text: of(() => `conversation(id: "${ids.talk}")`, 'messages'),
    others: [of(() => `conversation(id: "${ids.otherTalk}")`, 'messages')],
  },
};

type Stream = (args: string) => string;
const streams: Record<string, Stream> = {
  'Subscription.chatEvents': (args) => `chatEvents(${args}) { cursor }`,
  'Subscription.notificationReceived': (args) => `notificationReceived(${args}) { cursor }`,
  'Subscription.homeTimelineEvents': (args) => `homeTimelineEvents(${args}) { cursor }`,
  'Subscription.dataExportProgress': (args) => `dataExportProgress(id: "${ids.archive}" ${args}) { cursor }`,
};

const isOfAdmins = (list: string) => list === 'Query.auditLog' || list === 'Query.accountErasures';
/** Of a private account alone. */
const isOfFriend = (list: string) => list === 'Query.followRequests';
const readerOf = (list: string): Phone =>
  isOfAdmins(list) ? admin : isOfFriend(list) ? cast.friend : cast.owner;
const otherReaderOf = (list: string): Phone =>
  isOfAdmins(list) ? otherAdmin : isOfFriend(list) ? cast.owner : cast.friend;
const read = (who: Phone, text: string): Promise<OperationResult> => who.send(`{ ${text} }`);
/** The page behind a cursor, which is a variable: so that the gateway does not see a new operation with each. */
const readBehind = (who: Phone, text: (args: string) => string, after: string): Promise<OperationResult> =>
  who.send(`query ($after: String) { ${text('after: $after')} }`, { after });

/** The first cursor that the list gives; null for one that is empty. */
async function cursorOf(list: string, who = readerOf(list)): Promise<string | null> {
  const { data, errors } = await read(who, (lists[list] as List).text('first: 1'));
  expect(errors).toBeUndefined();
  return JSON.stringify(data).match(/"cursor":"([^"]+)"/)?.[1] ?? null;
}

/** How a stream that begins there is answered first; null when it is taken. */
async function refusalOf(who: Phone, stream: Stream, after: string): Promise<OperationResult | null> {
  const watch = await who.watch(`subscription ($after: String) { ${stream('after: $after')} }`, { after });
  try {
    const [error] = await Promise.race([
      watch.ended as Promise<unknown[]>,
      watch.first((data) => data).then(() => [null]),
    ]);
    return error ? { errors: [error as NonNullable<OperationResult['errors']>[number]] } : null;
  } finally {
    watch.drop();
  }
}

it('every field that takes a cursor is here', async () => {
  const text = await readFile(join(import.meta.dirname, '../gateway/supergraph.graphql'), 'utf8');
  const schema: GraphQLSchema = buildASTSchema(parse(text), { assumeValid: true });
  const taking = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter(({ args }) => args.some(({ name }) => name === 'after'))
          .map(({ name }) => `${type.name}.${name}`)
      : [],
  );
  expect([...Object.keys(lists), ...Object.keys(streams)].sort()).toEqual(taking.sort());
});

describe.each(Object.keys(lists))('a cursor of %s', (name) => {
  const list = lists[name] as List;

  it('is good for the same viewer, list and arguments, and refused otherwise', async () => {
    const own = await cursorOf(name);
    if (name === 'Query.accountErasures') expect(own).toBeNull();
    else expect(own).toBeTruthy();
    if (own) {
      expect(outcomeOf(await readBehind(readerOf(name), list.text, own))).toBe('ok');
      const answers = [
        await readBehind(otherReaderOf(name), list.text, own),
        ...(await Promise.all(list.others.map((other) => readBehind(readerOf(name), other, own)))),
      ];
      for (const answer of answers) expectError(answer, 'BAD_USER_INPUT', 'after');
    }
    const foreign =
      name === 'Query.auditLog' || isOfFriend(name)
        ? 'Query.publicTimeline'
        : isOfAdmins(name)
          ? 'Query.auditLog'
          : null;
    for (const other of foreign
      ? [foreign]
      : Object.keys(lists).filter((one) => one !== name && readerOf(one) === readerOf(name))) {
      const cursor = (await cursorOf(other, readerOf(name))) as string;
      expectError(await readBehind(readerOf(name), list.text, cursor), 'BAD_USER_INPUT', 'after');
    }
  });
});

describe('a cursor that was got signed out', () => {
  it.each([
    'Query.publicTimeline',
    'Post.comments',
    'Comment.replies',
    'Comment.edits',
    'User.posts',
    'User.followers',
    'User.following',
    'Post.edits',
  ])('is not good for somebody who is signed in, nor the other way round: %s', async (name) => {
    const { anonymous } = cast.phones;
    const { text } = lists[name] as List;
    const [theirs, nobodys] = [await cursorOf(name), await cursorOf(name, anonymous)] as [string, string];
    expect(outcomeOf(await readBehind(anonymous, text, nobodys))).toBe('ok');
    expectError(await readBehind(anonymous, text, theirs), 'BAD_USER_INPUT', 'after');
    expectError(await readBehind(readerOf(name), text, nobodys), 'BAD_USER_INPUT', 'after');
  });
});

describe('a stream', () => {
  const beginnings: Record<string, string> = {
    'Subscription.chatEvents':
      'mutation { sendMessage(input: { conversationId: "TALK", text: "live" }) { message { id } } }',
    'Subscription.homeTimelineEvents': 'mutation { createPost(input: { text: "live" }) { post { id } } }',
    'Subscription.notificationReceived':
      'mutation { createComment(input: { postId: "POST", text: "live" }) { comment { id } } }',
  };

  it.each(Object.keys(beginnings))('of %s begins behind its own cursor alone', async (name) => {
    const stream = streams[name] as Stream;
    const { owner, friend } = cast;
    const watch = await owner.watch(`subscription { ${stream('after: null')} }`);
    // No answer says that a subscription runs, and what came before is not told live.
    await until(async () => {
      await friend.ask((beginnings[name] as string).replace('TALK', ids.talk).replace('POST', ids.post));
      return watch.answers.length > 0;
    });
    const { cursor } = await watch.first((data) => Object.values(data)[0] as { cursor: string });
    watch.drop();
    expectError((await refusalOf(friend, stream, cursor)) as OperationResult, 'BAD_USER_INPUT', 'after');
    for (const [other, text] of Object.entries(streams)) {
      if (other === name) continue;
      expectError((await refusalOf(owner, text, cursor)) as OperationResult, 'BAD_USER_INPUT', 'after');
    }
    for (const list of ['Query.notifications', 'Conversation.messages']) {
      const ofList = (await cursorOf(list)) as string;
      expectError((await refusalOf(owner, stream, ofList)) as OperationResult, 'BAD_USER_INPUT', 'after');
    }
  });
});
