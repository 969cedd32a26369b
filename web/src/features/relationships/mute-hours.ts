/** For how long one may mute, in hours, by what the form sends; null for as long as one likes. */
export const MUTE_HOURS = { hour: 1, day: 24, week: 7 * 24, always: null } as const;
