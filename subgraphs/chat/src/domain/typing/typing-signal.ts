import * as z from 'zod';

/** What goes to whoever listens to a conversation: who writes there and until when that holds, or that they have stopped. */
export const typingSignal = z.object({ userId: z.uuid(), until: z.iso.datetime().nullable() });

/** How long somebody is shown as writing, unless it is told again. */
export const typingMs = 5_000;

/** One topic for each conversation: nobody else's processes hear of it. */
export const typingTopic = (conversationId: string): string => `typing.${conversationId}`;
