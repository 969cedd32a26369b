import type { NotificationRowFragment } from './generated/documents.ts';

type Type = NotificationRowFragment['type'];

/** Of what the list can be alone, by `show` in the address; all of it without. Each with its types. */
const FILTERS = {
  mentions: ['MENTION'],
  answers: ['COMMENT', 'REPLY', 'QUOTE'],
  reactions: ['REACTION', 'REPOST'],
  follows: ['FOLLOW', 'FOLLOW_REQUEST', 'FOLLOW_ACCEPTED'],
  posts: ['POST'],
} as const satisfies Record<string, readonly Type[]>;

export type NotificationFilter = keyof typeof FILTERS;

export const NOTIFICATION_FILTERS = Object.keys(FILTERS) as NotificationFilter[];

/** Takes a search parameter, gives the filter that it names, or null for all. */
export const filterFrom = (value: string | string[] | undefined): NotificationFilter | null =>
  typeof value === 'string' && Object.hasOwn(FILTERS, value) ? (value as NotificationFilter) : null;

/** The types that a filter lets through; null: all. */
export const typesOf = (filter: NotificationFilter | null): Type[] | null => filter && [...FILTERS[filter]];

export const fits = (filter: NotificationFilter | null, type: Type): boolean =>
  filter === null || typesOf(filter)?.includes(type) === true;

/** The address of the list, from a cursor on where there is one. */
export function notificationsPath(
  filter: NotificationFilter | null,
  after?: string,
): '/notifications' | `/notifications?${string}` {
  const query = new URLSearchParams({ ...(filter && { show: filter }), ...(after && { after }) }).toString();
  return query === '' ? '/notifications' : `/notifications?${query}`;
}
