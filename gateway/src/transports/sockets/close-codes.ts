/** Close codes beside those of the protocol library. Clients of graphql-ws come back after the first two. */
export const closeCode = {
  goingAway: 1001,
  tryAgainLater: 1013,
  badRequest: 4400,
  forbidden: 4403,
  initialisationTimeout: 4408,
  idInUse: 4409,
} as const;
