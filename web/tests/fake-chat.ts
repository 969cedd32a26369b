import { badUserInput, nextId, nextNumber, refuse } from './fake-results.ts';
import type { Call, FakeConversation, FakeMessage, FakeSession, FakeState, FakeUser } from './fake-state.ts';

type Args = Record<string, unknown>;

const listeners = new Set<() => void>();
const typingListeners = new Set<
  (conversation: FakeConversation, user: FakeUser, isTyping: boolean) => void
>();

/** Tells everybody in a conversation, and whoever has just left it. */
function tell(
  state: FakeState,
  kind: string,
  conversation: FakeConversation,
  { actor, message = null, also = [] }: { actor: FakeUser; message?: FakeMessage | null; also?: FakeUser[] },
): void {
  for (const { username } of [...conversation.members.map(({ user }) => user), ...also])
    state.chatEvents.push({ seq: nextNumber(), to: username, kind, conversation, message, actor });
  for (const wake of [...listeners]) wake();
}

/** Begins a conversation, with whoever is named first as admin of a group. */
export function startChat(
  state: FakeState,
  users: FakeUser[],
  more: Partial<FakeConversation> = {},
): FakeConversation {
  const conversation: FakeConversation = {
    id: nextId('Conversation'),
    kind: users.length === 2 ? 'DIRECT' : 'GROUP',
    title: null,
    createdAt: new Date(Date.now() - 3_600_000).toISOString(),
    activity: nextNumber(),
    messages: [],
    ...more,
    members: users.map((user, index) => ({
      user,
      isAdmin: users.length > 2 && index === 0,
      joinedAt: new Date().toISOString(),
      joinedAtSeq: 0,
      readUpTo: 0,
    })),
  };
  state.conversations.push(conversation);
  return conversation;
}

/** Writes in a conversation, as its sender's own device would. */
export function write(
  state: FakeState,
  conversation: FakeConversation,
  sender: FakeUser,
  text: string,
  more: Partial<FakeMessage> = {},
): FakeMessage {
  const message: FakeMessage = {
    __typename: 'Message',
    id: nextId('Message'),
    seq: conversation.messages.length + 1,
    sender,
    text,
    media: [],
    replyTo: null,
    createdAt: new Date().toISOString(),
    editedAt: null,
    deletedAt: null,
    given: [],
    ...more,
  };
  conversation.messages.push(message);
  conversation.activity = nextNumber();
  const mine = conversation.members.find(({ user }) => user.id === sender.id);
  if (mine) mine.readUpTo = message.seq;
  tell(state, 'MESSAGE_SENT', conversation, { actor: sender, message });
  return message;
}

/** Tells whoever looks that somebody writes, or has stopped. */
export function tellTyping(conversation: FakeConversation, user: FakeUser, isTyping: boolean): void {
  for (const hear of [...typingListeners]) hear(conversation, user, isTyping);
}

/** Takes somebody out of a group, as one of its admins would. */
export function takeOut(state: FakeState, conversation: FakeConversation, user: FakeUser, actor: FakeUser) {
  conversation.members = conversation.members.filter((member) => member.user.id !== user.id);
  tell(state, 'MEMBER_LEFT', conversation, { actor, also: [user] });
}

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

async function* eventsAfter<Event extends { cursor: string }>(
  start: number,
  next: (after: number) => Event | undefined,
) {
  let after = start;
  for (;;) {
    const event = next(after);
    if (event) {
      after = Number(event.cursor);
      yield { chatEvents: event };
      continue;
    }
    await new Promise<void>((resolve) => {
      const wake = () => {
        listeners.delete(wake);
        resolve();
      };
      listeners.add(wake);
    });
  }
}

async function* typingIn(conversation: FakeConversation, viewer: FakeUser) {
  const heard: object[] = [];
  let wake: () => void = () => undefined;
  const hear = (where: FakeConversation, user: FakeUser, isTyping: boolean) => {
    if (where !== conversation || user.id === viewer.id) return;
    heard.push({ user, until: isTyping ? new Date(Date.now() + 5_000).toISOString() : null });
    wake();
  };
  typingListeners.add(hear);
  try {
    for (;;) {
      const next = heard.shift();
      if (next) yield { typing: next };
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    typingListeners.delete(hear);
  }
}
