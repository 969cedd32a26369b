/** The demo's people. The account of margaret is private. Those behind her make the place look lived in. */
export const people = [
  { username: 'ada', displayName: 'Ada', bio: 'Engines, and what they might weave.' },
  { username: 'grace', displayName: 'Grace', bio: 'I keep a nanosecond of wire in my bag.' },
  { username: 'linus', displayName: 'Linus', bio: 'Talk is cheap.' },
  { username: 'margaret', displayName: 'Margaret', bio: 'I take my time.' },
  { username: 'hedy', displayName: 'Hedy', bio: 'Radios, hopping from one frequency to the next.' },
  { username: 'katherine', displayName: 'Katherine', bio: 'Orbits, checked by hand.' },
  { username: 'radia', displayName: 'Radia', bio: 'Trees of bridges. Sometimes in verse.' },
  { username: 'dennis', displayName: 'Dennis', bio: 'Small tools that fit together.' },
  { username: 'barbara', displayName: 'Barbara', bio: 'What may stand in for what.' },
  { username: 'alan', displayName: 'Alan', bio: 'Long runs, longer tapes.' },
  { username: 'joan', displayName: 'Joan', bio: 'Crosswords before breakfast.' },
  { username: 'tim', displayName: 'Tim', bio: 'This is for everyone.' },
] as const;

export type DemoUsername = (typeof people)[number]['username'];

/** Whose account is shown at the first start, to sign in with. */
export const hosts: readonly DemoUsername[] = ['ada', 'grace', 'linus', 'margaret'];
