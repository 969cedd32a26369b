const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** Takes an RFC 3339 time, gives it short ('5 min', '3 h', '12 May') and exact, for a tooltip. */
export function when(time: string, now = Date.now()): { short: string; exact: string } {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return { short: '', exact: '' };
  const minutes = Math.floor((now - date.getTime()) / 60_000);
  const full = `${exact.format(date)} UTC`;
  if (minutes < 1) return { short: 'now', exact: full };
  if (minutes < 60) return { short: `${minutes} min`, exact: full };
  if (minutes < 24 * 60) return { short: `${Math.floor(minutes / 60)} h`, exact: full };
  if (minutes < 7 * 24 * 60) return { short: `${Math.floor(minutes / (24 * 60))} d`, exact: full };
  const sameYear = date.getUTCFullYear() === new Date(now).getUTCFullYear();
  return { short: (sameYear ? dayOfYear : dayAndYear).format(date), exact: full };
}

/** Takes a short time, gives it as it stands in a sentence: '5 min ago', 'now', '12 May'. */
export const agoOf = (short: string): string => (/^\d+ (min|h|d)$/.test(short) ? `${short} ago` : short);

/** Takes an RFC 3339 time, gives its day: '12 May 2026'. */
export const day = (time: string): string => dayAndYear.format(new Date(time));
