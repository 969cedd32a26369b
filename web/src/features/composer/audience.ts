export const audiences = ['PUBLIC', 'FOLLOWERS', 'MENTIONED'] as const;

/** Who may read a post, besides whom it names. */
export type Audience = (typeof audiences)[number];

/** Gives the audience that a text names; everybody where it names none. */
export const audienceOf = (text: unknown): Audience => audiences.find((one) => one === text) ?? 'PUBLIC';
