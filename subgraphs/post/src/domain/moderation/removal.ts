/** What moderators did to a row, null when nothing. Whoever may not know is not given the row, or one without it. */
export const removalOf = (row: { removedAt: Date | null; removedReason: string | null }) =>
  row.removedAt === null ? null : { removedAt: row.removedAt, reason: row.removedReason ?? '' };
