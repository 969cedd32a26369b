import { dataOf, until } from '@socialhub/platform/testing/until';
import { type Chat, eventsSubscription } from './people.ts';

/** What a device hears. */
export interface Event {
  cursor: string;
  kind: string;
  conversationId: string;
  conversation: { id: string } | null;
  message: { id: string; seq: number; text: string } | null;
  actor: { id: string };
}

/** Follows somebody's events, from the cursor or from this moment on; `received` fills as they come. */
export function followEvents(chat: Chat, who: string, after?: string) {
  const received: Event[] = [];
  const stream = chat.service.as(who).subscribe(eventsSubscription, { after });
  const ended = (async () => {
    for await (const answer of stream) received.push(dataOf(answer).chatEvents);
  })();
  return {
    received,
    has: (count: number) => until(() => received.length >= count, { what: `${count} events` }),
    async stop() {
      await stream.return?.();
      await ended;
    },
  };
}

/** What events tell: their kinds, and the texts of the messages that they are about. */
export const factsOf = (events: readonly Event[]) =>
  events.map(({ kind, message }) => [kind, message?.text ?? null]);
