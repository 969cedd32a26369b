import { FORMATS, type Language } from '../i18n/languages.ts';
import type { TextsOf } from '../i18n/texts.ts';

/** The reader's own zone, or UTC as long as that is not known. */
export type Zone = 'UTC' | 'own';

/** A time in words. */
export interface Told {
  /** '5 min', '3 h', '12 May' */
  short: string;
  /** As it stands in a sentence: '5 min ago', 'now', '12 May'. */
  ago: string;
  /** '12 May 2026' */
  day: string;
  /** '12 May 2026 at 14:05', with the zone where it is not the reader's. */
  exact: string;
}

/** In which language a time is told, and its texts. */
export interface Wording {
  language: Language;
  t: TextsOf<'ui'>;
}

function formatsFor(language: Language, zone: Zone) {
  const options = zone === 'UTC' ? ({ timeZone: 'UTC' } as const) : {};
  const format = (more: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(FORMATS[language], { ...options, ...more });
  return {
    exact: format({ dateStyle: 'long', timeStyle: 'short' }),
    dayOfYear: format({ day: 'numeric', month: 'short' }),
    dayAndYear: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    year: format({ year: 'numeric' }),
  };
}

// Made once: that costs more than what they are used for.
const made = new Map<string, ReturnType<typeof formatsFor>>();

function formatsOf(language: Language, zone: Zone) {
  const name = `${language} ${zone}`;
  const formats = made.get(name) ?? formatsFor(language, zone);
  made.set(name, formats);
  return formats;
}

const nothing: Told = { short: '', ago: '', day: '', exact: '' };

/** Takes an RFC 3339 time, gives it in words, as one tells it at `now` in a zone. */
export function when(time: string, { language, t }: Wording, now = Date.now(), zone: Zone = 'UTC'): Told {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return nothing;
  const { exact, dayOfYear, dayAndYear, year } = formatsOf(language, zone);
  const minutes = Math.floor((now - date.getTime()) / 60_000);
  const day = dayAndYear.format(date);
  const told = { day, exact: zone === 'UTC' ? t('utc', { time: exact.format(date) }) : exact.format(date) };
  if (minutes < 1) return { ...told, short: t('now'), ago: t('now') };
  const distance = distanceOf(minutes, t);
  if (distance) return { ...told, ...distance };
  const ofDay = year.format(date) === year.format(now) ? dayOfYear.format(date) : day;
  return { ...told, short: ofDay, ago: ofDay };
}

/** Null for what is more than a week ago. */
function distanceOf(minutes: number, t: TextsOf<'ui'>): Pick<Told, 'short' | 'ago'> | null {
  if (minutes < 60) return { short: t('minutes', { n: minutes }), ago: t('minutesAgo', { n: minutes }) };
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return { short: t('hours', { n: hours }), ago: t('hoursAgo', { n: hours }) };
  const days = Math.floor(hours / 24);
  return days < 7 ? { short: t('days', { n: days }), ago: t('daysAgo', { n: days }) } : null;
}

/** Takes a day as an RFC 3339 time of it in UTC, or as its date, gives it in words: '12 May 2026'. */
export const day = (time: string, wording: Wording): string => when(time, wording).day;
