import { nextId, nextNumber } from './fake-results.ts';
import type { FakeConversation, FakeMessage, FakeState, FakeUser } from './fake-state.ts';

const listeners = new Set<() => void>();
const typingListeners = new Set<
  (conversation: FakeConversation, user: FakeUser, isTyping: boolean) => void
>();

/** Tells everybody in a conversation, and whoever has just left it. */
export function tell(
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

/** What `next` finds behind a place, as it comes. */
export async function* eventsAfter<Event extends { cursor: string }>(
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

/** Who writes in a conversation, as its other members hear of it. */
export async function* typingIn(conversation: FakeConversation, viewer: FakeUser) {
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
