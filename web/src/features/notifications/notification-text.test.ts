import { expect, test } from 'vitest';
import { textsIn } from '../../../tests/texts-in.ts';
import type { NotificationRowFragment, NotificationType } from './generated/documents.ts';
import { notificationText, othersOf } from './notification-text.ts';

const t = textsIn('en', 'notifications');

const row = (more: Partial<NotificationRowFragment>): NotificationRowFragment => ({
  __typename: 'Notification',
  id: 'n',
  type: 'FOLLOW',
  actorCount: 1,
  updatedAt: '2026-01-01T00:00:00.000Z',
  readAt: null,
  actors: [],
  subject: null,
  ...more,
});

test('a type that this page does not know is told plainly, and leads nowhere', () => {
  const subject = { __typename: 'User', id: 'u', username: 'ben' } as const;
  const told = notificationText(t, row({ type: 'BIRTHDAY' as NotificationType, subject }));
  expect(told).toEqual({
    hasActors: false,
    text: 'There is something new for you',
    href: null,
    excerpt: null,
  });
});

test('what is about something that is gone, or that has no words, is told without it or by what it is', () => {
  expect(notificationText(t, row({ type: 'COMMENT' }))).toMatchObject({ href: null, excerpt: null });
  const subject = { __typename: 'Post', id: 'a b', text: '', contentWarning: null } as const;
  expect(notificationText(t, row({ type: 'REPOST', subject }))).toMatchObject({
    href: '/post/a%20b',
    excerpt: 'See the post',
  });
  const warned = { ...subject, text: 'Spoiler', contentWarning: 'The end' };
  expect(notificationText(t, row({ type: 'QUOTE', subject: warned })).excerpt).toBe(
    'Content warning: The end',
  );
});

test.each<[number, number, string]>([
  [1, 1, ''],
  [2, 2, ''],
  [3, 2, 'and 1 other'],
  [17, 2, 'and 15 others'],
  [1, 0, 'Somebody'],
  [4, 0, '4 people'],
  // Actors who are gone by now are not counted yet.
  [1, 2, ''],
])('of %i people %i are named: "%s"', (actorCount, named, text) => {
  expect(othersOf(t, row({ actorCount }), named)).toBe(text);
});

test.each<[number, string, string]>([
  [0, 'haben auf deinen Beitrag reagiert', 'Jemand'],
  [1, 'hat auf deinen Beitrag reagiert', 'Jemand'],
  [2, 'haben auf deinen Beitrag reagiert', '2 Personen'],
  [21, 'haben auf deinen Beitrag reagiert', '21 Personen'],
])('of %i people it is told in German too', (actorCount, text, who) => {
  const german = textsIn('de', 'notifications');
  const told = row({ type: 'REACTION', actorCount });
  expect(notificationText(german, told).text).toBe(text);
  expect(othersOf(german, told, 0)).toBe(who);
});
