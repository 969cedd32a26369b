import type { NodeType } from '@socialhub/platform/global-ids/node-types';
import { until } from '@socialhub/platform/testing/until';
import sharp from 'sharp';
import { createAuthenticator } from '../../subgraphs/auth/tests/authenticator.ts';
import type { Phone } from '../story/client.ts';
import { type Cast, upload } from './cast.ts';

/** Makes everything that the rows name, and waits until the services have heard of it. */
export async function possessions({
  owner,
  friend,
  phones,
  anotherSession,
}: Cast): Promise<Record<string, string>> {
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const post = async (who: Phone, visibility = 'PUBLIC') => {
    const input = { text: 'hello', visibility };
    const text = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }';
    return (await who.ask(text, { input })).createPost.post.id as string;
  };
  const comment = async (who: Phone, postId: string) => {
    const text = 'mutation ($input: CreateCommentInput!) { createComment(input: $input) { comment { id } } }';
    return (await who.ask(text, { input: { postId, text: 'hm' } })).createComment.comment.id as string;
  };
  const [open, followers, removed, elsewhere] = [
    await post(owner),
    await post(owner, 'FOLLOWERS'),
    await post(owner),
    await post(friend),
  ];
  const start =
    'mutation ($id: ID!) { startConversation(input: { memberIds: [$id] }) { conversation { id } } }';
  const { conversation } = (await friend.ask(start, { id: owner.id })).startConversation;
  const send = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }';
  const say = async (who: Phone): Promise<string> =>
    (await who.ask(send, { input: { conversationId: conversation.id, text: 'hi' } })).sendMessage.message.id;
  const [message, ownMessage] = [await say(friend), await say(owner)];
  const { viewer: follower } = await phones.follower.ask('{ viewer { id } }');
  const group = await until(
    async () => {
      const text =
        'mutation ($ids: [ID!]!) { startConversation(input: { memberIds: $ids }) { conversation { id } } }';
      const { data } = await owner.send(text, { ids: [friend.id, follower.id] });
      return data?.startConversation?.conversation.id as string | undefined;
    },
    { what: 'a group' },
  );
  const notification = await until(
    async () =>
      (await owner.ask('{ notifications { edges { node { id } } } }')).notifications.edges[0]?.node.id,
  );
  await phones.moderator.ask(
    'mutation ($id: ID!) { removePost(input: { postId: $id, reason: "spam" }) { standing { removal { reason } } } }',
    {
      id: removed,
    },
  );
  const sees = async (who: Phone, id: string) => (await who.ask(`{ post(id: "${id}") { text } }`)).post;
  await until(() => sees(phones.follower, followers), { what: 'the follow' });
  await until(async () => !(await sees(phones.blocked, open)), { what: 'the block' });
  return {
    user: owner.id,
    public: open,
    followers,
    removed,
    elsewhere,
    mentioned: await post(owner, 'MENTIONED'),
    spare: await post(owner),
    spare2: await post(owner),
    byAdmin: await post(phones.admin),
    comment: await comment(owner, open),
    hiddenComment: await comment(owner, followers),
    commentElsewhere: await comment(owner, elsewhere),
    spareComment: await comment(owner, elsewhere),
    picture: await upload(owner, picture),
    upload: await upload(owner, picture, { complete: false }),
    spareUpload: await upload(owner, picture, { complete: false }),
    conversation: conversation.id,
    message,
    ownMessage,
    group,
    friend: friend.id,
    notification,
    session: (await anotherSession(owner)).id,
  };
}

/** Something of each type that is a Node: the owner's, or about them. */
export async function oneOfEach(
  { owner, phones }: Cast,
  { ids, webPort }: { ids: Readonly<Record<string, string>>; webPort: number },
): Promise<Record<NodeType, string>> {
  const { account } = await owner.ask('{ account { id } }');
  const { auditLog } = await phones.admin.ask('{ auditLog(first: 1) { edges { node { id } } } }');
  const { requestDataExport } = await owner.ask('mutation { requestDataExport { export { id } } }');
  return {
    Account: account.id,
    Session: ids.session ?? '',
    Passkey: await addPasskey(owner, webPort),
    AuditEntry: auditLog.edges[0].node.id,
    User: ids.user ?? '',
    Post: ids.public ?? '',
    Comment: ids.comment ?? '',
    Media: ids.picture ?? '',
    DataExport: requestDataExport.export.id,
    Notification: ids.notification ?? '',
    Conversation: ids.conversation ?? '',
    Message: ids.message ?? '',
  };
}

async function addPasskey({ ask, password }: Cast['owner'], webPort: number): Promise<string> {
  const { beginPasskey } = await ask(
    'mutation ($input: BeginPasskeyInput!) { beginPasskey(input: $input) { options } }',
    { input: { password } },
  );
  const { rp } = JSON.parse(beginPasskey.options);
  const credential = createAuthenticator().create(beginPasskey.options, {
    rpId: rp.id,
    origin: `http://${rp.id}:${webPort}`,
  });
  const { addPasskey } = await ask(
    'mutation ($input: AddPasskeyInput!) { addPasskey(input: $input) { passkey { id } } }',
    { input: { credential } },
  );
  return addPasskey.passkey.id;
}
