import type { Metadata } from 'next';
import { textsNow } from '#texts';
import type { Texts } from './generated/texts.ts';
import type { Room } from './texts.ts';

/** Gives what makes the title of a page of one of a room's texts: its `generateMetadata`, with what else is said of it. */
export const titled =
  <Name extends Room>(room: Name, key: keyof Texts[Name], more: Metadata = {}) =>
  async (): Promise<Metadata> => {
    const t = (await textsNow(room)) as unknown as (key: PropertyKey) => string;
    return { ...more, title: t(key) };
  };
