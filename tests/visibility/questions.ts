import { type CommentFact, type Facts, get, type PersonFact, type PostFact, pair } from './facts.ts';
import { shownTo } from './notifications.ts';
import {
  findsUser,
  interacts,
  isBlocking,
  isInHomeTimeline,
  isWithheld,
  readsComment,
  readsPost,
  seesFollows,
  type Viewer,
} from './rules.ts';

/** One operation, and what it is to be answered: the data, and errors as `path code`. */
export interface Question {
  name: string;
  query: string;
  variables: Record<string, unknown>;
  data: unknown;
  errors: string[];
}

type Asked = { facts: Facts; viewer: Viewer };

const list = (nodes: readonly unknown[]) => ({ edges: nodes.map((node) => ({ node })) });
const ids = (things: readonly { id: string }[]) => list(things.map(({ id }) => ({ id })));
const newestFirst = (facts: Facts) => [...facts.posts.values()].reverse();
const others = (facts: Facts, keys: Iterable<string>, of: (key: string[]) => string | null) =>
  [...keys].flatMap((key) => of(key.split(' ')) ?? []).map((id) => get(facts.people, id));

/** Everything that a viewer may ask about a world. */
export function questionsOf(facts: Facts, viewer: Viewer): Question[] {
  const asked = { facts, viewer };
  return [
    ...[...facts.people.values()].map((person) => profile(asked, person)),
    ...[...facts.posts.values()].map((post) => onePost(asked, post)),
    nodes(asked),
    postsByNode(asked),
    publicTimeline(asked),
    ...(viewer ? own(facts, viewer) : []),
  ];
}

function profile({ facts, viewer }: Asked, person: PersonFact): Question {
  const { id, username, isPrivate } = person;
  const isFound = findsUser(facts, viewer, id);
  const seen = isFound && seesFollows(facts, viewer, id);
  const follows = (of: (key: string[]) => string | null) =>
    others(
      facts,
      [...facts.follows].flatMap(([key, standing]) => (standing === 'FOLLOWING' ? key : [])),
      of,
    );
  const followers = follows(([follower = '', followee]) => (followee === id ? follower : null));
  const following = follows(([follower, followee = '']) => (follower === id ? followee : null));
  const met = (people: readonly PersonFact[]) => people.filter((one) => findsUser(facts, viewer, one.id));
  const isOther = viewer !== null && viewer.id !== id;
  return {
    name: `the profile of ${username}`,
    query: `query Profile($id: ID!, $username: String!) {
      byName: user(username: $username) { id }
      user(id: $id) {
        id username isPrivate followerCount followingCount postCount
        viewerRelationship { follow followedBy blocking }
        posts(first: 100) { edges { node { id } } }
        followers(first: 100) { totalCount edges { node { id } } }
        following(first: 100) { totalCount edges { node { id } } }
      }
    }`,
    variables: { id, username },
    data: {
      byName: isFound ? { id } : null,
      user: isFound
        ? {
            id,
            username,
            isPrivate,
            followerCount: followers.length,
            followingCount: following.length,
            postCount: viewer?.id === id || interacts(facts, viewer, id) ? postsOf(facts, id).length : null,
            viewerRelationship: isOther
              ? {
                  follow: facts.follows.get(pair(viewer.id, id)) ?? 'NONE',
                  followedBy: facts.follows.get(pair(id, viewer.id)) === 'FOLLOWING',
                  blocking: isBlocking(facts, viewer.id, id),
                }
              : null,
            posts: ids(postsOf(facts, id).filter((post) => readsPost(facts, viewer, post))),
            followers: seen ? { totalCount: followers.length, ...inAnyOrder(ids(met(followers))) } : null,
            following: seen ? { totalCount: following.length, ...inAnyOrder(ids(met(following))) } : null,
          }
        : null,
    },
    errors: isFound && !seen ? ['user.followers NOT_FOUND', 'user.following NOT_FOUND'] : [],
  };
}

const postsOf = (facts: Facts, authorId: string) =>
  newestFirst(facts).filter((post) => post.authorId === authorId);

/** A list in the order of its ids, for comparison. */
export function inAnyOrder<T extends { edges: { node: unknown }[] }>(connection: T): T {
  const key = ({ node }: { node: unknown }) => JSON.stringify(node);
  return { ...connection, edges: connection.edges.toSorted((a, b) => key(a).localeCompare(key(b))) };
}

function onePost({ facts, viewer }: Asked, post: PostFact): Question {
  const { id } = post;
  const isRead = readsPost(facts, viewer, post, { byId: true });
  const quoted = post.quoteOfId ? get(facts.posts, post.quoteOfId) : null;
  const counts = new Map<string, number>();
  for (const reaction of post.reactions) {
    const [, emoji = ''] = reaction.split(' ');
    counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  }
  const comments = [...facts.comments.values()].filter(({ postId }) => postId === id);
  return {
    name: `the post ${post.text}`,
    query: `query Post($id: ID!) {
      post(id: $id) {
        id text visibility commentCount viewerReactions viewerHasBookmarked
        author { id } mentions { id } quoteOf { id text } removal { reason } reactions { emoji count }
        comments(first: 20) { edges { node { ...shown replies(first: 20) { edges { node { ...shown
          replies(first: 20) { edges { node { ...shown } } } } } } } } }
      }
    }
    fragment shown on Comment { id text deletedAt author { id } parent { id text } replyCount removal { reason } }`,
    variables: { id },
    data: {
      post: isRead
        ? {
            id,
            text: post.text,
            visibility: post.visibility,
            commentCount: comments.length,
            viewerReactions: [...post.reactions].flatMap((reaction) => {
              const [userId, emoji = ''] = reaction.split(' ');
              return userId === viewer?.id ? emoji : [];
            }),
            viewerHasBookmarked: viewer !== null && get(facts.bookmarks, viewer.id).has(id),
            author: { id: post.authorId },
            mentions: post.mentionedIds
              .filter((userId) => userId === viewer?.id || interacts(facts, viewer, userId))
              .map((userId) => ({ id: userId })),
            quoteOf:
              quoted && readsPost(facts, viewer, quoted, { byId: true })
                ? { id: quoted.id, text: quoted.text }
                : null,
            removal: post.isRemoved ? { reason: 'spam' } : null,
            reactions: [...counts].map(([emoji, count]) => ({ emoji, count })),
            comments: list(answersTo({ facts, viewer }, comments, null, 3)),
          }
        : null,
    },
    errors: [],
  };
}

/** Comments in their tree, so many levels of it. */
function answersTo(
  asked: Asked,
  comments: readonly CommentFact[],
  parentId: string | null,
  depth: number,
): unknown[] {
  if (depth === 0) return [];
  const { facts, viewer } = asked;
  return comments
    .filter((comment) => comment.parentId === parentId && readsComment(facts, viewer, comment))
    .map((comment) => {
      const parent = comment.parentId ? get(facts.comments, comment.parentId) : null;
      const isShown = !isWithheld(viewer, comment);
      return {
        id: comment.id,
        text: isShown ? comment.text : '',
        deletedAt: isShown ? null : 'a time',
        author: isShown ? { id: comment.authorId } : null,
        parent:
          parent && readsComment(facts, viewer, parent)
            ? { id: parent.id, text: isWithheld(viewer, parent) ? '' : parent.text }
            : null,
        replyCount: comments.filter((other) => other.parentId === comment.id).length,
        removal: isShown && comment.isRemoved ? { reason: 'spam' } : null,
        ...(depth > 1 ? { replies: list(answersTo(asked, comments, comment.id, depth - 1)) } : {}),
      };
    });
}

/** A person by their id alone, of whom other services than the one that knows whether they are found are asked. */
function postsByNode({ facts, viewer }: Asked): Question {
  const people = [...facts.people.values()];
  const met = ({ id }: PersonFact) => viewer?.id === id || interacts(facts, viewer, id);
  return {
    name: 'what people wrote, by their ids',
    query: `query Wrote($ids: [ID!]!) {
      nodes(ids: $ids) { ... on User { postCount posts(first: 100) { edges { node { id } } } } } }`,
    variables: { ids: people.map(({ id }) => id) },
    data: {
      nodes: people.map((person) =>
        findsUser(facts, viewer, person.id)
          ? {
              postCount: met(person) ? postsOf(facts, person.id).length : null,
              posts: ids(postsOf(facts, person.id).filter((post) => readsPost(facts, viewer, post))),
            }
          : null,
      ),
    },
    errors: [],
  };
}

function nodes({ facts, viewer }: Asked): Question {
  const found = [
    ...[...facts.people.values()].map(({ id, username }) => ({
      id,
      node: findsUser(facts, viewer, id) ? { id, username } : null,
    })),
    ...[...facts.posts.values()].map((post) => ({
      id: post.id,
      node: readsPost(facts, viewer, post, { byId: true }) ? { id: post.id, text: post.text } : null,
    })),
    ...[...facts.comments.values()].map((comment) => ({
      id: comment.id,
      node: readsComment(facts, viewer, comment)
        ? { id: comment.id, text: isWithheld(viewer, comment) ? '' : comment.text }
        : null,
    })),
  ].slice(-100);
  return {
    name: 'everything by its id',
    query: `query Nodes($ids: [ID!]!) {
      nodes(ids: $ids) { id ... on User { username } ... on Post { text } ... on Comment { text } } }`,
    variables: { ids: found.map(({ id }) => id) },
    data: { nodes: found.map(({ node }) => node) },
    errors: [],
  };
}

function publicTimeline({ facts, viewer }: Asked): Question {
  const seen = newestFirst(facts).filter(
    (post) => post.visibility === 'PUBLIC' && readsPost(facts, viewer, post),
  );
  return {
    name: 'the public timeline',
    query: 'query Public { publicTimeline(first: 100) { edges { node { id author { id } } } } }',
    variables: {},
    data: {
      publicTimeline: list(seen.slice(0, 100).map(({ id, authorId }) => ({ id, author: { id: authorId } }))),
    },
    errors: [],
  };
}

/** What only somebody signed in has. */
function own(facts: Facts, viewer: PersonFact): Question[] {
  const home = newestFirst(facts).filter((post) => isInHomeTimeline(facts, viewer, post));
  const requests = others(facts, facts.follows.keys(), ([follower = '', followee = '']) =>
    followee === viewer.id && facts.follows.get(pair(follower, followee)) === 'REQUESTED' ? follower : null,
  );
  const blocked = others(facts, facts.blocks, ([blocker, other = '']) =>
    blocker === viewer.id ? other : null,
  );
  const isActive = (person: PersonFact) => person.isActive;
  const kept = [...get(facts.bookmarks, viewer.id)]
    .map((id) => get(facts.posts, id))
    .filter((post) => readsPost(facts, viewer, post))
    .reverse();
  const told = shownTo(facts, viewer.id);
  return [
    {
      name: 'the home timeline',
      query: 'query Home { homeTimeline(first: 100) { edges { node { id text } } } }',
      variables: {},
      data: { homeTimeline: list(home.slice(0, 100).map(({ id, text }) => ({ id, text }))) },
      errors: [],
    },
    {
      name: 'bookmarks',
      query: 'query Bookmarks { bookmarks(first: 100) { edges { node { id } } } }',
      variables: {},
      data: { bookmarks: ids(kept) },
      errors: [],
    },
    {
      name: 'who waits and who is blocked',
      query: `query People { followRequests(first: 100) { edges { node { id } } }
        blockedUsers(first: 100) { edges { node { id } } } }`,
      variables: {},
      data: {
        followRequests: inAnyOrder(ids(requests.filter(isActive))),
        blockedUsers: inAnyOrder(ids(blocked.filter(isActive))),
      },
      errors: [],
    },
    {
      name: 'notifications',
      query: `query Told { notifications(first: 100) { unreadCount edges { node {
        type actorCount subject { __typename ... on User { id username } ... on Post { id text } ... on Comment { id text } }
      } } } }`,
      variables: {},
      data: {
        notifications: {
          unreadCount: told.length,
          ...inAnyOrder(
            list(
              told.map(({ type, actorIds, subjectId }) => ({
                type,
                actorCount: actorIds.size,
                subject: subjectOf(facts, viewer, subjectId),
              })),
            ),
          ),
        },
      },
      errors: [],
    },
  ];
}

/** What a notification is about, as far as it is there for whoever is told. */
export function subjectOf(facts: Facts, viewer: PersonFact, id: string) {
  const person = facts.people.get(id);
  if (person)
    return findsUser(facts, viewer, id) ? { __typename: 'User', id, username: person.username } : null;
  const post = facts.posts.get(id);
  if (post)
    return readsPost(facts, viewer, post, { byId: true })
      ? { __typename: 'Post', id, text: post.text }
      : null;
  const comment = get(facts.comments, id);
  if (!readsComment(facts, viewer, comment)) return null;
  return { __typename: 'Comment', id, text: isWithheld(viewer, comment) ? '' : comment.text };
}
