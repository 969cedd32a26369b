import type { ApolloCache } from '@apollo/client';
import { UnreadNotificationsDocument } from './generated/documents.ts';

/** Puts how many are unread into the browser's cache, where the badge of every page has it from. */
export const writeUnread = (cache: Pick<ApolloCache, 'writeQuery'>, unreadCount: number) =>
  cache.writeQuery({
    query: UnreadNotificationsDocument,
    data: { notifications: { __typename: 'NotificationConnection', unreadCount } },
  });
