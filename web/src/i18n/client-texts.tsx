import { getLocale, getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { MoreTexts } from './more-texts.tsx';
import type { Room } from './texts.ts';
import type { Messages } from './translator.ts';

/** Sends the texts of rooms to the browser, for the client components within; those of others stay on the server. */
export async function ClientTexts({ rooms, children }: { rooms: readonly Room[]; children: ReactNode }) {
  const [language, all] = await Promise.all([getLocale(), getMessages()]);
  // They are compiled: see generate-texts.ts.
  const messages = Object.fromEntries(rooms.map((room) => [room, all[room]])) as unknown as Messages;
  return (
    <MoreTexts language={language} messages={messages}>
      {children}
    </MoreTexts>
  );
}
