import type { TextsOf } from '../../i18n/texts.ts';
import type { OpenConversation } from './merge-messages.ts';

const namedAtMost = 3;

/** Who has read the viewer's last message, where it is the last of all, in words; null where that cannot be told. */
export function seenBy(
  t: TextsOf<'chat'>,
  { kind, everybody, messages }: OpenConversation,
  viewerId: string,
): string | null {
  const last = messages.edges.at(-1)?.node;
  if (!last || last.sender?.id !== viewerId) return null;
  const others = everybody.edges.map(({ node }) => node).filter(({ user }) => user?.id !== viewerId);
  const readers = others.filter(({ readUpTo }) => readUpTo !== null && readUpTo >= last.seq);
  if (readers.length === 0) return null;
  if (kind === 'DIRECT') return t('seen');
  if (readers.length === others.length) return t('seenByAll');
  const names = readers
    .slice(0, namedAtMost)
    .map(({ user }) => user?.displayName ?? t('nobody'))
    .join(', ');
  const left = readers.length - namedAtMost;
  return left > 0 ? t('seenByMore', { names, n: left }) : t('seenBy', { names });
}

/** Who writes, in words; empty when nobody does. */
export function typingText(t: TextsOf<'chat'>, names: readonly string[]): string {
  const [one, other] = names.map((name) => name || t('nobody'));
  if (one === undefined) return '';
  if (other === undefined) return t('oneTypes', { name: one });
  return names.length === 2 ? t('twoType', { one, other }) : t('manyType', { n: names.length });
}
