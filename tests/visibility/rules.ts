import {
  type CommentFact,
  type ConversationFact,
  type Facts,
  get,
  type MediaFact,
  type MessageFact,
  type PersonFact,
  type PostFact,
  pair,
} from './facts.ts';

/** Who sees what, slowly: one person and one thing at a time. `null` is somebody signed out. */
export type Viewer = PersonFact | null;

export const isFollowing = (facts: Facts, follower: Viewer, followeeId: string): boolean =>
  follower !== null && facts.follows.get(pair(follower.id, followeeId)) === 'FOLLOWING';

export const isBlocking = (facts: Facts, blockerId: string, blockedId: string): boolean =>
  facts.blocks.has(pair(blockerId, blockedId));

/** Whether somebody finds a person's profile. */
export function findsUser(facts: Facts, viewer: Viewer, userId: string): boolean {
  const user = get(facts.people, userId);
  if (viewer?.id === userId || viewer?.isModerator) return true;
  return user.isActive && !(viewer && isBlocking(facts, userId, viewer.id));
}

/** Whether somebody can interact with another person at all. */
export function interacts(facts: Facts, viewer: Viewer, userId: string): boolean {
  if (!get(facts.people, userId).isActive) return false;
  return !viewer || !(isBlocking(facts, userId, viewer.id) || isBlocking(facts, viewer.id, userId));
}

export const isMuting = (facts: Facts, muter: Viewer, mutedId: string): boolean =>
  muter !== null && facts.mutes.has(pair(muter.id, mutedId));

/** A repost is there for whom it and what it is of are. Moderators find by its id what was removed; no list has it. */
export function readsPost(
  facts: Facts,
  viewer: Viewer,
  post: PostFact,
  options: { byId?: boolean } = {},
): boolean {
  const original = post.repostOfId ? get(facts.posts, post.repostOfId) : null;
  if (original && !readsItself(facts, viewer, original, options)) return false;
  return readsItself(facts, viewer, post, options);
}

function readsItself(
  facts: Facts,
  viewer: Viewer,
  post: PostFact,
  {
    byId = false,
    mentionedIds = post.mentionedIds,
  }: { byId?: boolean; mentionedIds?: readonly string[] } = {},
): boolean {
  if (viewer?.id === post.authorId) return true;
  if (post.isRemoved && !(byId && viewer?.isModerator)) return false;
  if (!interacts(facts, viewer, post.authorId)) return false;
  if (viewer && mentionedIds.includes(viewer.id)) return true;
  if (post.visibility === 'MENTIONED') return false;
  if (isFollowing(facts, viewer, post.authorId)) return true;
  return post.visibility === 'PUBLIC' && !get(facts.people, post.authorId).isPrivate;
}

/** What a post that somebody reads said before, as far as they could have read it. */
export const editsReadBy = (facts: Facts, viewer: Viewer, post: PostFact): string[] =>
  post.edits
    .filter(({ mentionedIds }) => readsItself(facts, viewer, post, { byId: true, mentionedIds }))
    .map(({ text }) => text);

/** Who has the id of something ready is shown it, unless its owner is not active or moderators took it away. */
export const seesMedia = (facts: Facts, viewer: Viewer, { ownerId, isWithheld }: MediaFact): boolean =>
  viewer?.id === ownerId ||
  viewer?.isModerator === true ||
  (!isWithheld && get(facts.people, ownerId).isActive);

/** Whether a member sees a message: nothing from before they came. Nobody else sees any. */
export const seesMessage = (viewer: Viewer, { members }: ConversationFact, { seq }: MessageFact): boolean =>
  seq > ((viewer && members.get(viewer.id)?.joinedAtSeq) ?? Number.POSITIVE_INFINITY);

/** Of two neither can write where they could not interact; in a group everybody can. */
export const isCutOff = (facts: Facts, sender: PersonFact, { kind, members }: ConversationFact): boolean =>
  kind === 'DIRECT' && [...members.keys()].some((id) => id !== sender.id && !interacts(facts, sender, id));

export function readsComment(facts: Facts, viewer: Viewer, comment: CommentFact): boolean {
  if (!readsPost(facts, viewer, get(facts.posts, comment.postId), { byId: true })) return false;
  return viewer?.id === comment.authorId || interacts(facts, viewer, comment.authorId);
}

/** Whether a comment that somebody reads shows no more to them than its place. */
export const isWithheld = (viewer: Viewer, comment: CommentFact): boolean =>
  comment.isDeleted || (comment.isRemoved && viewer?.id !== comment.authorId && !viewer?.isModerator);

/** Nothing of whom one mutes is, and every post once: as itself, else as the first repost. */
export function isInHomeTimeline(facts: Facts, viewer: PersonFact, post: PostFact): boolean {
  const isHeard = (userId: string) =>
    viewer.id === userId || (isFollowing(facts, viewer, userId) && !isMuting(facts, viewer, userId));
  if (!isHeard(post.authorId) || !readsPost(facts, viewer, post)) return false;
  if (!post.repostOfId) return true;
  const { authorId } = get(facts.posts, post.repostOfId);
  if (isHeard(authorId) || isMuting(facts, viewer, authorId)) return false;
  const all = [...facts.posts.values()].filter(({ repostOfId }) => repostOfId === post.repostOfId);
  return !all
    .slice(0, all.indexOf(post))
    .some((earlier) => isHeard(earlier.authorId) && interacts(facts, viewer, earlier.authorId));
}

/** Whether somebody sees who follows, and is followed by, a person whom they find. */
export const seesFollows = (facts: Facts, viewer: Viewer, userId: string): boolean =>
  viewer?.id === userId || !get(facts.people, userId).isPrivate || isFollowing(facts, viewer, userId);
