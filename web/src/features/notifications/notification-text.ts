import type { TextsOf } from '../../i18n/texts.ts';
import type { NotificationRowFragment } from './generated/documents.ts';

/** What a row says: behind the names of who did it, or by itself where nobody did; and where it leads. */
export interface NotificationText {
  /** Whether the names of its actors come first. */
  hasActors: boolean;
  text: string;
  href: string | null;
  /** Of what it is about, as much as is there. */
  excerpt: string | null;
}

const withoutActors = new Set(['POST_REMOVED', 'COMMENT_REMOVED']);

type Texts = TextsOf<'notifications'>;

function said(t: Texts, { type, subject, actorCount: n }: NotificationRowFragment): string {
  const isComment = subject?.__typename === 'Comment';
  switch (type) {
    case 'FOLLOW':
    case 'FOLLOW_REQUEST':
    case 'FOLLOW_ACCEPTED':
    case 'POST':
    case 'COMMENT':
    case 'REPLY':
    case 'REPOST':
    case 'QUOTE':
      return t(type, { n });
    case 'MENTION':
      return t(isComment ? 'MENTIONcomment' : 'MENTIONpost', { n });
    case 'REACTION':
      return t(isComment ? 'REACTIONcomment' : 'REACTIONpost', { n });
    case 'POST_REMOVED':
    case 'COMMENT_REMOVED':
      return t(type);
    default:
      // A gateway that is newer than this page tells of more.
      return t('somethingNew');
  }
}

const withActors = new Set([
  'FOLLOW',
  'FOLLOW_REQUEST',
  'FOLLOW_ACCEPTED',
  'POST',
  'COMMENT',
  'REPLY',
  'MENTION',
  'REACTION',
  'REPOST',
  'QUOTE',
]);

function hrefOf({ type, subject }: NotificationRowFragment): string | null {
  if (type === 'FOLLOW_REQUEST') return '/settings/follow-requests';
  switch (subject?.__typename) {
    case 'User':
      return `/u/${encodeURIComponent(subject.username)}`;
    case 'Post':
      return `/post/${encodeURIComponent(subject.id)}`;
    case 'Comment':
      return `/post/${encodeURIComponent(subject.post.id)}`;
    default:
      return null;
  }
}

function excerptOf(t: Texts, { type, subject }: NotificationRowFragment): string | null {
  if (type === 'FOLLOW_REQUEST') return t('seeRequests');
  if (!subject || subject.__typename === 'User') return null;
  if (subject.__typename === 'Post') {
    if (subject.contentWarning) return t('warned', { warning: subject.contentWarning });
    return subject.text || t('seePost');
  }
  return subject.text || t('seeComment');
}

/** Takes a notification, gives it in words; one of a type that is not known here is told plainly. */
export function notificationText(t: Texts, row: NotificationRowFragment): NotificationText {
  const isKnown = withActors.has(row.type) || withoutActors.has(row.type);
  return {
    hasActors: withActors.has(row.type),
    text: said(t, row),
    href: isKnown ? hrefOf(row) : null,
    excerpt: isKnown ? excerptOf(t, row) : null,
  };
}

/** How many are there beyond those who are named: `and 3 others`. */
export function othersOf(t: Texts, row: NotificationRowFragment, named: number): string {
  const others = row.actorCount - named;
  if (named === 0) return row.actorCount > 1 ? t('people', { n: row.actorCount }) : t('somebody');
  return others <= 0 ? '' : t('others', { n: others });
}
