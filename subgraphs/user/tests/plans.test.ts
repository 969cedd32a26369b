import { nth, someId, somePair } from '@socialhub/platform/testing/plans/large-tables';
import { call, callInVain, testPlans } from '@socialhub/platform/testing/plans/plan-tests';
import * as blocks from '../src/store/blocks/blocks.ts';
import { createClient } from '../src/store/client.ts';
import * as erase from '../src/store/erase.ts';
import * as exported from '../src/store/export.ts';
import * as follows from '../src/store/follows/follows.ts';
import * as mutes from '../src/store/mutes/mutes.ts';
import * as profiles from '../src/store/profiles/profiles.ts';
import { findReadyImage, insertReadyImage, markImageDeleted } from '../src/store/profiles/ready-images.ts';
import { listRelationships } from '../src/store/relationships/relationships.ts';
import * as search from '../src/store/search/profile-search.ts';

/** The first follows 300, is followed by 500 and asked by 50; a tenth follow the second; the last is nobody. */
const [me, famous, nobody] = [nth(1), nth(2), nth(2_000_000)];

const tables = {
  profile: {
    id: 'nth(n)',
    username: `'user' || n`,
    display_name: `'User'`,
    // Every tenth is called the same, the others by a name of their own.
    search_name: `CASE WHEN n % 10 = 0 THEN 'user common' ELSE substr(md5(n::text), 1, 8) || ' ' || substr(md5((n % 9000)::text), 9, 6) END`,
    created_at: 'now()',
    avatar_id: 'nth(3)',
    is_active: 'n % 50 <> 9',
    follower_count: '2000',
    following_count: '2000',
  },
  follow: {
    follower_id: `CASE WHEN n <= 300 THEN nth(1) WHEN n <= 850 OR n % 10 = 0 THEN nth(n + 100) ELSE ${somePair.one} END`,
    followee_id: `CASE WHEN n <= 300 THEN nth(n + 100) WHEN n <= 850 THEN nth(1) WHEN n % 10 = 0 THEN nth(2) ELSE ${somePair.other} END`,
    standing: `(CASE WHEN n BETWEEN 801 AND 850 OR n % 100 = 3 THEN 'REQUESTED' ELSE 'FOLLOWING' END)::follow_standing`,
    since: `now() - interval '1 hour' + n * interval '1 ms'`,
  },
  block: {
    blocker_id: `CASE WHEN n <= 50 THEN nth(1) WHEN n <= 90 THEN nth(5000 + n) ELSE ${somePair.one} END`,
    blocked_id: `CASE WHEN n <= 50 THEN nth(5000 + n) WHEN n <= 90 THEN nth(1) ELSE ${somePair.other} END`,
    since: `now() - interval '1 hour' + n * interval '1 ms'`,
  },
  mute: {
    muter_id: `CASE WHEN n <= 50 THEN nth(1) WHEN n <= 90 THEN nth(5000 + n) ELSE ${somePair.one} END`,
    muted_id: `CASE WHEN n <= 50 THEN nth(5000 + n) WHEN n <= 90 THEN nth(1) ELSE ${somePair.other} END`,
    until: `CASE n % 5 WHEN 0 THEN now() + interval '1 day' WHEN 1 THEN now() - interval '1 day' END`,
    notifications: 'true',
    since: `now() - interval '1 hour' + n * interval '1 ms'`,
  },
  ready_image: { media_id: 'nth(n)', owner_id: `CASE WHEN n <= 300 THEN nth(1) ELSE ${someId()} END` },
};

const viewer = { userId: me, sessionId: me, role: 'MEMBER', scopes: [] } as const;
const ids = Array.from({ length: 20 }, (_, n) => nth(n + 101));
const asked = ids.map((id) => ({ viewer, id }));
const later = new Date(Date.now() + 86_400_000);
const page = { after: null, limit: 21, first: 20 };
const sequence = 3n;

testPlans({
  service: 'user',
  createClient,
  sources: [new URL('../src/store/', import.meta.url)],
  tables,
  uncalled: {
    createClient: 'makes the client',
    createLoaders: 'calls others',
    visibleBy: 'is a part of others',
    visibleTo: 'is a part of others',
  },
  calls: ({ tx }) => [
    call(blocks.insertBlock, tx, me, nth(99)),
    call(blocks.deleteBlock, tx, me, nth(5_001)),
    call(blocks.isBlocking, tx, me, nth(5_001)),
    call(blocks.listBlockPage, tx, me, page),
    call(blocks.listBlockPage, tx, me, { ...page, after: [later, nobody] }),
    callInVain(blocks.listBlockPage, tx, nobody, page),
    call(erase.eraseFollowing, tx, me, 200),
    callInVain(erase.eraseFollowing, tx, nobody, 200),
    call(erase.eraseFollowers, tx, famous, 200),
    callInVain(erase.eraseFollowers, tx, nobody, 200),
    call(erase.eraseBlocks, tx, me, 200),
    callInVain(erase.eraseBlocks, tx, nobody, 200),
    call(erase.eraseMutes, tx, me, 200),
    callInVain(erase.eraseMutes, tx, nobody, 200),
    call(erase.eraseReadyImages, tx, me, 200),
    callInVain(erase.eraseReadyImages, tx, nobody, 200),
    call(erase.eraseProfile, tx, nth(99)),
    call(exported.listProfileForExport, tx, me, null),
    call(exported.listFollowingForExport, tx, me, null, 100),
    call(exported.listFollowingForExport, tx, me, nth(200), 100),
    callInVain(exported.listFollowingForExport, tx, nobody, null, 100),
    call(exported.listFollowersForExport, tx, famous, null, 100),
    call(exported.listFollowersForExport, tx, me, `FOLLOWING ${new Date(0).toISOString()} ${me}`, 100),
    callInVain(exported.listFollowersForExport, tx, nobody, null, 100),
    call(exported.listBlockedForExport, tx, me, null, 100),
    callInVain(exported.listBlockedForExport, tx, nobody, null, 100),
    call(exported.listMutedForExport, tx, me, null, 100),
    callInVain(exported.listMutedForExport, tx, nobody, null, 100),
    call(follows.upsertFollow, tx, { followerId: me, followeeId: nth(99), standing: 'FOLLOWING' }),
    call(follows.deleteFollow, tx, me, nth(101)),
    call(follows.isFollowing, tx, me, nth(101)),
    call(follows.updateBell, tx, { followerId: me, followeeId: nth(101), bell: true }),
    call(follows.listWaitingIds, tx, me, 20),
    callInVain(follows.listWaitingIds, tx, nobody, 20),
    call(follows.listRequestPage, tx, me, page),
    call(follows.listRequestPage, tx, me, { ...page, after: [later, nobody] }),
    callInVain(follows.listRequestPage, tx, nobody, page),
    call(follows.acceptRequests, tx, [nth(901), nth(902)], me),
    call(follows.listFollowerPages, tx, viewer, [me, famous], 21, null),
    call(follows.listFollowerPages, tx, null, [famous], 21, [later, nobody]),
    callInVain(follows.listFollowerPages, tx, viewer, [nobody], 21, null),
    call(follows.listFollowingPages, tx, viewer, [me, famous], 21, null),
    call(follows.listFollowingPages, tx, null, [me], 21, [later, nobody]),
    callInVain(follows.listFollowingPages, tx, viewer, [nobody], 21, null),
    call(mutes.deleteLapsedMutes, tx, me),
    call(mutes.upsertMute, tx, { muterId: me, mutedId: nth(99), until: later, notifications: true }, 5_000),
    call(mutes.upsertMute, tx, { muterId: me, mutedId: nth(5_002), until: null, notifications: false }, 50),
    call(mutes.deleteMute, tx, me, nth(5_002)),
    call(mutes.listMutePage, tx, me, page),
    call(mutes.listMutePage, tx, me, { ...page, after: [later, nobody] }),
    callInVain(mutes.listMutePage, tx, nobody, page),
    ...['u', 'us', 'user1', 'user co', 'comon', 'c4ca4238', 'c4ca4328'].map((key) =>
      call(search.listMatches, tx, me, { username: key.includes(' ') ? null : key, key }, page),
    ),
    call(
      search.listMatches,
      tx,
      me,
      { username: 'user30', key: 'user30' },
      { ...page, after: [1, 1, 0, nobody] },
    ),
    callInVain(search.listMatches, tx, nobody, { username: 'zzzzzz', key: 'zzzzzz' }, page),
    call(search.lockNames, tx, nth(50), 500),
    call(search.updateSearchNames, tx, [{ id: me, displayName: 'Me' }]),
    call(profiles.listProfiles, tx, asked),
    call(profiles.listProfilesByUsername, tx, viewer, ['user300', 'user301', 'nobody']),
    call(profiles.insertProfile, tx, { id: nobody, username: 'new', displayName: 'New', createdAt: later }),
    call(profiles.updateProfileRow, tx, me, { displayName: 'Me' }),
    call(profiles.updateStanding, tx, { id: me, isActive: false, sequence }),
    call(profiles.lockProfiles, tx, ids),
    call(profiles.countFollows, tx, ids, me, 1),
    call(findReadyImage, tx, nth(1)),
    call(insertReadyImage, tx, { mediaId: nobody, ownerId: me }),
    call(markImageDeleted, tx, { mediaId: nth(3), ownerId: me }),
    call(profiles.clearImage, tx, { mediaId: nth(3), ownerId: me }),
    call(listRelationships, tx, asked),
  ],
});
