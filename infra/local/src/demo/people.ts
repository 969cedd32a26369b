/** The demo's people. The account of the last is private. */
export const people = [
  { username: 'ada', displayName: 'Ada' },
  { username: 'grace', displayName: 'Grace' },
  { username: 'linus', displayName: 'Linus' },
  { username: 'margaret', displayName: 'Margaret' },
] as const;

export type DemoUsername = (typeof people)[number]['username'];
