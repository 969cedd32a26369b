import { type DemoUsername, people } from './people.ts';
import { comment, type Deed, post, toPerson, toPost } from './verbs.ts';

/** What the place is full of when somebody new comes: who, about what, with which picture. */
const written: readonly (readonly [by: DemoUsername, text: string, picture?: string])[] = [
  ['tim', 'Testing, one, two. Is this thing on? #hello'],
  ['katherine', 'Checked the numbers again. They were right the first time, but now I know. #orbits'],
  ['radia', 'I think that I shall never see a graph more lovely than a tree. #networks'],
  ['dennis', 'A tool should do one thing, and let you go home early. #tools'],
  ['joan', 'Seven across took me longer than the rest of it. #crosswords'],
  ['hedy', 'The sea this morning: not a wave, not a sound, not a signal. #sea', 'the sea'],
  [
    'barbara',
    'If you can put the one in the place of the other and nobody notices, they are the same. #types',
  ],
  ['alan', 'Ran ten miles and thought of nothing that halts. #running'],
  ['katherine', 'Watched it go up from the other side of the bay. #launch #stars', 'the launch'],
  ['tim', 'The red in the harbour is real, I have changed nothing. #sea', 'the harbour'],
  ['grace', 'Found a moth in the relay. It is taped into the log book now.'],
  ['radia', 'Three hills, one path, no loops. #hiking #networks', 'the hills'],
  ['joan', 'Nobody told me that the night has so many of them. #stars', 'the night'],
  ['dennis', 'Walked along the ridge until the haze took it away. #hiking', 'the ridge'],
  ['alan', 'A pattern that needs no painter: two chemicals and some patience. #patterns', 'the pattern'],
  ['barbara', 'Up before the birds. Worth it, once. #sky', 'the dawn'],
  ['hedy', 'Does anybody here still write letters by hand? I would like to receive one.'],
  ['tim', 'You should be able to follow a link to anything. Anything. #web'],
  ['katherine', 'An orbit is a fall that misses. #orbits', 'the capsule’s path'],
  ['linus', 'Reading patches on the train. The view is wasted on me. #patches'],
  ['joan', 'Tea first, ciphers second. #crosswords #tea'],
  ['radia', 'The valley at six. I was the only one awake. #hiking', 'the valley'],
  ['dennis', 'Wrote forty lines today and deleted a hundred. A good day. #tools'],
  ['barbara', 'Names are the hard part. The rest is only difficult. #types'],
  ['alan', 'Can a machine enjoy strawberries and cream? Asking for a machine.'],
  ['ada', 'The engine weaves patterns as the loom weaves leaves. I keep coming back to that. #patterns'],
  ['hedy', 'Changed frequency eighty-eight times and nobody could follow. #radio'],
  ['tim', 'Three W’s walk into a bar. The rest is history. #web'],
  ['katherine', 'If you want a thing done exactly, do it with a pencil. #orbits'],
  ['grace', 'It is easier to ask forgiveness than it is to get permission. Today I asked neither.'],
  ['joan', '¡Buenos días! お茶の時間です。 #tea'],
  ['radia', 'هل من أحد هنا يحب الأشجار؟ #networks'],
  ['dennis', 'Everything is a file, except this cake, which I shall not share. #cake'],
  ['barbara', 'The cake was abstract. We substituted a real one. #cake #types'],
  ['linus', 'Where is the cake? #cake'],
  ['alan', 'A short run in long rain. #running'],
];

/** Who says what under the nth of them. */
const answers: readonly (readonly [by: DemoUsername, to: number, text: string])[] = [
  ['ada', 1, 'How many times did you check, really?'],
  ['katherine', 1, 'Twice. Fine: four times.'],
  ['linus', 3, 'And who closes the door behind you?'],
  ['grace', 4, 'Was it "moth"?'],
  ['tim', 5, 'Where is that? I would take the first train.'],
  ['margaret', 8, 'I could hear it from here.'],
  ['barbara', 11, 'One path is the best number of paths.'],
  ['hedy', 12, 'There are more, where the city ends.'],
  ['radia', 13, 'I know that ridge!'],
  ['joan', 14, 'It looks like my cat.'],
  ['alan', 16, 'Give me an address and some weeks.'],
  ['dennis', 17, 'A link to tomorrow’s paper, please.'],
  ['ada', 24, 'Only if it is allowed to cheat.'],
  ['grace', 25, 'Show me the leaves.'],
  ['dennis', 33, 'You have eaten the interface.'],
  ['joan', 34, 'Follow the crumbs.'],
];

const emojis = ['❤️', '👏', '😄', '🎉', '🌱'] as const;
const names = people.map(({ username }) => username);
const nameOf = (nth: number) => `no. ${nth}`;
/** So that nobody has all, and no two have the same. */
const some = (nth: number, of: number, share: number) => (nth * 7 + of * 5) % 11 < share;

const faces: Deed[] = people.map(({ username, bio }) => ({
  by: username,
  verb: 'updateProfile',
  input: (ids) => ({ bio, avatarId: ids[`${username}'s face`] }),
}));

/** The four know those behind them, who know each other. */
const follows: Deed[] = names.flatMap((by, nth) =>
  names
    .filter((other, of) => other !== by && Math.max(nth, of) > 3 && some(nth, of, 5))
    .map((other) => toPerson(by, 'followUser', other)),
);

const posts: Deed[] = written.map(([by, text, picture], nth) =>
  post(by, nameOf(nth), text, (ids) => (picture ? { mediaIds: [ids[picture]] } : {})),
);

const comments: Deed[] = answers.map(([by, to, text], nth) => comment(by, `answer ${nth}`, nameOf(to), text));

const reactions: Deed[] = written.flatMap(([author], nth) =>
  names
    .filter((by, of) => by !== author && by !== 'linus' && some(nth, of, 2))
    .map((by, of) => toPost(by, 'reactToPost', nameOf(nth), { emoji: emojis[(nth + of) % emojis.length] })),
);

const reposts: Deed[] = [5, 8, 14, 18, 33].map((nth) =>
  toPost(names[(nth % 8) + 4] ?? 'tim', 'repost', nameOf(nth)),
);

/** Before everything that the first four do among each other. */
export const crowd: readonly Deed[] = [...faces, ...follows, ...posts, ...comments, ...reactions, ...reposts];
