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

function formatsFor(zone: Zone) {
  const options = zone === 'UTC' ? ({ timeZone: 'UTC' } as const) : {};
  const format = (more: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, ...more });
  return {
    exact: format({ dateStyle: 'long', timeStyle: 'short' }),
    dayOfYear: format({ day: 'numeric', month: 'short' }),
    dayAndYear: format({ dateStyle: 'medium' }),
    year: format({ year: 'numeric' }),
  };
}

// Made once: that costs more than what they are used for.
const made = new Map<Zone, ReturnType<typeof formatsFor>>();

function formatsOf(zone: Zone) {
  const formats = made.get(zone) ?? formatsFor(zone);
  made.set(zone, formats);
  return formats;
}

const nothing: Told = { short: '', ago: '', day: '', exact: '' };

/** Takes an RFC 3339 time, gives it in words, as one tells it at `now` in a zone. */
export function when(time: string, now = Date.now(), zone: Zone = 'UTC'): Told {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return nothing;
  const { exact, dayOfYear, dayAndYear, year } = formatsOf(zone);
  const minutes = Math.floor((now - date.getTime()) / 60_000);
  const day = dayAndYear.format(date);
  const told = { day, exact: zone === 'UTC' ? `${exact.format(date)} UTC` : exact.format(date) };
  if (minutes < 1) return { ...told, short: 'now', ago: 'now' };
  const short = distance(minutes);
  if (short !== null) return { ...told, short, ago: `${short} ago` };
  const ofDay = year.format(date) === year.format(now) ? dayOfYear.format(date) : day;
  return { ...told, short: ofDay, ago: ofDay };
}

/** Null for what is more than a week ago. */
function distance(minutes: number): string | null {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`;
  return minutes < 7 * 24 * 60 ? `${Math.floor(minutes / (24 * 60))} d` : null;
}

/** Takes a day as an RFC 3339 time of it in UTC, or as its date, gives it in words: '12 May 2026'. */
export const day = (time: string): string => when(time).day;
