import { hosts, people } from './people.ts';
import { comment, type Deed, post, toPerson, toPost } from './verbs.ts';
import { answers, written } from './written.ts';

const emojis = ['❤️', '👏', '😄', '🎉', '🌱'] as const;
const names = people.map(({ username }) => username);
const nameOf = (nth: number) => `no. ${nth}`;
/** Which of them somebody passes on. */
const reposted = new Set([5, 8, 14, 18, 33, 49, 54, 62, 70]);
/** So that nobody has all, and no two have the same. */
const some = (nth: number, of: number, share: number) => (nth * 7 + of * 5) % 11 < share;

const faces: Deed[] = people.map(({ username, bio }) => ({
  by: username,
  verb: 'updateProfile',
  input: (ids) => ({
    bio,
    avatarId: ids[`${username}'s face`],
    ...(hosts.includes(username) && { bannerId: ids[`${username}'s banner`] }),
  }),
}));

/** The four know those behind them, who know each other. */
const follows: Deed[] = names.flatMap((by, nth) =>
  names
    .filter((other, of) => other !== by && Math.max(nth, of) > 3 && some(nth, of, 5))
    .map((other) => toPerson(by, 'followUser', other)),
);

const emojiOf = (nth: number, of: number) => emojis[(nth + of) % emojis.length];

/** What happens to the nth of them: it is written, answered, reacted to, and some are passed on. */
const lifeOf = ([by, text, picture]: (typeof written)[number], nth: number): Deed[] => [
  post(by, nameOf(nth), text, (ids) => (picture ? { mediaIds: [ids[picture]] } : {})),
  ...answers.flatMap(([who, to, words, reply], of) =>
    to === nth
      ? [comment(who, `answer ${of}`, nameOf(nth), words, reply === undefined ? reply : `answer ${reply}`)]
      : [],
  ),
  ...names
    .filter((who, of) => who !== by && who !== 'linus' && some(nth, of, picture ? 4 : 2))
    .map((who, of) => toPost(who, 'reactToPost', nameOf(nth), { emoji: emojiOf(nth, of) })),
  ...(reposted.has(nth) ? [toPost(names[(nth % 8) + 4] ?? 'tim', 'repost', nameOf(nth))] : []),
];

/** Before everything that the first four do among each other. */
export const crowd: readonly Deed[] = [...faces, ...follows, ...written.flatMap(lifeOf)];
