import 'server-only';
import { cache } from 'react';
import { ask, type Outcome } from '../../gateway/client.ts';
import { MessagesPageQuery } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import type { MessagesPageQuery as Asked } from './generated/documents.ts';
import { CONVERSATIONS, MESSAGES } from './page-size.ts';

/** The list from a cursor on, a conversation with the messages before a cursor, or both. */
export interface Wanted {
  list?: { after: string | null };
  open?: { id: string; before: string | null };
}

/** What the parts of a request's page want that has not been asked for yet. */
const moment = cache((): { wanted: Wanted; answer: Promise<Outcome<Asked>> | null } => ({
  wanted: {},
  answer: null,
}));

/**
 * Reads of the signed-in person's messages what the list and the page beside it want, in one question where they want it at once: neither knows
 * whether the other is rendered too. What comes later asks for itself.
 */
export function readMessages(wanted: Wanted): Promise<Outcome<Asked>> {
  const now = moment();
  // A part of the list beside another one.
  if (Object.keys(wanted).some((part) => part in now.wanted)) return askFor(wanted);
  now.wanted = { ...now.wanted, ...wanted };
  now.answer ??= endOfMoment().then(() => {
    const all = now.wanted;
    now.wanted = {};
    now.answer = null;
    return askFor(all);
  });
  return now.answer;
}

const endOfMoment = () => new Promise<void>((resolve) => setImmediate(resolve));

const askFor = async ({ list, open }: Wanted): Promise<Outcome<Asked>> =>
  ask(
    MessagesPageQuery,
    {
      isListed: list !== undefined,
      first: CONVERSATIONS,
      after: list?.after ?? null,
      isOpen: open !== undefined,
      id: open?.id ?? '',
      last: MESSAGES,
      before: open?.before ?? null,
    },
    await currentCaller(),
  );
