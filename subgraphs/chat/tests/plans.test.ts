import { eraseBlocks, updateBlock } from '@socialhub/platform/replicas/blocks';
import {
  eraseReadyMedia,
  insertReadyMedia,
  listReadyMedia,
  markMediaDeleted,
} from '@socialhub/platform/replicas/ready-media';
import { nth, someId, somePair } from '@socialhub/platform/testing/plans/large-tables';
import { call, callInVain, testPlans } from '@socialhub/platform/testing/plans/plan-tests';
import { createClient } from '../src/store/client.ts';
import * as conversations from '../src/store/conversations/conversations.ts';
import * as erase from '../src/store/erase.ts';
import * as events from '../src/store/events/member-events.ts';
import { deleteOldEvents } from '../src/store/events/old-events.ts';
import {
  listConversationsForExport,
  listMessagesForExport,
  listReactionsForExport,
} from '../src/store/export.ts';
import * as members from '../src/store/members/members.ts';
import * as people from '../src/store/members/people.ts';
import * as messages from '../src/store/messages/messages.ts';
import * as reactions from '../src/store/reactions/reactions.ts';

/** The first is in 300 conversations and wrote 500 messages; the second wrote a twentieth of all; the last is nobody. */
const [me, famous, nobody] = [nth(1), nth(2), nth(2_000_000)];
/** Of twenty people, with a third of all messages; of two people, one of whom is the first; of one who has left alone. */
const [large, direct, empty] = [nth(1), nth(2), nth(1_999_999)];

const tables = {
  conversations: {
    id: 'nth(n)',
    kind: `(CASE WHEN n % 2 = 0 THEN 'DIRECT' ELSE 'GROUP' END)::conversation_kind`,
    pair_key: `CASE WHEN n % 2 = 0 THEN 'pair ' || n END`,
    last_seq: 'CASE n WHEN 1 THEN 999999 ELSE 2 END',
  },
  conversation_members: {
    conversation_id: 'CASE WHEN n <= 300 THEN nth(n) WHEN n <= 320 THEN nth(1) ELSE nth(n / 2) END',
    user_id: `CASE WHEN n <= 300 THEN nth(1) WHEN n <= 320 THEN nth(n + 100) WHEN n % 2 = 0 THEN ${someId()} ELSE nth(n + 100) END`,
    unread_count: '3',
    joined_at: `now() - interval '2 hours'`,
    last_activity_at: `now() - interval '1 hour' + n * interval '1 ms'`,
  },
  messages: {
    id: 'nth(n)',
    conversation_id: 'CASE WHEN n % 3 = 0 THEN nth(1) ELSE nth(1 + n / 3) END',
    seq: 'CASE WHEN n % 3 = 0 THEN n ELSE n % 3 END',
    sender_id: `CASE WHEN n <= 500 THEN nth(1) WHEN n % 20 = 0 THEN nth(2) ELSE ${someId()} END`,
    text: `'text'`,
    media_ids: `CASE WHEN n % 4 = 0 THEN ARRAY[nth(n), nth(n + 1)] ELSE '{}' END`,
    reply_to_id: 'CASE WHEN n BETWEEN 601 AND 700 THEN nth(1) END',
  },
  message_reactions: {
    message_id: 'CASE WHEN n <= 100 THEN nth(1) WHEN n % 20 = 0 THEN nth(n / 20) ELSE nth(n / 3) END',
    user_id: `CASE WHEN n <= 100 THEN nth(n) WHEN n % 20 = 0 THEN nth(2) ELSE ${someId()} END`,
    emoji: `'emoji ' || n % 7`,
  },
  event_heads: { member_id: 'nth(n)', last_seq: '5000000' },
  member_events: {
    member_id: `CASE WHEN n <= 2000 THEN nth(1) WHEN n % 20 = 0 THEN nth(2) ELSE nth(100 + n / 50) END`,
    seq: 'n',
    kind: `'MESSAGE_SENT'`,
    conversation_id: 'nth(1 + n % 300)',
    message_id: 'nth(n)',
    actor_id: 'nth(2)',
    created_at: `now() - interval '1 hour' + n * interval '1 ms'`,
  },
  people: { id: 'nth(n)', is_active: 'n % 50 <> 9' },
  blocks: {
    blocker_id: `CASE WHEN n <= 20 THEN nth(1) WHEN n <= 40 THEN nth(5000 + n) ELSE ${somePair.one} END`,
    blocked_id: `CASE WHEN n <= 20 THEN nth(5000 + n) WHEN n <= 40 THEN nth(1) ELSE ${somePair.other} END`,
    active: 'n % 7 <> 0',
    sequence: '1',
  },
  ready_media: {
    id: 'nth(n)',
    owner_id: `CASE WHEN n <= 300 THEN nth(1) ELSE ${someId()} END`,
    is_deleted: 'n % 9 = 0',
  },
};

const viewer = { userId: me, sessionId: me, role: 'MEMBER', scopes: [] } as const;
const ids = Array.from({ length: 20 }, (_, n) => nth(n + 1));
const asked = ids.map((id) => ({ viewer, id }));
const heard = asked.map((one) => ({ ...one, id: people.presenceKey(one.id, nth(420)) }));
const later = new Date(Date.now() + 86_400_000);
const whole = { after: 0, before: 2_000_000, limit: 51 };
const message = {
  id: nobody,
  conversationId: large,
  senderId: me,
  text: 'text',
  mediaIds: [],
  replyToId: nth(3),
};
const event = { kind: 'MESSAGE_SENT', conversationId: large, messageId: nth(1), actorId: me } as const;
const newConversation = { id: nobody, kind: 'DIRECT', title: null, pairKey: 'new' } as const;

testPlans({
  service: 'chat',
  createClient,
  sources: [new URL('../src/store/', import.meta.url)],
  tables,
  uncalled: {
    createClient: 'makes the client',
    createLoaders: 'calls others',
    createChatLog: 'calls listEventsAfter',
    presenceKey: 'is a name',
  },
  calls: ({ tx }) => [
    call(updateBlock, tx, { blockerId: me, blockedId: nobody, active: true, sequence: 3n }),
    call(conversations.listConversations, tx, asked),
    call(conversations.listLatestConversations, tx, me, 21, null),
    call(conversations.listLatestConversations, tx, me, 21, [later, nobody]),
    callInVain(conversations.listLatestConversations, tx, nobody, 21, null),
    call(conversations.findDirectId, tx, 'pair 2'),
    call(conversations.insertConversation, tx, newConversation),
    call(conversations.lockConversation, tx, large, me),
    call(conversations.updateTitle, tx, large, 'another title'),
    call(erase.eraseMessages, tx, me, 200),
    call(erase.eraseMessages, tx, famous, 200),
    callInVain(erase.eraseMessages, tx, nobody, 200),
    call(erase.eraseMemberships, tx, me, 50),
    callInVain(erase.eraseMemberships, tx, nobody, 200),
    call(conversations.deleteConversations, tx, [direct, nth(4)]),
    callInVain(conversations.deleteConversations, tx, [empty]),
    call(erase.eraseEvents, tx, me, 200),
    callInVain(erase.eraseEvents, tx, nobody, 200),
    call(eraseBlocks, tx, me, 200),
    callInVain(eraseBlocks, tx, nobody, 200),
    call(eraseReadyMedia, tx, me, 200),
    callInVain(eraseReadyMedia, tx, nobody, 200),
    call(erase.erasePerson, tx, me),
    call(listConversationsForExport, tx, me, null, 100),
    call(listConversationsForExport, tx, me, nth(20), 100),
    callInVain(listConversationsForExport, tx, nobody, null, 100),
    call(listMessagesForExport, tx, me, null, 100),
    call(listMessagesForExport, tx, famous, nth(1_000), 100),
    callInVain(listMessagesForExport, tx, nobody, null, 100),
    call(events.appendEvents, tx, ids, event),
    call(events.appendEvents, tx, ids, { ...event, kind: 'MEMBER_LEFT' }, me),
    call(events.findEventHead, tx, me),
    call(deleteOldEvents, tx, null, { days: 1, people: 100, each: 10 }),
    call(deleteOldEvents, tx, null, { days: 0, people: 100, each: 10 }),
    callInVain(deleteOldEvents, tx, nobody, { days: 1, people: 100, each: 10 }),
    call(events.findEventSeqAt, tx, me, later),
    callInVain(events.findEventSeqAt, tx, me, new Date(0)),
    call(
      events.listEventsAfter,
      tx,
      [
        { listener: me, after: 10 },
        { listener: nobody, after: 0 },
      ],
      100,
    ),
    callInVain(events.listEventsAfter, tx, [{ listener: me, after: 2_000_000 }], 100),
    call(members.listMembers, tx, ids),
    call(members.listMemberIds, tx, large),
    call(members.listReaderIds, tx, { conversationId: large, seq: 300 }),
    call(members.insertMembers, tx, direct, [{ userId: nobody, isAdmin: false }]),
    call(members.insertLaterMembers, tx, large, [nobody]),
    call(members.deleteMember, tx, large, me),
    call(members.updateAdmin, tx, { conversationId: large, userId: me, isAdmin: true }),
    call(members.passOnAdmin, tx, [large, ...ids]),
    call(members.noteMessage, tx, large, me, new Date()),
    call(members.advanceReadUpTo, tx, large, me, 300),
    call(messages.listMessages, tx, ids),
    call(messages.listLastMessages, tx, ids),
    call(messages.listMessageRanges, tx, ids, { ...whole, from: 'beginning' }),
    call(messages.listMessageRanges, tx, ids, { ...whole, from: 'end' }),
    call(messages.insertMessage, tx, message),
    call(messages.findOwnMessage, tx, nth(3), me),
    callInVain(messages.findOwnMessage, tx, nth(3), nobody),
    call(messages.findOwnMessageForUpdate, tx, nth(3), me),
    callInVain(messages.findOwnMessageForUpdate, tx, nth(3), nobody),
    call(messages.updateMessageText, tx, nth(3), 'another text'),
    call(messages.emptyMessage, tx, nth(3)),
    call(messages.findMessageSeenBy, tx, nth(3), me),
    callInVain(messages.findMessageSeenBy, tx, nth(3), nobody),
    call(reactions.listOwnReactions, tx, nth(1), me),
    call(reactions.insertReaction, tx, { messageId: nth(1), userId: nobody, emoji: 'another' }),
    call(reactions.deleteReaction, tx, { messageId: nth(1), userId: me, emoji: 'emoji 1' }),
    call(reactions.deleteReactionsTo, tx, nth(1)),
    call(reactions.listReactionCounts, tx, ids),
    call(reactions.listViewerReactions, tx, asked),
    call(erase.eraseReactions, tx, famous, 200),
    callInVain(erase.eraseReactions, tx, nobody, 200),
    call(listReactionsForExport, tx, famous, null, 100),
    callInVain(listReactionsForExport, tx, nobody, `${nth(9)} emoji 1`, 100),
    call(people.insertPerson, tx, nobody),
    call(people.updateStanding, tx, { id: me, isActive: false, sequence: 3n }),
    call(people.listPeople, tx, me, ids),
    callInVain(people.isAnyBlocked, tx, ids, ids),
    callInVain(people.isCutOff, tx, direct, me),
    call(people.listHearing, tx, heard),
    call(insertReadyMedia, tx, { id: nobody, ownerId: me }),
    call(markMediaDeleted, tx, { id: nth(3), ownerId: me }),
    call(listReadyMedia, tx, ids),
  ],
});
