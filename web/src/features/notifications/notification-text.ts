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

const ownThing = ({ subject }: NotificationRowFragment) =>
  subject?.__typename === 'Comment' ? 'comment' : 'post';

function said(row: NotificationRowFragment): string {
  switch (row.type) {
    case 'FOLLOW':
      return 'followed you';
    case 'FOLLOW_REQUEST':
      return 'asked to follow you';
    case 'FOLLOW_ACCEPTED':
      return 'accepted your follow request';
    case 'POST':
      return 'posted';
    case 'COMMENT':
      return 'commented on your post';
    case 'REPLY':
      return 'replied to your comment';
    case 'MENTION':
      return `mentioned you in a ${ownThing(row)}`;
    case 'REACTION':
      return `reacted to your ${ownThing(row)}`;
    case 'REPOST':
      return 'reposted your post';
    case 'QUOTE':
      return 'quoted your post';
    case 'POST_REMOVED':
      return 'Moderators removed a post of yours';
    case 'COMMENT_REMOVED':
      return 'Moderators removed a comment of yours';
    default:
      // A gateway that is newer than this page tells of more.
      return 'There is something new for you';
  }
}

const withoutActors = new Set(['POST_REMOVED', 'COMMENT_REMOVED']);
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

function excerptOf({ type, subject }: NotificationRowFragment): string | null {
  if (type === 'FOLLOW_REQUEST') return 'See who asks to follow you';
  if (!subject || subject.__typename === 'User') return null;
  if (subject.__typename === 'Post') {
    if (subject.contentWarning) return `Content warning: ${subject.contentWarning}`;
    return subject.text || 'See the post';
  }
  return subject.text || 'See the comment';
}

/** Takes a notification, gives it in words; one of a type that is not known here is told plainly. */
export function notificationText(row: NotificationRowFragment): NotificationText {
  const isKnown = withActors.has(row.type) || withoutActors.has(row.type);
  return {
    hasActors: withActors.has(row.type),
    text: said(row),
    href: isKnown ? hrefOf(row) : null,
    excerpt: isKnown ? excerptOf(row) : null,
  };
}

/** How many are there beyond those who are named: `and 3 others`. */
export function othersOf(row: NotificationRowFragment, named: number): string {
  const others = row.actorCount - named;
  if (named === 0) return row.actorCount > 1 ? `${row.actorCount} people` : 'Somebody';
  if (others <= 0) return '';
  return others === 1 ? 'and 1 other' : `and ${others} others`;
}
