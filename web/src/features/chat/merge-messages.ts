import type { ConversationQuery } from './generated/documents.ts';

/** A conversation with a run of its newest messages, without a gap: what of it is here. */
export type OpenConversation = NonNullable<ConversationQuery['conversation']>;
export type MessagePage = OpenConversation['messages'];
