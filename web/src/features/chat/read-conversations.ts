import 'server-only';
import { cache } from 'react';
import { ask } from '../../gateway/client.ts';
import { ConversationsPageQuery } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { CONVERSATIONS } from './page-size.ts';

/** Reads a page of the signed-in person's conversations, once for all that a page makes of it. */
export const readConversations = cache(async (after: string | null) =>
  ask(ConversationsPageQuery, { first: CONVERSATIONS, after }, await currentCaller()),
);
