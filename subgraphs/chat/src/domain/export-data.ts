import { exportOf, source } from '@socialhub/platform/personal-data/data-export';
import type { Client } from '../store/client.ts';
import {
  listConversationsForExport,
  listMessagesForExport,
  listReactionsForExport,
} from '../store/export.ts';

/** What this service adds to the archive of a person's data. */
export const dataExport = exportOf<Client>('chat', [
  source('conversations', listConversationsForExport, (row) => row.id),
  source('messages', listMessagesForExport, (row) => row.id),
  source('reactions', listReactionsForExport, (row) => `${row.messageId} ${row.emoji}`),
]);
