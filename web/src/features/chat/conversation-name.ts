import type { PersonFragment } from '../../ui/generated/person-name.ts';
import type { ChatMemberFragment, ConversationRowFragment } from './generated/documents.ts';

type Named = Pick<ConversationRowFragment, 'kind' | 'title' | 'members'>;

/** Who is gone, or whom one may not meet. */
export const NOBODY = 'Somebody who is not here';

const namedAtMost = 3;

const othersIn = ({ members }: Named, viewerId: string): ChatMemberFragment[] =>
  members.edges.map(({ node }) => node).filter(({ user }) => user?.id !== viewerId);

/** With whom a direct conversation is; null for a group, and for who is not here. */
export const otherOf = (conversation: Named, viewerId: string): PersonFragment | null =>
  conversation.kind === 'DIRECT' ? (othersIn(conversation, viewerId)[0]?.user ?? null) : null;

/** What a conversation is called: by its title, else by who else is in it. */
export function conversationName(conversation: Named, viewerId: string): string {
  if (conversation.kind === 'DIRECT') return otherOf(conversation, viewerId)?.displayName ?? NOBODY;
  if (conversation.title) return conversation.title;
  const others = othersIn(conversation, viewerId).slice(0, namedAtMost);
  const names = others.map(({ user }) => user?.displayName ?? NOBODY);
  const left = conversation.members.totalCount - 1 - names.length;
  if (names.length === 0) return 'Only you';
  return left > 0 ? `${names.join(', ')} and ${left} more` : names.join(', ');
}

/** What was said last, in a line. */
export function lastLine({ kind, lastMessage }: ConversationRowFragment, viewerId: string): string {
  if (!lastMessage) return 'Nothing written yet';
  const { sender, deletedAt, text, media } = lastMessage;
  // Of a conversation of two the name stands above.
  const other = kind === 'GROUP' && sender ? `${sender.displayName}: ` : '';
  const who = sender?.id === viewerId ? 'You: ' : other;
  if (deletedAt) return `${who}deleted a message`;
  if (text) return `${who}${text}`;
  return `${who}${media?.[0]?.kind === 'VIDEO' ? 'a video' : 'a picture'}`;
}
