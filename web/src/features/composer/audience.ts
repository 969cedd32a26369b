const audiences = ['PUBLIC', 'FOLLOWERS', 'MENTIONED'] as const;

/** Who may read a post, besides whom it names. */
export type Audience = (typeof audiences)[number];

export const audienceNames: Record<Audience, string> = {
  PUBLIC: 'Everyone',
  FOLLOWERS: 'Followers only',
  MENTIONED: 'Mentioned people only',
};

/** Gives the audience that a text names; everybody where it names none. */
export const audienceOf = (text: unknown): Audience => audiences.find((one) => one === text) ?? 'PUBLIC';
