import 'server-only';
import { cache } from 'react';
import type { Outcome } from '../../gateway/client.ts';
import type { MessagesPageQuery as Asked } from './generated/documents.ts';
import { readMessages } from './read-messages.ts';

/** Reads a conversation of the signed-in person's: null without a fault where there is none of theirs, whatever else the id is of. */
export const readConversation = cache(
  async (escaped: string, before: string | null): Promise<Outcome<Asked>> => {
    const id = decodeURIComponent(escaped);
    const { data, faults } = await readMessages({ open: { id, before } });
    const isNoId = faults.some(({ code, field }) => code === 'BAD_USER_INPUT' && field === 'id');
    return { data, faults: isNoId ? [] : faults };
  },
);
