import 'server-only';
import { cache } from 'react';
import { readMessages } from './read-messages.ts';

/** Reads a page of the signed-in person's conversations, once for all that a page makes of it. */
export const readConversations = cache(async (after: string | null) => readMessages({ list: { after } }));
