import { eraseBlocks, updateBlock } from '@socialhub/platform/replicas/blocks';
import { updateFollow } from '@socialhub/platform/replicas/follows';
import { eraseMutes, updateMute } from '@socialhub/platform/replicas/mutes';
import {
  eraseReadyMedia,
  insertReadyMedia,
  listReadyMedia,
  markMediaDeleted,
} from '@socialhub/platform/replicas/ready-media';
import { nth, someId, somePair } from '@socialhub/platform/testing/plans/large-tables';
import { call, callInVain, callOf, testPlans } from '@socialhub/platform/testing/plans/plan-tests';
import * as bookmarks from '../src/store/bookmarks/bookmarks.ts';
import { createClient } from '../src/store/client.ts';
import { insertCommentEdit, listCommentEditPages } from '../src/store/comments/comment-edits.ts';
import * as comments from '../src/store/comments/comments.ts';
import * as erase from '../src/store/erase.ts';
import * as exported from '../src/store/export.ts';
import * as removals from '../src/store/moderation/removals.ts';
import type { Place } from '../src/store/paging/list-pages.ts';
import { insertPostEdit, listEditPages } from '../src/store/posts/post-edits.ts';
import * as posts from '../src/store/posts/posts.ts';
import * as reactions from '../src/store/reactions/reactions.ts';
import * as reposts from '../src/store/reposts/reposts.ts';
import { readTagged } from '../src/store/search/post-hashtags.ts';
import * as search from '../src/store/search/post-search.ts';
import { createHomeAudience } from '../src/store/timelines/home-audience.ts';
import { findNextTransaction, listEntered, placeAt } from '../src/store/timelines/home-timeline-log.ts';
import * as timelines from '../src/store/timelines/timelines.ts';
import * as people from '../src/store/visibility/people.ts';

/** The first follows 300 and wrote 500 posts; a twentieth of all posts is by the second, whom a tenth follow; the last is nobody. */
const [me, famous, nobody] = [nth(1), nth(2), nth(2_000_000)];
/** Of the first, with a thousand comments, two hundred of which answer one, five hundred reactions and some more than a hundred reposts. */
const [myPost, answered] = [nth(1), nth(1)];
/** Of the first, with thirty earlier texts and five hundred reactions. */
const ownComment = nth(1_003);
const author = `CASE WHEN n <= 500 THEN nth(1) WHEN n % 20 = 0 THEN nth(2) ELSE ${someId()} END`;
/** The second reposts as a fifth of what it posts; some more than a hundred are of one post, sixty of another. */
const repostOf = `CASE WHEN n BETWEEN 9850 AND 9999 AND n % 20 <> 0 THEN nth(1) WHEN n BETWEEN 700 AND 760 AND n % 20 <> 0 THEN nth(20)
  WHEN n > 800 AND n % 50 = 0 THEN nth(n - 798) END`;

const tables = {
  posts: {
    id: 'nth(n)',
    author_id: author,
    text: `'text'`,
    visibility: `(CASE WHEN n % 10 = 9 THEN 'FOLLOWERS' WHEN n % 50 = 1 THEN 'MENTIONED' ELSE 'PUBLIC' END)::visibility`,
    hashtags: `'{}'`,
    mentioned_ids: `'{}'`,
    media_ids: `CASE WHEN n % 4 = 0 THEN ARRAY[nth(n), nth(n + 1)] ELSE '{}' END`,
    quote_of_id: 'CASE WHEN n BETWEEN 501 AND 600 THEN nth(1) END',
    repost_of_id: repostOf,
    created_at: `now() - interval '1 hour' + n * interval '1 ms'`,
    removed_at: 'CASE WHEN n % 100 = 3 THEN now() END',
  },
  // A tag of every tenth post, one whose posts are nobody's but their author's to read, and one of few.
  post_hashtags: {
    post_id: 'nth(n)',
    tag: `CASE WHEN n % 10 = 0 THEN 'frequent' WHEN n % 10 = 9 THEN 'hidden' WHEN n <= 300 THEN 'rare' ELSE 'tag' || n END`,
    created_at: `now() - interval '1 hour' + n * interval '1 ms'`,
  },
  // Of every second post, of every tenth that is nobody's but their author's to read, of every hundredth, and of three hundred in all.
  post_search: {
    post_id: 'nth(n)',
    created_at: `now() - interval '1 hour' + n * interval '1 ms'`,
    words: `array_to_tsvector(ARRAY['word' || n, 'other' || n] || CASE WHEN n % 2 = 0 THEN ARRAY['frequent'] ELSE '{}' END
      || CASE WHEN n % 10 = 9 THEN ARRAY['hidden'] ELSE '{}' END || CASE WHEN n % 100 = 1 THEN ARRAY['some'] ELSE '{}' END
      || CASE WHEN n BETWEEN 600 AND 899 THEN ARRAY['rare'] ELSE '{}' END)`,
  },
  author_post_counts: { author_id: 'nth(n)', posts: '50' },
  post_edits: {
    id: 'nth(n)',
    post_id: 'CASE WHEN n <= 30 THEN nth(1) ELSE nth(n) END',
    text: `'text'`,
    edited_at: `now() + n * interval '1 ms'`,
  },
  comments: {
    id: 'nth(n)',
    post_id: `CASE WHEN n <= 1000 THEN nth(1) ELSE ${someId()} END`,
    parent_id: 'CASE WHEN n BETWEEN 801 AND 1000 THEN nth(1) WHEN n > 1010 AND n % 9 = 0 THEN nth(n - 3) END',
    author_id: `CASE WHEN n BETWEEN 1001 AND 1500 THEN nth(1) WHEN n % 20 = 0 THEN nth(2) ELSE ${someId()} END`,
    text: `'text'`,
    mentioned_ids: `'{}'`,
    created_at: `now() - interval '1 hour' + n * interval '1 ms'`,
    deleted_at: 'CASE WHEN n % 100 = 7 THEN now() END',
  },
  comment_edits: {
    id: 'nth(n)',
    comment_id: 'CASE WHEN n <= 30 THEN nth(1003) ELSE nth(n + 1000) END',
    text: `'text'`,
    edited_at: `now() + n * interval '1 ms'`,
  },
  // Five hundred to a comment of the first's, two hundred to one under a post of theirs.
  comment_reactions: {
    comment_id: 'CASE WHEN n <= 500 THEN nth(1003) WHEN n <= 700 THEN nth(1) ELSE nth(n + 1000) END',
    user_id: `CASE WHEN n BETWEEN 1001 AND 1500 THEN nth(1) WHEN n <= 700 THEN nth(n + 100) ELSE ${someId()} END`,
    emoji: `'👍'`,
  },
  comment_reaction_counts: {
    comment_id: 'CASE WHEN n <= 150 THEN nth(1003) ELSE nth(n + 1000) END',
    emoji: `CASE WHEN n <= 150 THEN 'e' || n ELSE '👍' END`,
    count: '1 + n % 5',
  },
  post_reactions: {
    post_id: 'CASE WHEN n <= 500 THEN nth(1) ELSE nth(n) END',
    user_id: `CASE WHEN n BETWEEN 501 AND 1000 THEN nth(1) ELSE ${someId()} END`,
    emoji: `'👍'`,
  },
  bookmarks: {
    user_id: `CASE WHEN n <= 500 THEN nth(1) ELSE ${someId()} END`,
    post_id: 'CASE WHEN n BETWEEN 501 AND 900 THEN nth(1) ELSE nth(n) END',
    created_at: `now() - interval '1 hour' + n * interval '1 ms'`,
  },
  reaction_counts: {
    post_id: 'CASE WHEN n <= 150 THEN nth(1) ELSE nth(n) END',
    emoji: `CASE WHEN n <= 150 THEN 'e' || n ELSE '👍' END`,
    count: '1 + n % 5',
  },
  people: {
    id: 'nth(n)',
    username_key: `'user' || n`,
    is_private: 'n % 10 = 5',
    is_active: 'n % 50 <> 9',
  },
  follows: {
    follower_id: `CASE WHEN n <= 300 THEN nth(1) WHEN n <= 800 OR n % 10 = 0 THEN nth(n + 100) ELSE ${somePair.one} END`,
    followee_id: `CASE WHEN n = 1 THEN nth(2) WHEN n <= 300 THEN nth(n + 100) WHEN n <= 800 THEN nth(1) WHEN n % 10 = 0 THEN nth(2) ELSE ${somePair.other} END`,
    active: 'true',
    sequence: '1',
  },
  blocks: {
    blocker_id: `CASE WHEN n <= 20 THEN nth(1) WHEN n <= 40 THEN nth(5000 + n) ELSE ${somePair.one} END`,
    blocked_id: `CASE WHEN n <= 20 THEN nth(5000 + n) WHEN n <= 40 THEN nth(1) ELSE ${somePair.other} END`,
    active: 'n % 7 <> 0',
    sequence: '1',
  },
  // Of those whom the first follows, every third is muted.
  mutes: {
    muter_id: `CASE WHEN n <= 100 THEN nth(1) WHEN n <= 140 THEN nth(5000 + n) ELSE ${somePair.one} END`,
    muted_id: `CASE WHEN n <= 100 THEN nth(3 * n + 100) WHEN n <= 140 THEN nth(1) ELSE ${somePair.other} END`,
    active: 'n % 7 <> 0',
    until: `CASE n % 5 WHEN 0 THEN now() + interval '1 day' WHEN 1 THEN now() - interval '1 day' END`,
    sequence: '1',
  },
  ready_media: {
    id: 'nth(n)',
    owner_id: `CASE WHEN n <= 300 THEN nth(1) ELSE ${someId()} END`,
    is_deleted: 'n % 9 = 0',
  },
};

const lexemes = { words: ['running', 'бегу'], stemmers: ['english_stem', 'russian_stem'], marks: ['#new'] };
const searching = (word: string) => ({
  exact: `'${word}'`,
  loose: `'${word}'`,
  since: null,
  before: null,
  hasMedia: false,
});
const viewer = { userId: me, sessionId: me, role: 'MEMBER', scopes: [] } as const;
const reader = { viewerId: me, isModerator: false };
const ids = Array.from({ length: 20 }, (_, n) => nth(n + 1));
const asked = Array.from({ length: 20 }, (_, n) => ({ viewer, id: nth(n + 600) }));
const [earlier, later] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
const page = { after: null, limit: 21, first: 20 };
const pagesOf = (ownerIds: string[], after: Place | null = null) =>
  ownerIds.map((ownerId) => ({ ownerId, page: { ...page, after } }));
const post = {
  id: nobody,
  authorId: me,
  text: 'text',
  contentWarning: null,
  visibility: 'PUBLIC',
  hashtags: [],
  mentionedIds: [],
  mediaIds: [],
  quoteOfId: myPost,
} as const;
const edit = { text: 'text', contentWarning: null, mentionedIds: [] };
const comment = {
  id: nobody,
  postId: myPost,
  parentId: answered,
  authorId: me,
  text: 'text',
  mentionedIds: [],
};
const removal = { removedAt: new Date(), removedReason: 'spam' };
const person = { id: me, username: 'me', isPrivate: true, sequence: 3n };
const standing = { id: me, role: 'MEMBER', isActive: false, sequence: 3n } as const;

testPlans({
  service: 'post',
  createClient,
  sources: [new URL('../src/store/', import.meta.url)],
  tables,
  uncalled: {
    createClient: 'makes the client',
    createLoaders: 'calls others',
    createHomeLog: 'calls listEntered and createHomeAudience',
    placeAt: 'is a value',
    wantedPages: 'is a part of others',
    beforePlace: 'is a part of others',
    beforeParts: 'is a part of others',
    readStretch: 'is called by others',
    wordsVector: 'is a part of others',
    startOf: 'is a value',
    pageLoader: 'calls others',
    visibleTo: 'is a part of others',
    followsAuthor: 'is a part of others',
    canInteract: 'is a part of others',
    isMutedBy: 'is a part of others',
    homePeople: 'is a part of others',
    finds: 'is a part of others',
    standsInHome: 'is a part of others',
    isOneOfTheirs: 'is a part of others',
    uuid: 'is a part of others',
  },
  calls: ({ tx }) => [
    call(bookmarks.insertBookmark, tx, { userId: nobody, postId: myPost }, 5_000),
    call(bookmarks.insertBookmark, tx, { userId: me, postId: nth(600) }, 5_000),
    call(bookmarks.deleteBookmark, tx, { userId: me, postId: nth(20) }),
    call(bookmarks.listBookmarkPage, tx, me, page),
    call(bookmarks.listBookmarkPage, tx, me, { ...page, after: [later, nobody] }),
    callInVain(bookmarks.listBookmarkPage, tx, nobody, page),
    call(
      bookmarks.listBookmarked,
      tx,
      ids.map((id) => ({ viewer, id })),
    ),
    call(comments.listComments, tx, asked),
    call(comments.listCommentPages, tx, reader, pagesOf(ids)),
    call(comments.listCommentPages, tx, reader, pagesOf([myPost], [earlier, nobody])),
    callInVain(comments.listCommentPages, tx, reader, pagesOf([nobody])),
    call(comments.listReplyPages, tx, reader, pagesOf([answered])),
    callInVain(comments.listReplyPages, tx, reader, pagesOf([nobody])),
    call(comments.updateReplyCount, tx, me, myPost, answered),
    call(comments.insertComment, tx, comment),
    call(comments.findOwnCommentForUpdate, tx, me, ownComment),
    call(comments.updateCommentText, tx, { id: ownComment, text: 'new', mentionedIds: [] }, new Date()),
    call(comments.deleteOwnComment, tx, me, ownComment),
    call(comments.findCommentForShare, tx, me, answered),
    call(insertCommentEdit, tx, { commentId: ownComment, text: 'text', editedAt: new Date() }),
    call(listCommentEditPages, tx, pagesOf([ownComment, answered])),
    callInVain(listCommentEditPages, tx, pagesOf([nobody])),
    call(erase.eraseReactionsUnderPosts, tx, me, 200),
    callInVain(erase.eraseReactionsUnderPosts, tx, nobody, 200),
    call(erase.eraseReactionsToComments, tx, me, 200),
    callInVain(erase.eraseReactionsToComments, tx, nobody, 200),
    call(erase.eraseCommentEdits, tx, me, 20),
    callInVain(erase.eraseCommentEdits, tx, nobody, 200),
    call(erase.eraseCommentsUnderPosts, tx, me, 200),
    callInVain(erase.eraseCommentsUnderPosts, tx, nobody, 200),
    call(erase.eraseReactionsToPosts, tx, me, 200),
    callInVain(erase.eraseReactionsToPosts, tx, nobody, 200),
    call(erase.eraseBookmarksOnPosts, tx, me, 200),
    callInVain(erase.eraseBookmarksOnPosts, tx, nobody, 200),
    call(erase.eraseBookmarks, tx, me, 200),
    callInVain(erase.eraseBookmarks, tx, nobody, 200),
    call(erase.eraseRepostsOfPosts, tx, me, 200),
    callInVain(erase.eraseRepostsOfPosts, tx, nobody, 200),
    call(erase.eraseReposts, tx, famous, 50),
    callInVain(erase.eraseReposts, tx, nobody, 200),
    call(erase.erasePosts, tx, me, 20),
    call(erase.erasePosts, tx, famous, 20),
    callInVain(erase.erasePosts, tx, nobody, 200),
    call(erase.eraseComments, tx, me, 200),
    call(erase.eraseComments, tx, famous, 200),
    callInVain(erase.eraseComments, tx, nobody, 200),
    ...[reactions.toPosts, reactions.toComments].flatMap((to) => [
      call(erase.eraseReactions, tx, to, me, 200),
      callInVain(erase.eraseReactions, tx, to, nobody, 200),
    ]),
    call(erase.eraseFollows, tx, famous, 200),
    callInVain(erase.eraseFollows, tx, nobody, 200),
    call(eraseBlocks, tx, me, 200),
    callInVain(eraseBlocks, tx, nobody, 200),
    call(eraseMutes, tx, me, 200),
    callInVain(eraseMutes, tx, nobody, 200),
    call(eraseReadyMedia, tx, me, 200),
    callInVain(eraseReadyMedia, tx, nobody, 200),
    call(erase.erasePerson, tx, me),
    call(exported.listPostsForExport, tx, me, null, 100),
    call(exported.listPostsForExport, tx, famous, `${earlier.toISOString()} ${nobody}`, 100),
    call(exported.listPostEditsForExport, tx, me, null, 100),
    callInVain(exported.listPostEditsForExport, tx, nobody, null, 100),
    call(exported.listCommentsForExport, tx, me, null, 100),
    call(exported.listCommentsForExport, tx, famous, nth(1_000), 100),
    callInVain(exported.listCommentsForExport, tx, nobody, null, 100),
    call(exported.listCommentEditsForExport, tx, me, null, 100),
    call(exported.listCommentEditsForExport, tx, me, `${nth(1_200)} ${earlier.toISOString()} ${nth(1)}`, 100),
    callInVain(exported.listCommentEditsForExport, tx, nobody, null, 100),
    call(exported.listCommentReactionsForExport, tx, me, null, 100),
    call(exported.listReactionsForExport, tx, me, null, 100),
    call(exported.listReactionsForExport, tx, me, `${nth(600)} 👍`, 100),
    call(exported.listBookmarksForExport, tx, me, null, 100),
    call(exported.listBookmarksForExport, tx, me, `${earlier.toISOString()} ${nobody}`, 100),
    ...['frequent', 'rare'].map((tag) => call(readTagged, tx, me, tag, { after: null, size: 21, limit: 21 })),
    call(readTagged, tx, null, 'frequent', { after: [later, nobody], size: 900, limit: 21 }),
    call(readTagged, tx, nobody, 'hidden', { after: null, size: 900, limit: 21 }),
    callInVain(readTagged, tx, me, 'none', { after: null, size: 2_000, limit: 21 }),
    call(search.listLexemes, tx, ['running', 'бегу'], ['english_stem', 'russian_stem']),
    call(search.readMatching, tx, me, searching('rare'), { after: null, size: 500, limit: 21 }),
    call(search.readMatching, tx, me, searching('frequent'), {
      after: [later, nobody],
      size: 500,
      limit: 21,
    }),
    call(search.readMatching, tx, nobody, searching('hidden'), { after: null, size: 500, limit: 21 }),
    call(search.listMatches, tx, me, searching('rare'), page, 10_000),
    call(search.listMatches, tx, me, { ...searching('rare'), before: later, since: earlier }, page, 10_000),
    call(search.listMatches, tx, me, { ...searching('rare'), hasMedia: true }, page, 10_000),
    call(search.listMatches, tx, me, searching('some'), page, 50),
    call(search.listMatches, tx, me, searching('none'), page, 10_000),
    call(search.findFirstTime, tx, null),
    callInVain(search.findFirstTime, tx, later),
    call(search.listPostsToIndex, tx, nth(600), 100),
    callInVain(search.insertPostSearch, tx, nth(600), lexemes),
    call(removals.findRemovablePost, tx, myPost),
    call(removals.findRemovableComment, tx, answered),
    call(removals.updatePostRemoval, tx, myPost, removal),
    call(removals.updateCommentRemoval, tx, answered, removal),
    call(insertPostEdit, tx, { ...edit, postId: myPost, editedAt: new Date() }),
    call(listEditPages, tx, reader, pagesOf(ids)),
    call(posts.listPosts, tx, asked),
    call(timelines.listHomeTimeline, tx, me, page),
    call(timelines.listHomeTimeline, tx, me, { ...page, after: [later, nobody] }),
    callInVain(timelines.listHomeTimeline, tx, nobody, page),
    call(timelines.listPublicTimeline, tx, me, page),
    call(timelines.listPublicTimeline, tx, null, { ...page, after: [later, nobody] }),
    call(timelines.listAuthorPages, tx, me, pagesOf([famous, me])),
    callInVain(timelines.listAuthorPages, tx, me, pagesOf([nobody])),
    call(posts.updateQuoted, tx, me, nth(602)),
    call(posts.updateUnquoted, tx, myPost),
    call(posts.findOwnRepeat, tx, me, myPost),
    call(posts.insertPost, tx, { ...post, hashtags: ['new'], mentionedIds: [], mediaIds: [] }, lexemes),
    call(posts.findOwnPostForUpdate, tx, me, myPost),
    call(posts.updatePostText, tx, { ...edit, id: myPost, hashtags: ['new'] }, lexemes, new Date()),
    call(posts.deleteOwnPost, tx, me, myPost),
    call(posts.findPostForShare, tx, me, nth(600)),
    call(posts.updateCommentCount, tx, me, nth(600)),
    call(posts.listReaders, tx, nth(600), ids),
    call(
      posts.listPostCounts,
      tx,
      ids.map((id) => ({ viewer, id })),
    ),
    call(insertReadyMedia, tx, { id: nobody, ownerId: me }),
    call(markMediaDeleted, tx, { id: nth(3), ownerId: me }),
    call(listReadyMedia, tx, ids),
    call(reactions.lockReactions, tx, myPost, me),
    ...[reactions.toPosts, reactions.toComments].flatMap((to) => {
      const reaction = {
        subjectId: to === reactions.toPosts ? nth(600) : nth(2_100),
        userId: me,
        emoji: '👍',
      };
      return [
        call(reactions.listOwnReactions, tx, to, reaction),
        call(reactions.insertReaction, tx, to, { ...reaction, emoji: '🎉' }),
        call(reactions.deleteReaction, tx, to, reaction),
        call(reactions.listReactionCounts, tx, to, to === reactions.toPosts ? ids : [ownComment]),
        call(reactions.listViewerReactions, tx, to, [...asked, { viewer, id: nth(2_100) }]),
      ];
    }),
    call(reposts.findPostToRepost, tx, me, nth(602)),
    call(reposts.findPostForUpdate, tx, me, nth(602)),
    call(reposts.insertRepost, tx, { userId: me, postId: myPost }, nobody),
    call(reposts.deleteRepost, tx, { userId: famous, postId: nth(202) }),
    call(reposts.deleteRepostsOf, tx, myPost, 50),
    callInVain(reposts.deleteRepostsOf, tx, nobody, 50),
    call(
      reposts.listReposted,
      tx,
      Array.from({ length: 20 }, (_, n) => ({
        viewer: { ...viewer, userId: famous },
        id: nth(202 + n * 100),
      })),
    ),
    callOf(createHomeAudience, () => {
      const isInHomeTimeline = createHomeAudience(tx);
      const postIds = [nth(20), nth(9_998)];
      return Promise.all(
        ids.flatMap((viewerId) => postIds.map((postId) => isInHomeTimeline({ postId, viewerId }))),
      );
    }),
    call(findNextTransaction, tx),
    call(listEntered, tx, [{ listener: nth(150), after: placeAt(new Date(0)) }], 50),
    callInVain(listEntered, tx, [{ listener: me, after: placeAt(later) }], 50),
    call(updateMute, tx, { muterId: me, mutedId: nobody, active: true, until: null, sequence: 3n }),
    call(updateBlock, tx, { blockerId: me, blockedId: nobody, active: true, sequence: 3n }),
    call(updateFollow, tx, { followerId: me, followeeId: nobody, active: true, sequence: 3n }),
    call(people.insertPerson, tx, nobody, 'nobody'),
    call(people.updatePerson, tx, person),
    call(people.updateStanding, tx, standing),
    call(people.listPeopleNamed, tx, me, ['user300', 'user301', 'nobody']),
    call(people.listPeopleMet, tx, asked),
  ],
});
