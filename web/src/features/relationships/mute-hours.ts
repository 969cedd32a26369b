/** For how long one may mute, in hours, by what the form sends; null for as long as one likes. */
export const MUTE_HOURS = { hour: 1, day: 24, week: 7 * 24, always: null } as const;

export const MUTE_LABELS: Record<keyof typeof MUTE_HOURS, string> = {
  hour: '1 hour',
  day: '1 day',
  week: '7 days',
  always: 'Until I change it',
};
