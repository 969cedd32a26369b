import {
  mergeChanged as mergeChangedOf,
  mergeFirstPage as mergeFirstPageOf,
} from '../../graph/merge-pages.ts';
import type { NotificationsQuery } from './generated/documents.ts';

/** A beginning of the list: what of it is here. */
export type NotificationPage = NonNullable<NotificationsQuery['notifications']>;
type Edge = NotificationPage['edges'][number];

/** A group that somebody joins moves up. */
const timeOf = ({ updatedAt }: Edge['node']) => updatedAt;

export const mergeFirstPage = (before: NotificationPage | null, read: NotificationPage): NotificationPage =>
  mergeFirstPageOf(before, read, timeOf);

export const mergeChanged = (before: NotificationPage, changed: Edge): NotificationPage =>
  mergeChangedOf(before, changed, timeOf);
