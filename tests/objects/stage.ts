import { grantRoleAt } from '@socialhub/auth/operator-commands';
import { authDatabaseUrl } from '@socialhub/local/admin';
import type { StartOptions } from '@socialhub/local/options';
import type { NodeType } from '@socialhub/platform/global-ids/node-types';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { until } from '@socialhub/platform/testing/until';
import sharp from 'sharp';
import { upload } from '../access/cast.ts';
import { phone } from '../story/client.ts';
import { type Person, register } from '../story/people.ts';

/** Whose something is that ann does something to. */
export const kinds = [
  'other',
  'blocker',
  'blocked',
  'suspended',
  'deleted',
  'nobody',
  'wrongType',
  // What ends with it ends last.
  'self',
] as const;
export type Kind = (typeof kinds)[number];

/** What there is of each kind: of each type, an id. */
export type Things = Record<Kind, Record<string, string>>;

export interface Stage {
  ann: Person;
  moderator: Person;
  /** A post by somebody whom everybody may read. */
  neutralPost: string;
  things: Things;
}

/** Everybody writes, and talks with ann, before they become what they are. */
export async function setStage(url: string, options: StartOptions): Promise<Stage> {
  const names = ['Ann', 'Other', 'Blocker', 'Blocked', 'Suspended', 'Deleted', 'Bea', 'Mod'];
  const everybody = await Promise.all(names.map((name) => register(url, name)));
  const [ann, other, blocker, blocked, suspended, deleted, bea, mod] = everybody as [
    ...[Person, Person, Person, Person, Person, Person, Person, Person],
  ];
  await grantRoleAt(authDatabaseUrl({ SOCIALHUB_HOME: options.home }), mod.username, 'ADMIN');
  const moderator = { ...mod, ...(await signedIn(url, mod)) };
  const group = await until(
    async () =>
      (await startConversation(ann, [other, blocker, blocked, suspended, deleted])) as string | undefined,
    { what: 'a group' },
  );
  const neutralPost = await post(bea);
  const owners = { self: ann, other, blocker, blocked, suspended, deleted };
  const things = {} as Things;
  for (const [kind, owner] of Object.entries(owners)) {
    const direct = owner === ann ? group : await startConversation(ann, [owner]);
    things[kind as Kind] = {
      User: owner.id,
      Post: await post(owner),
      Comment: await comment(owner, neutralPost),
      Media: await upload(owner, await picture()),
      Conversation: direct,
      Message: await say(owner, group),
    };
  }
  things.nobody = Object.fromEntries(
    Object.keys(things.self).map((type) => [type, gid(type as NodeType, uuidv7())]),
  );
  things.wrongType = Object.fromEntries(
    Object.keys(things.self).map((type) => [type, type === 'User' ? neutralPost : ann.id]),
  );

  const byId = 'mutation ($id: ID!) { blockUser(input: { userId: $id }) { user { id } } }';
  await blocker.ask(byId, { id: ann.id });
  await ann.ask(byId, { id: blocked.id });
  await moderator.ask(
    'mutation ($id: ID!) { suspendAccount(input: { userId: $id, reason: "spam" }) { standing { suspendedAt } } }',
    { id: suspended.id },
  );
  await deleted.ask(
    'mutation ($password: String!) { deleteAccount(input: { password: $password }) { deletedAfter } }',
    { password: deleted.password },
  );
  const gone = [blocker, suspended, deleted];
  await until(
    async () => {
      const { data } = await ann.send(
        `query ($people: [ID!]!, $posts: [ID!]!) { people: nodes(ids: $people) { id } posts: nodes(ids: $posts) { id ... on Post { text } } }`,
        {
          people: gone.map(({ id }) => id),
          posts: ['blocker', 'blocked', 'suspended', 'deleted'].map((kind) => things[kind as Kind].Post),
        },
      );
      return data && [...data.people, ...data.posts].every((one) => one === null);
    },
    { what: 'everybody to be what they are' },
  );
  return { ann, moderator, neutralPost, things };
}

async function signedIn(url: string, { username, password }: Person) {
  const { logIn } = await phone(url).ask(
    'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }',
    { input: { identifier: username, password } },
  );
  return phone(url, logIn.tokens.accessToken);
}

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();

const post = async (who: Person): Promise<string> =>
  (await who.ask('mutation { createPost(input: { text: "hello" }) { post { id } } }')).createPost.post.id;

const comment = async (who: Person, postId: string): Promise<string> =>
  (
    await who.ask(
      'mutation ($id: ID!) { createComment(input: { postId: $id, text: "hm" }) { comment { id } } }',
      { id: postId },
    )
  ).createComment.comment.id;

const startConversation = async (who: Person, others: readonly Person[]): Promise<string> =>
  (
    await who.send(
      'mutation ($ids: [ID!]!) { startConversation(input: { memberIds: $ids }) { conversation { id } } }',
      { ids: others.map(({ id }) => id) },
    )
  ).data?.startConversation?.conversation.id;

const say = async (who: Person, id: string): Promise<string> =>
  (
    await who.ask(
      'mutation ($id: ID!) { sendMessage(input: { conversationId: $id, text: "hi" }) { message { id } } }',
      { id },
    )
  ).sendMessage.message.id;
