import type { TextsOf } from '../../i18n/texts.ts';
import type { PersonFragment } from '../../ui/generated/person-name.ts';
import type { ChatMemberFragment, ConversationRowFragment } from './generated/documents.ts';

type Named = Pick<ConversationRowFragment, 'kind' | 'title' | 'members'>;

const namedAtMost = 3;

const othersIn = ({ members }: Named, viewerId: string): ChatMemberFragment[] =>
  members.edges.map(({ node }) => node).filter(({ user }) => user?.id !== viewerId);

/** With whom a direct conversation is; null for a group, and for who is not here. */
export const otherOf = (conversation: Named, viewerId: string): PersonFragment | null =>
  conversation.kind === 'DIRECT' ? (othersIn(conversation, viewerId)[0]?.user ?? null) : null;

/** What a conversation is called: by its title, else by who else is in it. */
export function conversationName(t: TextsOf<'chat'>, conversation: Named, viewerId: string): string {
  if (conversation.kind === 'DIRECT') return otherOf(conversation, viewerId)?.displayName ?? t('nobody');
  if (conversation.title) return conversation.title;
  const others = othersIn(conversation, viewerId).slice(0, namedAtMost);
  const names = others.map(({ user }) => user?.displayName ?? t('nobody'));
  const left = conversation.members.totalCount - 1 - names.length;
  if (names.length === 0) return t('onlyYou');
  return left > 0 ? t('andMore', { names: names.join(', '), n: left }) : names.join(', ');
}

/** What was said last, in a line. */
export function lastLine(
  t: TextsOf<'chat'>,
  { kind, lastMessage }: ConversationRowFragment,
  viewerId: string,
): string {
  if (!lastMessage) return t('nothingYet');
  const { sender, deletedAt, text, media } = lastMessage;
  const isMine = sender?.id === viewerId;
  // Of a conversation of two the name stands above.
  const by = kind === 'GROUP' && sender && !isMine ? sender.displayName : null;
  if (deletedAt) {
    if (isMine) return t('youDeleted');
    return by === null ? t('deletedOne') : t('deletedBy', { name: by });
  }
  const what = text || (media?.[0]?.kind === 'VIDEO' ? t('aVideo') : t('aPicture'));
  if (isMine) return t('byYou', { what });
  return by === null ? what : t('saidBy', { name: by, what });
}
