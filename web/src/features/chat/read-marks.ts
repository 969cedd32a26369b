import { NOBODY } from './conversation-name.ts';
import type { OpenConversation } from './merge-messages.ts';

const namedAtMost = 3;

/** Who has read the viewer's last message, where it is the last of all, in words; null where that cannot be told. */
export function seenBy({ kind, everybody, messages }: OpenConversation, viewerId: string): string | null {
  const last = messages.edges.at(-1)?.node;
  if (!last || last.sender?.id !== viewerId) return null;
  const others = everybody.edges.map(({ node }) => node).filter(({ user }) => user?.id !== viewerId);
  const readers = others.filter(({ readUpTo }) => readUpTo !== null && readUpTo >= last.seq);
  if (readers.length === 0) return null;
  if (kind === 'DIRECT') return 'Seen';
  if (readers.length === others.length) return 'Seen by everybody';
  const names = readers.slice(0, namedAtMost).map(({ user }) => user?.displayName ?? NOBODY);
  const left = readers.length - names.length;
  return `Seen by ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** Who writes, in words; empty when nobody does. */
export function typingText(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length === 1) return `${names[0]} is typing…`;
  return names.length === 2
    ? `${names[0]} and ${names[1]} are typing…`
    : `${names.length} people are typing…`;
}
