import { type ConversationFact, type Facts, get, type MemberFact, type MessageFact } from './facts.ts';

/** The latest that happened in anybody's conversations, which the next is behind. */
const lastActivity = (facts: Facts) =>
  Math.max(
    0,
    ...[...facts.conversations.values()].flatMap(({ members }) =>
      [...members.values()].map((member) => member.lastActivity),
    ),
  );

export function makeConversation(
  facts: Facts,
  { id, kind, title }: Pick<ConversationFact, 'id' | 'kind' | 'title'>,
  memberIds: readonly string[],
  adminId: string | null,
): ConversationFact {
  const conversation: ConversationFact = { id, kind, title, members: new Map(), messages: [] };
  facts.conversations.set(id, conversation);
  takeIn(facts, conversation, memberIds);
  const admin = adminId && conversation.members.get(adminId);
  if (admin) admin.isAdmin = true;
  return conversation;
}

/** They see what is written from now on. */
export function takeIn(facts: Facts, { members, messages }: ConversationFact, ids: readonly string[]): void {
  const now = lastActivity(facts) + 1;
  const seq = messages.length;
  for (const id of ids)
    members.set(id, {
      isAdmin: false,
      joinedAtSeq: seq,
      readUpTo: seq,
      lastActivity: now,
      heardBefore: get(facts.chatLogs, id).length,
    });
}

/** Somebody is its admin afterwards, and with the last member it is gone. */
export function takeOut(facts: Facts, conversation: ConversationFact, userId: string, actorId: string): void {
  const { id, members } = conversation;
  if (!members.delete(userId)) return;
  if (members.size === 0) facts.conversations.delete(id);
  const isLed = [...members.values()].some(({ isAdmin }) => isAdmin);
  hear(facts, members.keys(), { kind: 'MEMBER_LEFT', conversationId: id, actorId });
  hear(facts, [userId], { kind: 'MEMBER_LEFT', conversationId: id, actorId, isEnd: true });
  const [oldest] = members.values();
  if (isLed || !oldest) return;
  oldest.isAdmin = true;
  hear(facts, [...members.keys()], { kind: 'CONVERSATION_CHANGED', conversationId: id, actorId });
}

export function noteMessage(facts: Facts, conversation: ConversationFact, message: MessageFact): void {
  const now = lastActivity(facts) + 1;
  conversation.messages.push(message);
  for (const member of conversation.members.values()) member.lastActivity = now;
}

/** Puts it into the logs of those people. */
export function hear(
  facts: Facts,
  userIds: Iterable<string>,
  event: { kind: string; conversationId: string; messageId?: string; actorId: string; isEnd?: boolean },
): void {
  for (const userId of userIds) get(facts.chatLogs, userId).push({ messageId: null, isEnd: false, ...event });
}

/** Those who see a message hear of it. */
export const hearOfMessage = (
  facts: Facts,
  { id, members }: ConversationFact,
  { id: messageId, seq }: MessageFact,
  { kind, actorId }: { kind: string; actorId: string },
): void =>
  hear(
    facts,
    [...members].filter(([, { joinedAtSeq }]) => joinedAtSeq < seq).map(([userId]) => userId),
    { kind, conversationId: id, messageId, actorId },
  );

/** Others' messages behind what a member has read, also deleted ones. */
export const unreadOf = ({ messages }: ConversationFact, userId: string, { readUpTo }: MemberFact): number =>
  messages.filter(({ seq, senderId }) => seq > readUpTo && senderId !== userId).length;
