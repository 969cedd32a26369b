import { eventsAfter, startChat, takeOut, tell, tellTyping, typingIn, write } from './fake-chat.ts';
import { badUserInput, nextNumber, refuse } from './fake-results.ts';
import type { Call, FakeConversation, FakeMessage, FakeSession, FakeState } from './fake-state.ts';

type Args = Record<string, unknown>;

/** The part of the graph in which people write to each other. */
export function chatRoots(state: FakeState, call: Call, session: FakeSession | undefined) {
  const viewer = () => {
    if (!session) throw refuse('UNAUTHENTICATED', 'Sign in first.');
    return session.user;
  };
  const isIn = ({ members }: FakeConversation) => members.some(({ user }) => user.id === viewer().id);
  const find = (id: unknown) =>
    state.conversations.find((conversation) => conversation.id === id && isIn(conversation));
  const need = (id: unknown) => {
    const found = find(id);
    if (!found) throw refuse('NOT_FOUND', 'There is no such conversation.');
    return found;
  };
  const seenMessage = (message: FakeMessage, conversation: FakeConversation): object => ({
    ...message,
    replyTo: message.replyTo && seenMessage(message.replyTo, conversation),
    reactions: [...new Set(message.given.map(({ emoji }) => emoji))].map((emoji) => ({
      emoji,
      count: message.given.filter((one) => one.emoji === emoji).length,
    })),
    viewerReactions: message.given.filter(({ by }) => by === viewer().id).map(({ emoji }) => emoji),
    conversation: () => seen(conversation),
  });
  const connection = (rows: unknown[], first: number) => ({
    totalCount: rows.length,
    edges: rows.slice(0, first).map((node) => ({ cursor: 'm', node })),
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
  function seen(conversation: FakeConversation): object {
    const mine = conversation.members.find(({ user }) => user.id === viewer().id);
    const messages = conversation.messages.filter(({ seq }) => seq > (mine?.joinedAtSeq ?? 0));
    const last = messages.at(-1);
    return {
      __typename: 'Conversation',
      ...conversation,
      unreadCount: messages.filter(
        ({ seq, sender }) => seq > (mine?.readUpTo ?? 0) && sender?.id !== viewer().id,
      ).length,
      lastMessage: last ? seenMessage(last, conversation) : null,
      members: ({ first }: { first: number }) => connection(conversation.members, first),
      messages: ({ last: count = 20, before }: { last?: number; before?: string }) => {
        const until =
          before === undefined || before === null
            ? messages.length
            : messages.findIndex(({ seq }) => seq === Number(before));
        const rows = messages.slice(Math.max(0, until - count), until);
        return {
          edges: rows.map((node) => ({ cursor: String(node.seq), node: seenMessage(node, conversation) })),
          pageInfo: {
            startCursor: rows[0] ? String(rows[0].seq) : null,
            endCursor: rows.at(-1) ? String(rows.at(-1)?.seq) : null,
            hasPreviousPage: until - count > 0,
            hasNextPage: until < messages.length,
          },
        };
      },
    };
  }
  const messageOf = (id: unknown) => {
    for (const conversation of state.conversations.filter(isIn)) {
      const message = conversation.messages.find((one) => one.id === id);
      if (message) return { conversation, message };
    }
    throw refuse('NOT_FOUND', 'There is no such message.');
  };
  const admin = (id: unknown) => {
    const conversation = need(id);
    const isAdmin = conversation.members.some(({ user, isAdmin: is }) => user.id === viewer().id && is);
    if (!isAdmin) throw refuse('FORBIDDEN', 'Only admins change a group.');
    return conversation;
  };
  const userOf = (id: unknown) => [...state.users.values()].find(({ user }) => user.id === id)?.user;
  const changed = (conversation: FakeConversation) => {
    tell(state, 'CONVERSATION_CHANGED', conversation, { actor: viewer() });
    return { conversation: seen(conversation) };
  };
  const mutation = (name: string, run: (input: Args) => unknown) =>
    call(name, ({ input }: { input: Args }) => run(input));
  return {
    nodes: call('nodes', ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        const user = userOf(id);
        return user ? { __typename: 'User', ...user } : null;
      }),
    ),
    conversations: call('conversations', ({ first, after }: { first: number; after?: string }) => {
      const rows = state.conversations.filter(isIn).toSorted((a, b) => b.activity - a.activity);
      const from = after ? rows.findIndex(({ id }) => id === after) + 1 : 0;
      const shown = rows.slice(from, from + first);
      return {
        edges: shown.map((row) => ({ cursor: row.id, node: seen(row) })),
        pageInfo: {
          startCursor: shown[0]?.id ?? null,
          endCursor: shown.at(-1)?.id ?? null,
          hasNextPage: from + first < rows.length,
          hasPreviousPage: from > 0,
        },
      };
    }),
    conversation: call('conversation', ({ id }: { id: string }) => {
      viewer();
      if (!/^[\w-]+$/.test(id)) throw badUserInput('id', 'is no id of a Conversation');
      const found = find(id);
      return found ? seen(found) : null;
    }),
    startConversation: mutation('startConversation', ({ memberIds, title = null }) => {
      const others = (memberIds as string[]).map((id) => {
        const user = userOf(id);
        if (!user) throw refuse('NOT_FOUND', 'There is no such person.');
        return user;
      });
      const there = state.conversations.find(
        (one) =>
          one.kind === 'DIRECT' &&
          others.length === 1 &&
          isIn(one) &&
          one.members.some(({ user }) => user.id === others[0]?.id),
      );
      return {
        conversation: seen(
          there ?? startChat(state, [viewer(), ...others], { title: title as string | null }),
        ),
      };
    }),
    sendMessage: mutation('sendMessage', ({ conversationId, text, idempotencyKey, replyToId, mediaIds }) => {
      const conversation = need(conversationId);
      if (String(text).length > 5_000) throw badUserInput('input.text', 'takes at most 5000 characters');
      const key = String(idempotencyKey ?? nextNumber());
      const replyTo = conversation.messages.find(({ id }) => id === replyToId) ?? null;
      const media = ((mediaIds ?? []) as string[]).map((id) => state.media.get(id));
      const message =
        state.messageKeys.get(key) ?? write(state, conversation, viewer(), String(text), { replyTo, media });
      state.messageKeys.set(key, message);
      return { message: seenMessage(message, conversation) };
    }),
    editMessage: mutation('editMessage', ({ messageId, text }) => {
      const { conversation, message } = messageOf(messageId);
      if (message.sender?.id !== viewer().id) throw refuse('NOT_FOUND', 'There is no such message.');
      Object.assign(message, { text, editedAt: new Date().toISOString() });
      tell(state, 'MESSAGE_EDITED', conversation, { actor: viewer(), message });
      return { message: seenMessage(message, conversation) };
    }),
    deleteMessage: mutation('deleteMessage', ({ messageId }) => {
      const { conversation, message } = messageOf(messageId);
      Object.assign(message, { text: '', media: [], given: [], deletedAt: new Date().toISOString() });
      tell(state, 'MESSAGE_DELETED', conversation, { actor: viewer(), message });
      return { deletedId: message.id };
    }),
    reactToMessage: mutation('reactToMessage', ({ messageId, emoji }) => {
      const { conversation, message } = messageOf(messageId);
      message.given.push({ emoji: String(emoji), by: viewer().id });
      tell(state, 'REACTION_CHANGED', conversation, { actor: viewer(), message });
      return { message: seenMessage(message, conversation) };
    }),
    removeMessageReaction: mutation('removeMessageReaction', ({ messageId, emoji }) => {
      const { conversation, message } = messageOf(messageId);
      message.given = message.given.filter((one) => one.emoji !== emoji || one.by !== viewer().id);
      tell(state, 'REACTION_CHANGED', conversation, { actor: viewer(), message });
      return { message: seenMessage(message, conversation) };
    }),
    updateConversation: mutation('updateConversation', ({ conversationId, title }) => {
      const conversation = admin(conversationId);
      conversation.title = title ? String(title) : null;
      return changed(conversation);
    }),
    addConversationMembers: mutation('addConversationMembers', ({ conversationId, memberIds }) => {
      const conversation = admin(conversationId);
      for (const id of memberIds as string[]) {
        const user = userOf(id);
        if (!user) throw refuse('NOT_FOUND', 'There is no such person.');
        if (conversation.members.some((member) => member.user.id === id)) continue;
        const joinedAtSeq = conversation.messages.length;
        conversation.members.push({
          user,
          isAdmin: false,
          joinedAt: new Date().toISOString(),
          joinedAtSeq,
          readUpTo: joinedAtSeq,
        });
      }
      tell(state, 'MEMBER_JOINED', conversation, { actor: viewer() });
      return { conversation: seen(conversation) };
    }),
    removeConversationMember: mutation('removeConversationMember', ({ conversationId, userId }) => {
      const conversation = admin(conversationId);
      const user = userOf(userId);
      if (user) takeOut(state, conversation, user, viewer());
      return { conversation: isIn(conversation) ? seen(conversation) : null };
    }),
    setConversationAdmin: mutation('setConversationAdmin', ({ conversationId, userId, isAdmin }) => {
      const conversation = admin(conversationId);
      for (const member of conversation.members)
        if (member.user.id === userId) member.isAdmin = Boolean(isAdmin);
      return changed(conversation);
    }),
    leaveConversation: mutation('leaveConversation', ({ conversationId }) => {
      const conversation = need(conversationId);
      takeOut(state, conversation, viewer(), viewer());
      return { leftId: conversation.id };
    }),
    markConversationRead: mutation('markConversationRead', ({ conversationId, upToSeq }) => {
      const conversation = need(conversationId);
      const mine = conversation.members.find(({ user }) => user.id === viewer().id);
      if (Number(upToSeq) > conversation.messages.length)
        throw badUserInput('input.upToSeq', 'must be that of a message');
      if (mine && Number(upToSeq) > mine.readUpTo) {
        mine.readUpTo = Number(upToSeq);
        tell(state, 'READ', conversation, { actor: viewer() });
      }
      return { conversation: seen(conversation) };
    }),
    setTyping: mutation('setTyping', ({ conversationId, isTyping }) => {
      const conversation = need(conversationId);
      tellTyping(conversation, viewer(), isTyping !== false);
      return { conversation: seen(conversation) };
    }),
    chatEvents: call('chatEvents', ({ after }: { after?: string } = {}) => {
      const user = viewer();
      const mine = () => state.chatEvents.filter(({ to }) => to === user.username);
      return eventsAfter(after ? Number(after) : (mine().at(-1)?.seq ?? 0), (seq) => {
        const event = mine().find((entry) => entry.seq > seq);
        if (!event) return undefined;
        const { conversation, message } = event;
        const shown = isIn(conversation);
        return {
          cursor: String(event.seq),
          kind: event.kind,
          conversationId: conversation.id,
          conversation: shown ? seen(conversation) : null,
          message: shown && message ? seenMessage(message, conversation) : null,
          actor: event.actor,
        };
      });
    }),
    typing: call('typing', ({ conversationId }: { conversationId: string }) => {
      const conversation = need(conversationId);
      return typingIn(conversation, viewer());
    }),
  };
}
