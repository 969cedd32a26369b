import { join } from 'node:path';
import { type System, startSystem } from '@socialhub/local/system';
import { dataOf, type OperationResult, until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loggedErrors } from './access/cast.ts';
import type { Phone } from './story/client.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';

// What is not there, or not for this viewer, is null without an error, whatever is asked of it. Nobody logs a fault.

let system: System;

beforeAll(async () => {
  system = await startSystem(await startOptions());
}, 120_000);
afterEach(async () => {
  expect(await loggedErrors(join(system.logDir, 'socialhub.log'))).toEqual([]);
});
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

const codes = ({ errors = [] }: OperationResult) =>
  errors.map(({ path, extensions }) => `${(path as string[] | undefined)?.join('.')} ${extensions?.code}`);

describe('a field that fails beside one that does not', () => {
  it('is the only one with an error, in a query', async () => {
    const ann = await register(system.gatewayUrl, 'Ann');
    const answer = await ann.send(`{ a: publicTimeline(first: 1) { edges { cursor } }
      b: publicTimeline(first: 500) { edges { cursor } } viewer { username } }`);
    expect(codes(answer)).toEqual(['b BAD_USER_INPUT']);
  });

  it('is the only one with an error, in a mutation, and the other has taken effect', async () => {
    const ann = await register(system.gatewayUrl, 'Ann');
    const answer = await ann.send(`mutation {
      a: createPost(input: { text: "good" }) { post { id text author { username } } }
      b: createPost(input: { text: " " }) { post { id text author { username } } } }`);
    expect(codes(answer)).toEqual(['b BAD_USER_INPUT']);
    const { viewer } = await ann.ask('{ viewer { posts { edges { node { text } } } } }');
    expect(viewer.posts.edges).toEqual([{ node: { text: 'good' } }]);
  });
});

/** What can become of somebody, so that the other does not see them any more. */
const fates: [string, (gone: Person, viewer: Person) => Promise<unknown>][] = [
  [
    'has blocked the viewer',
    (gone, viewer) =>
      gone.ask('mutation ($id: ID!) { blockUser(input: { userId: $id }) { user { id } } }', {
        id: viewer.id,
      }),
  ],
  [
    'is deactivated',
    (gone) =>
      gone.ask(
        'mutation ($input: DeactivateAccountInput!) { deactivateAccount(input: $input) { deactivated } }',
        {
          input: { password: gone.password },
        },
      ),
  ],
  [
    'is about to be deleted',
    (gone) =>
      gone.ask('mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedAfter } }', {
        input: { password: gone.password },
      }),
  ],
];

interface Member {
  node: { user: Person | null };
}

const person = '{ id username displayName followerCount }';

describe.each(fates)('somebody who %s', (_what, meet) => {
  let viewer: Person;
  let gone: Person;
  let third: Person;
  let talk: string;
  let post: string;

  beforeAll(async () => {
    [viewer, gone, third] = (await Promise.all(
      ['Vera', 'Gus', 'Tom'].map((name) => register(system.gatewayUrl, name)),
    )) as [Person, Person, Person];
    // The chat service hears of a new account a moment later.
    talk = await until(
      async () => {
        const { data } = await viewer.send(
          'mutation ($m: [ID!]!) { startConversation(input: { memberIds: $m, title: "all" }) { conversation { id } } }',
          { m: [gone.id, third.id] },
        );
        return data?.startConversation?.conversation.id as string | undefined;
      },
      { what: 'a conversation' },
    );
    post = (await viewer.ask('mutation { createPost(input: { text: "mine" }) { post { id } } }')).createPost
      .post.id;
    await say(gone, 'hello');
    await gone.ask(
      'mutation ($id: ID!) { createComment(input: { postId: $id, text: "nice" }) { comment { id } } }',
      { id: post },
    );
    await until(
      async () => (await viewer.ask('{ notifications { edges { cursor } } }')).notifications.edges[0],
      {
        what: 'a notification',
      },
    );
    await meet(gone, viewer);
    await until(
      async () =>
        (
          await viewer.ask(
            'query ($id: ID!) { conversation(id: $id) { members { edges { node { user { username } } } } } }',
            { id: talk },
          )
        ).conversation.members.edges.some(({ node }: Member) => node.user === null),
      { what: 'their being hidden' },
    );
  }, 60_000);

  const say = (who: Phone, text: string) =>
    who.ask(
      'mutation ($id: ID!, $text: String!) { sendMessage(input: { conversationId: $id, text: $text }) { message { id } } }',
      {
        id: talk,
        text,
      },
    );

  it('is null in a conversation, and the others are there', async () => {
    const { conversation } = dataOf(
      await viewer.send(
        `query ($id: ID!) { conversation(id: $id) { members { edges { node { isAdmin user ${person} } } }
          messages { edges { node { text sender ${person} } } } } }`,
        { id: talk },
      ),
    );
    const names = conversation.members.edges.map(({ node }: Member) => node.user?.username ?? null);
    expect(names.sort()).toEqual([null, third.username, viewer.username].sort());
    expect(conversation.messages.edges.map(({ node }: { node: unknown }) => node)).toEqual([
      { text: 'hello', sender: null },
    ]);
  });

  it('is no fault in a notification, nor where a comment has them as its author', async () => {
    const answer = await viewer.send(
      `query ($id: ID!) { notifications { unreadCount edges { node { type actors ${person} subject { ... on Comment { id author ${person} } } } } }
        post(id: $id) { comments { edges { node { text author ${person} } } } } }`,
      { id: post },
    );
    const { notifications } = dataOf(answer);
    for (const { node } of notifications.edges) expect(node.actors ?? []).toEqual([]);
  });

  it('is null in what arrives live', async () => {
    const watch = await viewer.watch(
      `subscription { chatEvents { conversation { members { edges { node { user ${person} } } } } message { text sender ${person} replyTo { text sender ${person} } } } }`,
    );
    // No answer says that a subscription runs, and what came before is not told live.
    await until(async () => {
      await say(third, 'are you there?');
      return watch.answers.length > 0;
    });
    const { message, conversation } = await watch.first(
      ({ chatEvents }) => chatEvents.message?.text === 'are you there?' && chatEvents,
    );
    watch.drop();
    expect(message.sender.username).toBe(third.username);
    expect(conversation.members.edges.filter(({ node }: Member) => node.user === null)).toHaveLength(1);
    for (const answer of watch.answers) expect(answer.errors).toBeUndefined();
  });
});
