import 'server-only';
import { cache } from 'react';
import { ask } from '../../gateway/client.ts';
import type { Fault } from '../../gateway/faults.ts';
import { ConversationQuery } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import type { OpenConversation } from './merge-messages.ts';
import { MESSAGES } from './page-size.ts';

/** A conversation of the signed-in person's; null without a fault where there is none of theirs, whatever else the id is of. */
export const readConversation = cache(
  async (
    escaped: string,
    before: string | null,
  ): Promise<{ conversation: OpenConversation | null; faults: Fault[] }> => {
    const id = decodeURIComponent(escaped);
    const variables = { id, last: MESSAGES, before };
    const { data, faults } = await ask(ConversationQuery, variables, await currentCaller());
    const isNoId = faults.some(({ code, field }) => code === 'BAD_USER_INPUT' && field === 'id');
    return { conversation: data?.conversation ?? null, faults: isNoId ? [] : faults };
  },
);
