import { FORMATS, type Language } from '../../i18n/languages.ts';
import type { TextsOf } from '../../i18n/texts.ts';
import type { Zone } from '../../text/when.ts';
import type { MessageRowFragment } from './generated/documents.ts';

/** A message in its place: under which day it is the first, and whether its sender is named anew. */
export interface PlacedMessage {
  message: MessageRowFragment;
  /** As `dayOf` gives it; null where the message before is of the same day. */
  day: string | null;
  isFirstOfRun: boolean;
}

/** Where and in which language the reader is. */
export interface Reader {
  language: Language;
  zone: Zone;
}

/** Whoever writes again so soon is not named again. */
const runMs = 5 * 60_000;

const formats = new Map<string, { day: Intl.DateTimeFormat; time: Intl.DateTimeFormat }>();

function formatsOf({ language, zone }: Reader) {
  const name = `${language} ${zone}`;
  let found = formats.get(name);
  if (!found) {
    const of = zone === 'UTC' ? ({ timeZone: 'UTC' } as const) : {};
    found = {
      day: new Intl.DateTimeFormat(FORMATS[language], { ...of, dateStyle: 'full' }),
      time: new Intl.DateTimeFormat(FORMATS[language], { ...of, timeStyle: 'short' }),
    };
    formats.set(name, found);
  }
  return found;
}

/** The day of a moment where the reader is: 'Monday, 30 November 2026'. */
export const dayOf = (time: string | number, reader: Reader): string =>
  formatsOf(reader).day.format(new Date(time));

/** The time of day: '14:05'. */
export const timeOf = (time: string, reader: Reader): string => formatsOf(reader).time.format(new Date(time));

/** The day as one says it: 'Today', 'Yesterday', else the day. */
export function saidDay(t: TextsOf<'chat'>, day: string, now: number, reader: Reader): string {
  if (day === dayOf(now, reader)) return t('today');
  return day === dayOf(now - 24 * 3_600_000, reader) ? t('yesterday') : day;
}

/** Puts messages, which are in order, under their days and into runs. */
export function placeMessages(messages: readonly MessageRowFragment[], reader: Reader): PlacedMessage[] {
  let before: { message: MessageRowFragment; day: string } | null = null;
  return messages.map((message) => {
    const day = dayOf(message.createdAt, reader);
    const isNewDay = before?.day !== day;
    const isFirstOfRun =
      isNewDay ||
      before === null ||
      before.message.sender?.id !== message.sender?.id ||
      Date.parse(message.createdAt) - Date.parse(before.message.createdAt) > runMs;
    before = { message, day };
    return { message, day: isNewDay ? day : null, isFirstOfRun };
  });
}
