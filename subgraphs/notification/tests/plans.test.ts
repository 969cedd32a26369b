import { eraseBlocks, updateBlock } from '@socialhub/platform/replicas/blocks';
import { updateFollow } from '@socialhub/platform/replicas/follows';
import { eraseMutes, updateMute } from '@socialhub/platform/replicas/mutes';
import { nth, someId, somePair } from '@socialhub/platform/testing/plans/large-tables';
import { call, callInVain, testPlans } from '@socialhub/platform/testing/plans/plan-tests';
import { listLatestActors } from '../src/store/actors.ts';
import { createClient } from '../src/store/client.ts';
import { deleteCommentStates, findCommentState, updateCommentState } from '../src/store/comment-states.ts';
import { deliver, people } from '../src/store/deliver.ts';
import * as erase from '../src/store/erase.ts';
import { listNotificationsForExport, listPreferencesForExport } from '../src/store/export.ts';
import { ringersOf, updateBell } from '../src/store/follows.ts';
import { applyStanding } from '../src/store/hidden-acts.ts';
import * as notifications from '../src/store/notifications.ts';
import { deleteOldNotifications } from '../src/store/old-notifications.ts';
import { lockPostState, updatePostState } from '../src/store/post-states.ts';
import {
  erasePreferences,
  hasPreference,
  listPreferences,
  updatePreferences,
} from '../src/store/preferences.ts';
import { deleteReactor, insertReactor } from '../src/store/reaction-groups.ts';
import {
  deleteReactions,
  deleteReactionsUnderPost,
  hasReaction,
  updateReaction,
} from '../src/store/reactions.ts';
import { findRecipient, insertRecipient, lockRecipients } from '../src/store/recipients.ts';
import { deleteReposts, updateRepost } from '../src/store/reposts.ts';
import * as retract from '../src/store/retract.ts';
import { lockActs, lockStanding, updateStanding } from '../src/store/standings.ts';

/** The first is told of 2,000 things; a third of all is done by the second, whom a tenth of all follow; the last is nobody. */
const [me, famous, nobody] = [nth(1), nth(2), nth(2_000_000)];
const recipient = `CASE WHEN n <= 2000 THEN nth(1) ELSE ${someId()} END`;
const popularPost = nth(2_100);

const tables = {
  recipients: { user_id: 'nth(n)', change_seq: '2000', unread_count: '2000' },
  notifications: {
    id: 'nth(n)',
    recipient_id: recipient,
    type: `(CASE n % 4 WHEN 0 THEN 'POST' WHEN 1 THEN 'REACTION' WHEN 2 THEN 'MENTION' ELSE 'FOLLOW' END)::notification_type`,
    group_key: `CASE n % 4 WHEN 0 THEN 'POST Post ' WHEN 1 THEN 'REACTION Post ' WHEN 2 THEN 'MENTION Post ' ELSE 'FOLLOW User ' END || nth(n)`,
    subject_kind: `(CASE n % 4 WHEN 3 THEN 'User' ELSE 'Post' END)::subject_kind`,
    subject_id: 'nth(n)',
    // A hundred were told of one post.
    post_id: 'CASE WHEN n BETWEEN 2001 AND 2100 THEN nth(2100) WHEN n % 4 < 3 THEN nth(n) END',
    actor_count: 'CASE n WHEN 1 THEN 1000000 ELSE 1 END',
    hidden_count: 'CASE WHEN n % 8 = 0 THEN 1 ELSE 0 END',
    change_seq: 'n',
    created_at: `now() + n * interval '1 ms'`,
    updated_at: `now() + n * interval '1 ms'`,
    read_at: 'CASE WHEN n > 2000 AND n % 2 = 0 THEN now() END',
  },
  // A twentieth of all who ever did something is hidden in one notification.
  notification_actors: {
    notification_id: 'CASE WHEN n % 20 = 0 THEN nth(1) ELSE nth(n) END',
    actor_id: `CASE WHEN n % 20 = 0 THEN nth(n) WHEN n BETWEEN 101 AND 200 THEN nth(3) WHEN n % 3 = 0 THEN nth(2) ELSE ${someId('n * 3')} END`,
    recipient_id: `CASE WHEN n % 20 = 0 THEN nth(1) ELSE ${recipient} END`,
    acted_at: `now() + n * interval '1 ms'`,
    is_hidden: 'n % 20 = 0 OR n BETWEEN 101 AND 200 OR (n % 3 <> 0 AND n % 8 = 0)',
  },
  // One in ten has chosen something, and so has the first.
  notification_preferences: {
    user_id: 'CASE WHEN n <= 3 THEN nth(1) ELSE nth(n * 10) END',
    type: `(CASE n WHEN 1 THEN 'REACTION' WHEN 2 THEN 'FOLLOW' ELSE 'POST' END)::notification_type`,
    from_whom: `(CASE n % 2 WHEN 0 THEN 'NOBODY' ELSE 'FOLLOWING' END)::notifications_from`,
  },
  standings: { user_id: 'nth(n)', is_active: 'n % 10 <> 0', sequence: '1' },
  follows: {
    follower_id: `CASE WHEN n <= 300 THEN nth(1) WHEN n <= 800 OR n % 10 = 0 THEN nth(n + 10) ELSE ${somePair.one} END`,
    followee_id: `CASE WHEN n <= 300 THEN nth(n + 10) WHEN n <= 800 THEN nth(1) WHEN n % 10 = 0 THEN nth(2) ELSE ${somePair.other} END`,
    active: 'true',
    sequence: '1',
    bell: 'n <= 1000',
    bell_sequence: '2',
  },
  blocks: {
    blocker_id: `CASE WHEN n <= 20 THEN nth(1) WHEN n <= 40 THEN nth(5000 + n) ELSE ${somePair.one} END`,
    blocked_id: `CASE WHEN n <= 20 THEN nth(5000 + n) WHEN n <= 40 THEN nth(1) ELSE ${somePair.other} END`,
    active: 'n % 7 <> 0',
    sequence: '1',
  },
  mutes: {
    muter_id: `CASE WHEN n <= 100 THEN nth(n) WHEN n <= 140 THEN nth(1) ELSE ${somePair.one} END`,
    muted_id: `CASE WHEN n <= 100 THEN nth(2) WHEN n <= 140 THEN nth(5000 + n) ELSE ${somePair.other} END`,
    active: 'n % 7 <> 0',
    until: `CASE n % 5 WHEN 0 THEN now() + interval '1 day' WHEN 1 THEN now() - interval '1 day' END`,
    sequence: '1',
  },
  post_states: { post_id: 'nth(n)' },
  comment_states: { comment_id: 'nth(n)', post_id: 'CASE WHEN n <= 100 THEN nth(2100) ELSE nth(n) END' },
  comment_reactions: {
    comment_id: 'CASE WHEN n <= 100 THEN nth(2100) ELSE nth(n) END',
    user_id: `CASE WHEN n BETWEEN 501 AND 1000 THEN nth(1) ELSE ${someId()} END`,
    emoji: `'👍'`,
    post_id: 'CASE WHEN n <= 100 THEN nth(2100) ELSE nth(n) END',
    active: 'true',
    sequence: '1',
  },
  reactions: {
    post_id: 'CASE WHEN n <= 100 THEN nth(2100) ELSE nth(n) END',
    user_id: `CASE WHEN n BETWEEN 501 AND 1000 THEN nth(1) ELSE ${someId()} END`,
    emoji: `'👍'`,
    active: 'true',
    sequence: '1',
  },
  reposts: {
    post_id: 'CASE WHEN n <= 100 THEN nth(2100) ELSE nth(n) END',
    user_id: `CASE WHEN n <= 100 THEN nth(n + 5000) WHEN n BETWEEN 501 AND 1000 THEN nth(1) ELSE ${someId()} END`,
    active: 'true',
    sequence: '1',
  },
};

const [all, unread] = [
  { unreadOnly: false, types: null },
  { unreadOnly: true, types: null },
];
const page = { after: null, limit: 21, first: 20 };
const viewer = { userId: me, sessionId: me, role: 'MEMBER', scopes: [] } as const;
const activity = {
  actorId: famous,
  at: new Date(),
  subjectKind: 'Post',
  subjectId: nobody,
  postId: nobody,
} as const;
const onPost = (id: string) => ({ kind: 'Post', id, postId: id }) as const;
const onComment = (id: string) => ({ kind: 'Comment', id, postId: id }) as const;
const reactor = { type: 'REACTION', recipientId: me, subject: onPost(nth(5)), actorId: nth(7) } as const;
const mine = Array.from({ length: 20 }, (_, n) => nth(n + 1));
const later = new Date(Date.now() + 86_400_000);

testPlans({
  service: 'notification',
  createClient,
  sources: [new URL('../src/store/', import.meta.url)],
  tables,
  uncalled: {
    createClient: 'makes the client',
    createLoaders: 'calls others',
    createNotificationLog: 'calls listLogAfter',
    ringersOf: 'is a part of what deliver runs',
    deleteActs: 'is called by those of retract',
    deleteActless: 'is called by deleteOldNotifications',
    listActs: 'is called by those of retract',
    isInactive: 'is a part of others',
    isMutedBy: 'is a part of others',
    isUnwanted: 'is a part of others',
    isWanted: 'is a part of others',
    people: 'is a part of what deliver runs',
  },
  calls: ({ tx }) => [
    call(listLatestActors, tx, mine),
    call(deleteOldNotifications, tx, null, { days: -1, people: 50, each: 10, limit: 500 }),
    callInVain(deleteOldNotifications, tx, null, { days: 2, people: 50, each: 10, limit: 500 }),
    callInVain(deleteOldNotifications, tx, nobody, { days: 2, people: 50, each: 10, limit: 500 }),
    call(updateMute, tx, { muterId: me, mutedId: nobody, active: true, until: null, sequence: 3n }),
    call(updateBlock, tx, { blockerId: me, blockedId: nobody, active: true, sequence: 3n }),
    call(updateBlock, tx, { blockerId: me, blockedId: nth(5001), active: false, sequence: 3n }),
    call(deliver, tx, activity, [{ type: 'POST', people: ringersOf(famous) }]),
    call(
      deliver,
      tx,
      activity,
      [
        { type: 'REPLY', people: people([me]) },
        { type: 'MENTION', people: people(mine) },
      ],
      ['COMMENT', 'POST'],
    ),
    call(erase.eraseNotifications, tx, me, 200),
    callInVain(erase.eraseNotifications, tx, nobody, 200),
    call(erase.eraseActs, tx, famous, 200),
    callInVain(erase.eraseActs, tx, nobody, 200),
    call(erase.eraseReactions, tx, me, 200),
    callInVain(erase.eraseReactions, tx, nobody, 200),
    call(erase.eraseCommentReactions, tx, me, 200),
    callInVain(erase.eraseCommentReactions, tx, nobody, 200),
    call(erase.eraseReposts, tx, me, 200),
    callInVain(erase.eraseReposts, tx, nobody, 200),
    call(erase.eraseFollows, tx, famous, 200),
    callInVain(erase.eraseFollows, tx, nobody, 200),
    call(eraseBlocks, tx, me, 200),
    callInVain(eraseBlocks, tx, nobody, 200),
    call(eraseMutes, tx, me, 200),
    callInVain(eraseMutes, tx, nobody, 200),
    call(erasePreferences, tx, me),
    call(erase.eraseRecipient, tx, me),
    call(listNotificationsForExport, tx, me, null, 100),
    call(listNotificationsForExport, tx, me, 'POST', 100),
    callInVain(listNotificationsForExport, tx, nobody, null, 100),
    call(updateFollow, tx, { followerId: me, followeeId: nobody, active: true, sequence: 3n }),
    call(updateBell, tx, { followerId: me, followeeId: nth(11), bell: false, sequence: 3n }),
    call(applyStanding, tx, nth(3), 200),
    callInVain(applyStanding, tx, famous, 200),
    call(notifications.listNotifications, tx, me, all, page),
    call(notifications.listNotifications, tx, me, unread, page),
    call(notifications.listNotifications, tx, me, all, { ...page, after: [later, nobody] }),
    callInVain(notifications.listNotifications, tx, nobody, unread, page),
    call(notifications.listNotifications, tx, me, { unreadOnly: false, types: ['MENTION', 'FOLLOW'] }, page),
    callInVain(notifications.listNotifications, tx, me, { unreadOnly: false, types: ['QUOTE'] }, page),
    call(
      notifications.listNotifications,
      tx,
      me,
      { unreadOnly: true, types: ['MENTION'] },
      { ...page, after: [later, nobody] },
    ),
    call(
      notifications.listOwnNotifications,
      tx,
      mine.map((id) => ({ viewer, id })),
    ),
    call(
      notifications.listLogAfter,
      tx,
      [
        { listener: me, after: 10 },
        { listener: nobody, after: 0 },
      ],
      100,
    ),
    callInVain(notifications.listLogAfter, tx, [{ listener: me, after: 3_000_000 }], 100),
    call(listPreferences, tx, me),
    call(hasPreference, tx, me, 'FOLLOWING'),
    callInVain(hasPreference, tx, nobody, 'FOLLOWING'),
    call(updatePreferences, tx, me, [
      { type: 'POST', from: 'NOBODY' },
      { type: 'QUOTE', from: 'FOLLOWING' },
    ]),
    call(listPreferencesForExport, tx, me, null, 100),
    call(notifications.updateReadUnwanted, tx, me),
    call(notifications.updateRead, tx, me, nth(31)),
    callInVain(notifications.updateRead, tx, nobody, nth(31)),
    call(notifications.updateReadUpTo, tx, me, nth(30)),
    call(notifications.findChangeSeqAt, tx, me, new Date(Date.now() - 60_000)),
    callInVain(notifications.findChangeSeqAt, tx, me, later),
    call(lockPostState, tx, nth(1)),
    call(updatePostState, tx, nth(1), { deleted: true }),
    call(insertReactor, tx, reactor, new Date()),
    call(deleteReactor, tx, { ...reactor, subject: onPost(nth(1)), actorId: nth(20) }),
    ...[onPost, onComment].flatMap((on) => [
      call(updateReaction, tx, on(nth(5)), { userId: me, emoji: '🎉', active: true, sequence: 3n }),
      call(hasReaction, tx, on(nth(501)), me),
      callInVain(hasReaction, tx, on(popularPost), nobody),
      call(deleteReactions, tx, on(popularPost)),
    ]),
    call(deleteReactionsUnderPost, tx, popularPost),
    call(findCommentState, tx, nth(5)),
    call(updateCommentState, tx, { commentId: nth(5), postId: nth(5) }, { mentionsSequence: 3n }),
    call(updateCommentState, tx, { commentId: nobody, postId: nth(5) }, { deleted: true }),
    call(deleteCommentStates, tx, popularPost),
    call(updateRepost, tx, { postId: nth(5), userId: me, active: true, sequence: 3n }),
    call(deleteReposts, tx, popularPost),
    call(insertRecipient, tx, nobody),
    call(lockRecipients, tx, mine),
    call(findRecipient, tx, me),
    call(retract.deleteByPost, tx, popularPost),
    call(retract.deleteBySubject, tx, { kind: 'Post', id: nth(2_002), postId: popularPost }),
    call(retract.deleteBySubject, tx, { kind: 'Post', id: nth(2_002), postId: popularPost }, ['MENTION']),
    call(retract.deleteMentions, tx, { kind: 'Post', id: nth(2_002), postId: popularPost }, [me]),
    call(retract.deleteFollows, tx, { recipientId: me, actorId: nth(3) }, ['FOLLOW', 'FOLLOW_REQUEST']),
    call(retract.deleteFollows, tx, { recipientId: me, actorId: nth(7) }, ['FOLLOW'], { unreadOnly: true }),
    call(retract.deleteActsFor, tx, me, famous, 200),
    callInVain(retract.deleteActsFor, tx, nobody, famous, 200),
    call(retract.deleteActsOf, tx, famous, 200),
    call(lockActs, tx, [me, famous]),
    call(lockStanding, tx, me),
    call(updateStanding, tx, { userId: me, isActive: false, sequence: 3n }),
  ],
});
