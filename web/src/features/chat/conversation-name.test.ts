import { expect, test } from 'vitest';
import { textsIn } from '../../../tests/texts-in.ts';
import { conversationName, lastLine } from './conversation-name.ts';
import type { ConversationRowFragment } from './generated/documents.ts';
import { typingText } from './read-marks.ts';

const t = textsIn('en', 'chat');

type Row = ConversationRowFragment;

function row(kind: Row['kind'], names: (string | null)[], more: Partial<Row> = {}): Row {
  const edges = ['Ada', ...names].slice(0, 4).map((displayName) => ({
    __typename: 'ConversationMemberEdge' as const,
    node: {
      __typename: 'ConversationMember' as const,
      isAdmin: false,
      readUpTo: 0,
      user: displayName
        ? ({ __typename: 'User', id: displayName, username: displayName, displayName, avatar: null } as const)
        : null,
    },
  }));
  return {
    __typename: 'Conversation',
    id: 'c',
    kind,
    title: null,
    createdAt: '',
    unreadCount: 0,
    lastMessage: null,
    members: { __typename: 'ConversationMemberConnection', totalCount: names.length + 1, edges },
    ...more,
  };
}
const last = (more: Partial<NonNullable<Row['lastMessage']>>, by = 'Ben', kind: Row['kind'] = 'DIRECT') =>
  lastLine(
    t,
    row(kind, ['Ben'], {
      lastMessage: {
        __typename: 'Message',
        id: 'm',
        seq: 1,
        text: '',
        createdAt: '',
        deletedAt: null,
        sender: { __typename: 'User', id: by, displayName: by },
        media: [],
        ...more,
      },
    }),
    'Ada',
  );

test.each<[Row, string]>([
  [row('DIRECT', ['Ben']), 'Ben'],
  [row('DIRECT', [null]), 'Somebody who is not here'],
  [row('GROUP', ['Ben'], { title: 'Us' }), 'Us'],
  [row('GROUP', ['Ben', 'Cat']), 'Ben, Cat'],
  [row('GROUP', ['Ben', 'Cat', null]), 'Ben, Cat, Somebody who is not here'],
  [row('GROUP', ['Ben', 'Cat', 'Dan', 'Eve', 'Fay']), 'Ben, Cat, Dan and 2 more'],
  [row('GROUP', []), 'Only you'],
])('a conversation is called by its title, else by who else is in it', (conversation, name) => {
  expect(conversationName(t, conversation, 'Ada')).toBe(name);
});

test('the last message is told in a line, also where it has no words', () => {
  const picture = { __typename: 'Media', id: 'p', kind: 'IMAGE' } as const;
  expect(last({ text: 'hello' })).toBe('hello');
  expect(last({ text: 'hello' }, 'Ada')).toBe('You: hello');
  expect(last({ text: 'hello' }, 'Ben', 'GROUP')).toBe('Ben: hello');
  expect(last({ text: 'hello' }, 'Ada', 'GROUP')).toBe('You: hello');
  expect(last({ media: [picture] })).toBe('a picture');
  expect(last({ media: [{ ...picture, kind: 'VIDEO' }] })).toBe('a video');
  expect(last({ deletedAt: 'then' }, 'Ada')).toBe('You: deleted a message');
  expect(lastLine(t, row('DIRECT', ['Ben']), 'Ada')).toBe('Nothing written yet');
});

test('who is typing is named, up to two', () => {
  expect(typingText(t, [])).toBe('');
  expect(typingText(t, ['Ben'])).toBe('Ben is typing…');
  expect(typingText(t, ['Ben', 'Cat'])).toBe('Ben and Cat are typing…');
  expect(typingText(t, ['Ben', 'Cat', 'Dan'])).toBe('3 people are typing…');
});
