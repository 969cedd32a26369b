import type { Zone } from '../../text/when.ts';
import type { MessageRowFragment } from './generated/documents.ts';

/** A message in its place: under which day it is the first, and whether its sender is named anew. */
export interface PlacedMessage {
  message: MessageRowFragment;
  /** As `dayOf` gives it; null where the message before is of the same day. */
  day: string | null;
  isFirstOfRun: boolean;
}

/** Whoever writes again so soon is not named again. */
const runMs = 5 * 60_000;

const formats = new Map<Zone, { day: Intl.DateTimeFormat; time: Intl.DateTimeFormat }>();

function formatsOf(zone: Zone) {
  let found = formats.get(zone);
  if (!found) {
    const of = zone === 'UTC' ? ({ timeZone: 'UTC' } as const) : {};
    found = {
      day: new Intl.DateTimeFormat('en-GB', { ...of, dateStyle: 'full' }),
      time: new Intl.DateTimeFormat('en-GB', { ...of, timeStyle: 'short' }),
    };
    formats.set(zone, found);
  }
  return found;
}

/** The day of a moment where the reader is: 'Monday, 30 November 2026'. */
export const dayOf = (time: string | number, zone: Zone): string =>
  formatsOf(zone).day.format(new Date(time));

/** The time of day: '14:05'. */
export const timeOf = (time: string, zone: Zone): string => formatsOf(zone).time.format(new Date(time));

/** The day as one says it: 'Today', 'Yesterday', else the day. */
export function saidDay(day: string, now: number, zone: Zone): string {
  if (day === dayOf(now, zone)) return 'Today';
  return day === dayOf(now - 24 * 3_600_000, zone) ? 'Yesterday' : day;
}

/** Puts messages, which are in order, under their days and into runs. */
export function placeMessages(messages: readonly MessageRowFragment[], zone: Zone): PlacedMessage[] {
  let before: { message: MessageRowFragment; day: string } | null = null;
  return messages.map((message) => {
    const day = dayOf(message.createdAt, zone);
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
