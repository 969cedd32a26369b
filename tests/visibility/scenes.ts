import { type Attempt, type Drawn, done, type Scene } from './act.ts';
import { edit, toMessage } from './chat-acts.ts';
import { commentOn, deleteTheComment, removeTheComment, updateTheComment } from './comment-acts.ts';
import { type CommentFact, type Facts, get, type PersonFact } from './facts.ts';
import { addMember, leave } from './group-acts.ts';
import { blockUser, changeStanding, followUser, muteOn, unfollowUser } from './people-acts.ts';
import { deleteThePost, removeThe, repostThe, updateThe } from './post-acts.ts';
import { reactToComment } from './reaction-acts.ts';
import { interacts, isInHomeTimeline, isMuting, readsPost } from './rules.ts';

const active = (facts: Facts) => [...facts.people.values()].filter(({ isActive }) => isActive);
const members = (facts: Facts) => active(facts).filter(({ isModerator }) => !isModerator);

/** Somebody reacts to the comment of one who reads its post no more. */
function* reactUnheard({ facts, random }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  for (const post of facts.posts.values()) {
    const owner = get(facts.people, post.authorId);
    const able = members(facts).filter((one) => one !== owner && readsPost(facts, one, post));
    const author = able.find((one) => able.some((other) => other !== one && interacts(facts, one, other.id)));
    // The last of them: the first are suspended by what follows, and what they did is not shown.
    const reader = able.findLast((one) => author && one !== author && interacts(facts, author, one.id));
    if (post.repostOfId || !owner.isActive || !author || !reader) continue;
    yield commentOn({ facts, actor: author, random }, post, null);
    const comment = [...facts.comments.values()].at(-1);
    yield blockUser({ facts, actor: author, random }, owner);
    yield comment ? reactToComment(facts, reader, comment) : null;
    return;
  }
}

/** Somebody is suspended while they wait to be let in. */
function* suspendWaiting({ facts, random }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  const closed = members(facts).find(({ isPrivate }) => isPrivate);
  const waiting = closed && members(facts).find((one) => one !== closed && canFollow(facts, one, closed));
  if (!closed || !waiting) return;
  yield followUser({ facts, actor: waiting, random }, closed);
  yield* suspend({ facts, random }, waiting);
}

const canFollow = (facts: Facts, one: PersonFact, other: PersonFact) =>
  interacts(facts, one, other.id) && facts.follows.get(`${one.id} ${other.id}`) !== 'FOLLOWING';

/** Of two reposts, one after the other, the earlier one's author is suspended: who follows both has the later one. */
function* suspendReposter({ facts, random }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  for (const post of facts.posts.values()) {
    const able = members(facts).filter((one) => one.id !== post.authorId && readsPost(facts, one, post));
    if (post.repostOfId || !readsPost(facts, null, post)) continue;
    const follower = active(facts).find(
      (one) =>
        one.id !== post.authorId &&
        !isMuting(facts, one, post.authorId) &&
        !facts.follows.has(`${one.id} ${post.authorId}`) &&
        reposters(facts, one, able).length > 1,
    );
    const [earlier, later] = follower ? reposters(facts, follower, able) : [];
    if (!follower || !earlier || !later) continue;
    yield followUser({ facts, actor: follower, random }, earlier);
    yield followUser({ facts, actor: follower, random }, later);
    yield repostThe(facts, earlier, post);
    yield repostThe(facts, later, post);
    const hiding = members(facts).find((one) => showsRepostWhenGone(facts, one));
    if (hiding) yield* suspend({ facts, random }, hiding);
    return;
  }
}

/** Whether somebody has a repost in their home timeline that they have not now, once this person is suspended. */
function showsRepostWhenGone(facts: Facts, person: PersonFact): boolean {
  const homes = () =>
    active(facts)
      .filter((one) => one !== person)
      .map((one) =>
        [...facts.posts.values()].filter((post) => post.repostOfId && isInHomeTimeline(facts, one, post)),
      );
  const before = homes();
  person.isActive = false;
  const after = homes();
  person.isActive = true;
  return after.some((posts, nth) => posts.some((post) => !before[nth]?.includes(post)));
}

/** Whom somebody follows, or can at once. */
const reposters = (facts: Facts, follower: PersonFact, able: readonly PersonFact[]) =>
  able.filter(
    (one) =>
      one !== follower &&
      !one.isPrivate &&
      interacts(facts, follower, one.id) &&
      !isMuting(facts, follower, one.id),
  );

function* suspend(stage: Omit<Drawn, 'actor'>, person: PersonFact): Iterable<Attempt | null> {
  const moderator = moderatorOf(stage.facts);
  if (moderator) yield changeStanding({ ...stage, actor: moderator }, person);
}

/** A post goes of which somebody was told. */
function* deleteTold({ facts }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  const told = new Set(
    [...facts.notifications.values()].flatMap((log) => [...log.values()].map(({ postId }) => postId)),
  );
  const post = [...facts.posts.values()].find(
    (one) => told.has(one.id) && get(facts.people, one.authorId).isActive,
  );
  if (post) yield deleteThePost(facts, get(facts.people, post.authorId), post);
}

/** Somebody reacts to a message of one whom they have blocked meanwhile. */
function* reactCutOff({ facts, random }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  for (const conversation of facts.conversations.values()) {
    const [one, other] = [...conversation.members.keys()].map((id) => get(facts.people, id));
    const message = conversation.messages.find(({ isDeleted }) => !isDeleted);
    if (conversation.kind !== 'DIRECT' || !one?.isActive || !other?.isActive || !message) continue;
    if (interacts(facts, one, other.id)) yield blockUser({ facts, actor: one, random }, other);
    yield toMessage('reactToMessage', { facts, actor: one }, { conversation, message }, '🎉');
    return;
  }
}

/** Somebody leaves a group and is taken in again: what they wrote before is not theirs any more. */
function* comeBack({ facts, random }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  for (const conversation of facts.conversations.values()) {
    const { members: there, messages } = conversation;
    const admin = active(facts).find(({ id }) => there.get(id)?.isAdmin);
    const message = messages.find(({ senderId, isDeleted }) => !isDeleted && senderId !== admin?.id);
    const sender = message && get(facts.people, message.senderId);
    if (!admin || !message || !sender?.isActive || !there.has(sender.id)) continue;
    const left = [...there.keys()].filter((id) => id !== sender.id);
    if (left.some((id) => !get(facts.people, id).isActive || !interacts(facts, sender, id))) continue;
    yield leave({ facts, actor: sender }, conversation);
    yield addMember({ facts, actor: admin }, conversation, sender);
    yield edit({ facts, actor: sender, random }, { conversation, message });
    yield toMessage('reactToMessage', { facts, actor: sender }, { conversation, message }, '🎉');
    return;
  }
}

/** Somebody is named by a post that only few read: what it said before is not for them. */
function* nameLater({ facts }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  for (const post of facts.posts.values()) {
    const author = get(facts.people, post.authorId);
    const other = members(facts).find(
      (one) => interacts(facts, author, one.id) && !readsPost(facts, one, post),
    );
    if (!author.isActive || !other || post.repostOfId || post.isRemoved) continue;
    const text = `w0x${facts.posts.size} everybody @${other.username}`;
    yield updateThe({ facts, actor: author }, post, { text, namedIds: [other.id], hashtags: [] });
    return;
  }
}

/** A comment is changed, and then goes with what it said before: by moderators, or by its author. */
function* goChanged({ facts, random }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  const by = moderatorOf(facts);
  const there = [...facts.comments.values()].filter(
    (one) => !one.isDeleted && !one.isRemoved && one.authorId !== by?.id && canChange(facts, one),
  );
  for (const [nth, comment] of there.slice(0, 2).entries()) {
    const actor = get(facts.people, comment.authorId);
    const text = { text: `w0c${random.below(1e9)} everybody`, namedIds: [], hashtags: [] };
    yield updateTheComment({ facts, actor }, comment, text);
    if (nth > 0) yield deleteTheComment({ facts, actor }, comment);
    else if (by) yield removeTheComment(facts, { by, may: done }, comment);
  }
}

const canChange = (facts: Facts, { authorId, postId }: CommentFact): boolean => {
  const author = get(facts.people, authorId);
  return author.isActive && readsPost(facts, author, get(facts.posts, postId));
};

const moderatorOf = (facts: Facts) => [...facts.people.values()].find(({ isModerator }) => isModerator);

/** A post with pictures goes, and they with it, wherever else they are shown. */
function* removeShown({ facts }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  const by = moderatorOf(facts);
  const post = [...facts.posts.values()].find(
    ({ isRemoved, mediaIds, authorId }) => !isRemoved && mediaIds.length > 0 && authorId !== by?.id,
  );
  if (by && post) yield removeThe(facts, { by, may: done }, post);
}

/** A mute lapses, and whom it was of is heard again. */
function* hearAgain({ facts, random }: Parameters<Scene>[0]): Iterable<Attempt | null> {
  for (const muter of members(facts)) {
    const other = members(facts).find((one) => one !== muter && interacts(facts, muter, one.id));
    if (!other || muter.isPrivate) continue;
    yield muteOn({ facts, actor: muter, random }, { notifications: true, isBrief: true }, other);
    yield unfollowUser({ facts, actor: other, random }, muter);
    yield followUser({ facts, actor: other, random }, muter);
    return;
  }
}

export const scenes: readonly Scene[] = [
  hearAgain,
  nameLater,
  removeShown,
  comeBack,
  deleteTold,
  goChanged,
  reactUnheard,
  reactCutOff,
  suspendWaiting,
  suspendReposter,
];
