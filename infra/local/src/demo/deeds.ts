import { crowd } from './crowd.ts';
import type { DemoUsername } from './people.ts';
import { comment, type Deed, once, post, toComment, toPerson, toPost } from './verbs.ts';

/** Whom each follows who may be followed by anybody, and of whose posts they are notified. */
const circles = {
  ada: { follows: ['grace', 'linus'], rings: ['linus'] },
  grace: { follows: ['ada', 'linus'], rings: ['ada', 'linus'] },
  linus: { follows: ['ada', 'grace'], rings: ['ada', 'grace'] },
} as const;

const message = (
  by: DemoUsername,
  name: string,
  text: string,
  more: (ids: Record<string, string>) => object = () => ({}),
): Deed => ({
  by,
  verb: 'sendMessage',
  input: (ids) => ({ conversationId: ids['the group'], text, ...more(ids), ...once(name) }),
  gives: ['message { id }', name],
});

/** Whoever has the last word has read what it answers. */
const hasRead = (by: DemoUsername, conversation: string, upToSeq: number): Deed => ({
  by,
  verb: 'markConversationRead',
  input: (ids) => ({ conversationId: ids[conversation], upToSeq }),
});

/** A conversation that somebody begins with others, and what is said there. */
const talk = (
  name: string,
  by: DemoUsername,
  others: readonly DemoUsername[],
  said: readonly (readonly [by: DemoUsername, text: string])[],
): Deed[] => [
  {
    by,
    verb: 'startConversation',
    input: (ids) => ({
      memberIds: others.map((other) => ids[other]),
      ...(others.length > 1 && { title: name }),
      ...once(name),
    }),
    gives: ['conversation { id }', name],
  },
  ...said.map(([who, text], nth) =>
    message(who, `${name} ${nth}`, text, (ids) => ({ conversationId: ids[name] })),
  ),
  ...said.slice(-1).map(([who]) => hasRead(who, name, said.length)),
];

const toMessage = (by: DemoUsername, verb: string, name: string, more: object = {}): Deed => ({
  by,
  verb,
  input: (ids) => ({ messageId: ids[name], ...more }),
});

const toGroup = (
  by: DemoUsername,
  verb: string,
  more: (ids: Record<string, string>) => object = () => ({}),
): Deed => ({
  by,
  verb,
  input: (ids) => ({ conversationId: ids['the group'], ...more(ids) }),
});

const acquaintance: Deed[] = [
  // First of all: a mute takes back what was notified before it.
  toPerson('ada', 'muteUser', 'linus'),
  toPerson('ada', 'unmuteUser', 'linus'),
  ...Object.entries(circles).flatMap(([by, { follows, rings }]) => [
    ...follows.map((other) => toPerson(by as DemoUsername, 'followUser', other)),
    ...rings.map((other) => toPerson(by as DemoUsername, 'ringBell', other)),
  ]),
  { by: 'margaret', verb: 'updateProfile', input: () => ({ isPrivate: true }) },
  toPerson('margaret', 'followUser', 'ada'),
  ...(['ada', 'grace', 'linus'] as const).map((by) => toPerson(by, 'followUser', 'margaret')),
  toPerson('margaret', 'acceptFollowRequest', 'ada'),
  toPerson('margaret', 'acceptFollowRequest', 'grace'),
  toPerson('margaret', 'rejectFollowRequest', 'linus'),
  toPerson('margaret', 'removeFollower', 'grace'),
  toPerson('grace', 'followUser', 'margaret'),
];

const posts: Deed[] = [
  post('ada', 'hello', 'Hello from #SocialHub. Everything here runs on one machine.'),
  post('grace', 'not bad', 'A live chat, an explorer and a timeline, @ada: not bad for one command.'),
  post('linus', 'every post', 'I read every post that you write. #hello'),
  post('ada', 'the sky', 'This evening, from the roof. #sky', (ids) => ({
    mediaIds: [ids["ada's picture"]],
  })),
  post('margaret', 'notes', 'Notes for those whom I let in.', () => ({ visibility: 'FOLLOWERS' })),
  post('grace', 'a quote', 'That is the one to begin with.', (ids) => ({ quoteOfId: ids.hello })),
  {
    by: 'ada',
    verb: 'setAltText',
    input: (ids) => ({ mediaId: ids["ada's picture"], altText: 'An orange glow under a violet sky' }),
  },
  { by: 'grace', verb: 'deleteMedia', input: (ids) => ({ mediaId: ids["grace's picture"] }) },
  toPost('linus', 'reactToPost', 'the sky', { emoji: '🌇' }),
  toPost('grace', 'reactToPost', 'hello', { emoji: '🎉' }),
  toPost('linus', 'bookmarkPost', 'hello'),
  toPost('linus', 'bookmarkPost', 'not bad'),
  toPost('linus', 'removeBookmark', 'not bad'),
  toPost('linus', 'repost', 'the sky'),
  toPost('grace', 'repost', 'every post'),
  toPost('grace', 'undoRepost', 'every post'),
];

const comments: Deed[] = [
  comment('grace', 'a question', 'the sky', 'Which roof is taht?'),
  toComment('grace', 'updateComment', 'a question', { text: 'Which roof is that?' }),
  comment('ada', 'an answer', 'the sky', 'The one with the antenna.', 'a question'),
  comment('linus', 'too early', 'the sky', 'First!'),
  toComment('linus', 'deleteComment', 'too early'),
  toComment('linus', 'reactToComment', 'an answer', { emoji: '📡' }),
  toComment('grace', 'reactToComment', 'an answer', { emoji: '👀' }),
  toComment('grace', 'removeCommentReaction', 'an answer', { emoji: '👀' }),
];

const talks: Deed[] = [
  ...talk(
    'Morning swim',
    'hedy',
    ['ada', 'tim', 'joan'],
    [
      ['hedy', 'Tomorrow at seven, by the pier?'],
      ['tim', 'I will be there. With a towel.'],
      ['joan', 'I will be there. With tea.'],
      ['ada', 'I will be there in spirit, and at nine in person.'],
    ],
  ),
  ...talk(
    'About the wire',
    'grace',
    ['ada'],
    [
      ['grace', 'I have cut a piece of wire for you, too.'],
      ['ada', 'How long is it?'],
      ['grace', 'A nanosecond. As long as your forearm.'],
    ],
  ),
];

const chat: Deed[] = [
  {
    by: 'ada',
    verb: 'startConversation',
    input: (ids) => ({ memberIds: [ids.grace, ids.margaret], title: 'Engine', ...once('the group') }),
    gives: ['conversation { id }', 'the group'],
  },
  toGroup('ada', 'updateConversation', () => ({ title: 'Engines' })),
  toGroup('ada', 'addConversationMembers', (ids) => ({ memberIds: [ids.linus] })),
  toGroup('grace', 'setTyping'),
  message('grace', 'a greeting', 'Is everybody here?'),
  message('ada', 'a reply', 'Yes, al lof us.', (ids) => ({ replyToId: ids['a greeting'] })),
  toMessage('ada', 'editMessage', 'a reply', { text: 'Yes, all of us.' }),
  toMessage('linus', 'reactToMessage', 'a reply', { emoji: '👍' }),
  toMessage('grace', 'reactToMessage', 'a reply', { emoji: '🎉' }),
  toMessage('grace', 'removeMessageReaction', 'a reply', { emoji: '🎉' }),
  message('linus', 'a slip', 'Wrong window.'),
  toMessage('linus', 'deleteMessage', 'a slip'),
  message('ada', 'a word', 'Happens to all of us.', (ids) => ({ replyToId: ids['a greeting'] })),
  hasRead('ada', 'the group', 4),
  toGroup('ada', 'setConversationAdmin', (ids) => ({ userId: ids.grace, isAdmin: true })),
  toGroup('grace', 'removeConversationMember', (ids) => ({ userId: ids.margaret })),
  toGroup('ada', 'addConversationMembers', (ids) => ({ memberIds: [ids.margaret] })),
  toGroup('margaret', 'leaveConversation'),
];

const evening: Deed[] = [
  toPerson('linus', 'muteUser', 'margaret'),
  post('grace', 'good night', 'Good night. Tomorrow more of this. #hello'),
];

/** All that the demo's people do, in order; what the first four do among each other is the latest. */
export const deeds: readonly Deed[] = [
  ...crowd,
  ...acquaintance,
  ...posts,
  ...talks,
  ...comments,
  ...chat,
  ...evening,
];
