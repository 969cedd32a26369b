import type { ConversationsQuery } from './generated/documents.ts';

/** A beginning of the list: what of it is here. */
export type ConversationPage = NonNullable<ConversationsQuery['conversations']>;
