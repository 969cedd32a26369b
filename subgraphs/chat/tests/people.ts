import { createChatService, readConfig } from '@socialhub/chat';
import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { MediaReady } from '@socialhub/platform/contracts/media';
import { isUuid, uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { type TestService, testService } from '@socialhub/platform/testing/test-service';
import { dataOf } from '@socialhub/platform/testing/until';

/** The service, and what tests do with it again and again. */
export interface Chat {
  service: TestService;
  /** Somebody who has an account. */
  register(): Promise<string>;
  /** A ready file of somebody's, by its global id. */
  upload(ownerId: string): Promise<string>;
  /** Starts a conversation as the first of them and gives its id. */
  start(memberIds: [string, ...string[]], title?: string): Promise<string>;
  send(senderId: string, conversationId: string, text: string, more?: object): Promise<SentMessage>;
}

export interface SentMessage {
  id: string;
  seq: number;
}

export const startMutation = `mutation ($input: StartConversationInput!) {
  startConversation(input: $input) { conversation { id kind title unreadCount createdAt lastMessage { id }
    members { edges { node { user { id } readUpTo isAdmin joinedAt } } totalCount } } } }`;
export const sendMutation = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id seq text createdAt editedAt deletedAt sender { id } media { id }
    replyTo { id } conversation { id lastMessage { id } } } } }`;
export const readMutation = `mutation ($input: MarkConversationReadInput!) {
  markConversationRead(input: $input) { conversation { unreadCount members { edges { node { user { id } readUpTo } } } } } }`;
export const eventsSubscription = `subscription ($after: String) {
  chatEvents(after: $after) { cursor kind conversationId conversation { id } message { id seq text } actor { id } } }`;

export const editMutation = `mutation ($input: EditMessageInput!) {
  editMessage(input: $input) { message { id seq text editedAt deletedAt sender { id } media { id } } } }`;
export const deleteMutation = `mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { deletedId } }`;

/** A person's id as clients have it; what is no UUID stays as it is. */
export const userGid = (id: string): string => (isUuid(id) ? gid('User', id) : id);

/** Who is in a conversation. */
export const membersOf = (conversation: {
  members: { edges: { node: { user: { id: string }; readUpTo: number; isAdmin: boolean } }[] };
}) => conversation.members.edges.map(({ node }) => node);

/** Starts the chat service on a database of its own. */
export async function startChat(): Promise<Chat> {
  const service = await testService({ name: 'chat', create: createChatService, readConfig });
  return {
    service,
    async register() {
      const userId = uuidv7();
      await service.emit(UserRegistered, {
        userId,
        username: `u${userId.slice(-10)}`,
        displayName: 'Somebody',
        registeredAt: new Date().toISOString(),
      });
      return userId;
    },
    async upload(ownerId) {
      const mediaId = uuidv7();
      await service.emit(MediaReady, { mediaId, ownerId, kind: 'IMAGE' });
      return gid('Media', mediaId);
    },
    async start([first, ...memberIds], title) {
      const answer = await service
        .as(first)
        .execute(startMutation, { input: { memberIds: memberIds.map(userGid), title } });
      return dataOf(answer).startConversation.conversation.id;
    },
    async send(senderId, conversationId, text, more = {}) {
      const input = { conversationId, text, ...more };
      return dataOf(await service.as(senderId).execute(sendMutation, { input })).sendMessage.message;
    },
  };
}
