import { type System, startSystem } from '@socialhub/local/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf } from '../access/cast.ts';
import { idTypes } from '../id-types.ts';
import { removeHomes, startOptions } from '../story/home.ts';
import { type Kind, kinds, type Stage, setStage } from './stage.ts';

// What comes of each mutation by whose the thing is that it names: one's own, somebody's who blocks one, of an account
// that is suspended or deleted, nobody's, and something of another type.

let system: System;
let stage: Stage;

beforeAll(async () => {
  const options = await startOptions({
    operatorSettings: {
      gateway: { NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '0', NEW_OPERATIONS_PER_MINUTE_PER_VIEWER: '0' },
    },
  });
  system = await startSystem(options);
  stage = await setStage(system.gatewayUrl, options);
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

interface Row {
  /** Where the id is given: `FollowUserInput.userId`. */
  at: string;
  /** What it takes beside that. */
  rest?: () => Record<string, unknown>;
  /** By a moderator and not by ann, who is `self` to herself alone. */
  moderating?: true;
  expected: Record<Kind, string>;
}

const [ok, bad, none, no] = ['ok', 'BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN'] as const;
const all = (outcome: string, but: Partial<Record<Kind, string>> = {}) =>
  ({ ...Object.fromEntries(kinds.map((kind) => [kind, outcome])), wrongType: bad, ...but }) as Record<
    Kind,
    string
  >;

/** What is somebody else's is as if it were nobody's. */
const ownAlone = all(none, { self: ok });
/** What is of people whom one does not meet is as if it were nobody's. */
const met = all(none, { self: ok, other: ok });

const post = () => ({ postId: stage.neutralPost });
const group = () => ({ conversationId: stage.things.self.Conversation });

const rows: readonly Row[] = [
  { at: 'FollowUserInput.userId', expected: all(none, { self: bad, other: ok, blocked: bad }) },
  { at: 'AcceptFollowRequestInput.userId', expected: all(none, { self: bad, other: bad, blocked: bad }) },
  { at: 'RejectFollowRequestInput.userId', expected: all(none, { self: bad, other: ok, blocked: ok }) },
  { at: 'RemoveFollowerInput.userId', expected: all(none, { self: bad, other: ok, blocked: ok }) },
  { at: 'RingBellInput.userId', expected: all(none, { self: bad, other: ok, blocked: bad }) },
  { at: 'SilenceBellInput.userId', expected: all(none, { self: bad, other: ok, blocked: ok }) },
  { at: 'UnfollowUserInput.userId', expected: all(none, { self: bad, other: ok, blocked: ok }) },
  { at: 'MuteUserInput.userId', expected: all(none, { self: bad, other: ok, blocked: ok }) },
  { at: 'UnmuteUserInput.userId', expected: all(none, { self: bad, other: ok, blocked: ok }) },
  { at: 'CreatePostInput.mediaIds', rest: () => ({ text: 'hi' }), expected: all(bad, { self: ok }) },
  { at: 'CreatePostInput.quoteOfId', rest: () => ({ text: 'hi' }), expected: met },
  { at: 'UpdatePostInput.postId', rest: () => ({ text: 'another' }), expected: ownAlone },
  { at: 'BookmarkPostInput.postId', expected: met },
  { at: 'RemoveBookmarkInput.postId', expected: all(ok) },
  { at: 'RepostInput.postId', expected: met },
  { at: 'UndoRepostInput.postId', expected: all(ok) },
  { at: 'ReactToPostInput.postId', rest: () => ({ emoji: '👍' }), expected: met },
  { at: 'RemovePostReactionInput.postId', rest: () => ({ emoji: '👍' }), expected: met },
  { at: 'CreateCommentInput.postId', rest: () => ({ text: 'hm' }), expected: met },
  {
    at: 'CreateCommentInput.parentId',
    rest: () => ({ ...post(), text: 'hm' }),
    expected: all(bad, { self: ok, other: ok }),
  },
  { at: 'UpdateCommentInput.commentId', rest: () => ({ text: 'another' }), expected: ownAlone },
  { at: 'ReactToCommentInput.commentId', rest: () => ({ emoji: '👍' }), expected: met },
  { at: 'RemoveCommentReactionInput.commentId', rest: () => ({ emoji: '👍' }), expected: met },
  { at: 'UpdateProfileInput.avatarId', expected: all(bad, { self: ok }) },
  { at: 'UpdateProfileInput.bannerId', expected: all(bad, { self: ok }) },
  { at: 'CompleteUploadInput.mediaId', expected: ownAlone },
  { at: 'SetAltTextInput.mediaId', rest: () => ({ altText: 'An orange' }), expected: ownAlone },
  { at: 'StartConversationInput.memberIds', expected: all(none, { self: bad, other: ok }) },
  { at: 'AddConversationMembersInput.memberIds', rest: group, expected: all(none, { self: bad, other: ok }) },
  {
    at: 'AddConversationMembersInput.conversationId',
    rest: () => ({ memberIds: [stage.things.other.User] }),
    expected: all(bad, { self: ok, nobody: none }),
  },
  {
    at: 'SendMessageInput.conversationId',
    rest: () => ({ text: 'hi' }),
    expected: all(no, { self: ok, other: ok, nobody: none }),
  },
  {
    at: 'SendMessageInput.mediaIds',
    rest: () => ({ ...group(), text: 'hi' }),
    expected: all(bad, { self: ok }),
  },
  {
    at: 'SendMessageInput.replyToId',
    rest: () => ({ ...group(), text: 'hi' }),
    expected: all(ok, { nobody: bad }),
  },
  { at: 'EditMessageInput.messageId', rest: () => ({ text: 'another' }), expected: ownAlone },
  { at: 'ReactToMessageInput.messageId', rest: () => ({ emoji: '👍' }), expected: all(ok, { nobody: none }) },
  {
    at: 'RemoveMessageReactionInput.messageId',
    rest: () => ({ emoji: '👍' }),
    expected: all(ok, { nobody: none }),
  },
  {
    at: 'MarkConversationReadInput.conversationId',
    rest: () => ({ upToSeq: 0 }),
    expected: all(ok, { nobody: none }),
  },
  { at: 'SetTypingInput.conversationId', expected: all(no, { self: ok, other: ok, nobody: none }) },
  {
    at: 'UpdateConversationInput.conversationId',
    rest: () => ({ title: 'Ours' }),
    expected: all(bad, { self: ok, nobody: none }),
  },
  {
    at: 'SetConversationAdminInput.userId',
    rest: () => ({ ...group(), isAdmin: true }),
    expected: all(ok, { self: ok, nobody: none }),
  },
  {
    at: 'SetConversationAdminInput.conversationId',
    rest: () => ({ userId: stage.things.other.User, isAdmin: true }),
    expected: all(bad, { self: ok, nobody: none }),
  },
  {
    at: 'RemoveConversationMemberInput.conversationId',
    rest: () => ({ userId: stage.things.other.User }),
    expected: all(bad, { self: ok, nobody: none }),
  },
  { at: 'BlockUserInput.userId', expected: all(none, { self: bad, other: ok, blocked: ok }) },
  { at: 'UnblockUserInput.userId', expected: all(none, { self: bad, other: ok, blocked: ok }) },
  {
    at: 'RemovePostInput.postId',
    rest: () => ({ reason: 'spam' }),
    moderating: true,
    expected: all(ok, { nobody: none }),
  },
  { at: 'RestorePostInput.postId', moderating: true, expected: all(ok, { nobody: none }) },
  {
    at: 'RemoveCommentInput.commentId',
    rest: () => ({ reason: 'spam' }),
    moderating: true,
    expected: all(ok, { nobody: none }),
  },
  { at: 'RestoreCommentInput.commentId', moderating: true, expected: all(ok, { nobody: none }) },
  { at: 'DeleteMessageInput.messageId', expected: ownAlone },
  { at: 'DeleteCommentInput.commentId', expected: ownAlone },
  { at: 'DeletePostInput.postId', expected: ownAlone },
  { at: 'DeleteMediaInput.mediaId', expected: ownAlone },
  { at: 'RemoveConversationMemberInput.userId', rest: group, expected: all(ok) },
  { at: 'LeaveConversationInput.conversationId', expected: all(bad, { self: ok, nobody: ok }) },
  // Last: these end sessions.
  {
    at: 'SetRoleInput.userId',
    rest: () => ({ role: 'MEMBER' }),
    moderating: true,
    expected: all(ok, { nobody: none }),
  },
  {
    at: 'SuspendAccountInput.userId',
    rest: () => ({ reason: 'spam' }),
    moderating: true,
    expected: all(ok, { nobody: none }),
  },
  { at: 'ReinstateAccountInput.userId', moderating: true, expected: all(ok, { nobody: none }) },
];

describe('what a mutation is about', () => {
  it('is gone through for all that take the id of a person or of what they wrote', () => {
    const types = new Set(['User', 'Post', 'Comment', 'Media', 'Conversation', 'Message']);
    const taken = [...idTypes].filter(([at, type]) => /Input\./.test(at) && types.has(type));
    expect(rows.map(({ at }) => at).toSorted()).toEqual(taken.map(([at]) => at).toSorted());
  });

  it.each(rows)('$at', async ({ at, rest, moderating, expected }) => {
    const [input = '', field = ''] = at.split('.');
    const mutation = `${input[0]?.toLowerCase()}${input.slice(1, -'Input'.length)}`;
    const who = moderating ? stage.moderator : stage.ann;
    const outcomes: Record<string, string> = {};
    for (const kind of kinds) {
      const id = stage.things[kind][idTypes.get(at) ?? ''];
      const answer = await who.send(
        `mutation ($input: ${input}!) { ${mutation}(input: $input) { __typename } }`,
        { input: { ...rest?.(), [field]: field.endsWith('Ids') ? [id] : id } },
      );
      outcomes[kind] = outcomeOf(answer);
    }
    expect(outcomes).toEqual(expected);
  });
});
