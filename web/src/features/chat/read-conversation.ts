import 'server-only';
import { cache } from 'react';
import { ask, type Outcome } from '../../gateway/client.ts';
import { ConversationPageQuery } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import type { ConversationPageQuery as Asked } from './generated/documents.ts';
import { MESSAGES } from './page-size.ts';

/** Reads a conversation of the signed-in person's: null without a fault where there is none of theirs, whatever else the id is of. */
export const readConversation = cache(
  async (escaped: string, before: string | null): Promise<Outcome<Asked>> => {
    const id = decodeURIComponent(escaped);
    const variables = { id, last: MESSAGES, before };
    const { data, faults } = await ask(ConversationPageQuery, variables, await currentCaller());
    const isNoId = faults.some(({ code, field }) => code === 'BAD_USER_INPUT' && field === 'id');
    return { data, faults: isNoId ? [] : faults };
  },
);
