import { type Facts, get, type PersonFact, pair } from './facts.ts';
import { type Asked, ids, others, postsOf, type Question } from './question.ts';
import {
  findsUser,
  isBlocking,
  isMuting,
  isWithheld,
  readsComment,
  readsPost,
  seesFollows,
  seesMedia,
} from './rules.ts';

export function profile({ facts, viewer }: Asked, person: PersonFact): Question {
  const { id, username, isPrivate } = person;
  const isFound = findsUser(facts, viewer, id);
  const seen = isFound && seesFollows(facts, viewer, id);
  const follows = (of: (key: string[]) => string | null) =>
    others(
      facts,
      [...facts.follows].flatMap(([key, standing]) => (standing === 'FOLLOWING' ? key : [])),
      of,
    );
  const avatar = person.avatarId === null ? null : get(facts.media, person.avatarId);
  const followers = follows(([follower = '', followee]) => (followee === id ? follower : null));
  const following = follows(([follower, followee = '']) => (follower === id ? followee : null));
  const met = (people: readonly PersonFact[]) => people.filter((one) => findsUser(facts, viewer, one.id));
  const isOther = viewer !== null && viewer.id !== id;
  return {
    name: `the profile of ${username}`,
    query: `query Profile($id: ID!, $username: String!) {
      byName: user(username: $username) { id }
      user(id: $id) {
        id username isPrivate avatar { id kind } followerCount followingCount postCount
        viewerRelationship { follow followedBy blocking muting }
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
            avatar: avatar && seesMedia(facts, viewer, avatar) ? { id: avatar.id, kind: 'IMAGE' } : null,
            followingCount: following.length,
            ...countsOf(facts, id),
            viewerRelationship: isOther
              ? {
                  follow: facts.follows.get(pair(viewer.id, id)) ?? 'NONE',
                  followedBy: facts.follows.get(pair(id, viewer.id)) === 'FOLLOWING',
                  blocking: isBlocking(facts, viewer.id, id),
                  muting: isMuting(facts, viewer, id),
                }
              : null,
            posts: ids(postsOf(facts, id).filter((post) => readsPost(facts, viewer, post))),
            followers: seen ? { totalCount: followers.length, ...ids(met(followers)) } : null,
            following: seen ? { totalCount: following.length, ...ids(met(following)) } : null,
          }
        : null,
    },
    errors: isFound && !seen ? ['user.followers NOT_FOUND', 'user.following NOT_FOUND'] : [],
  };
}

/** A person by their id alone, of whom other services than the one that knows whether they are found are asked. */
export function postsByNode({ facts, viewer }: Asked): Question {
  const people = [...facts.people.values()];
  return {
    name: 'what people wrote, by their ids',
    query: `query Wrote($ids: [ID!]!) {
      nodes(ids: $ids) { ... on User { postCount posts(first: 100) { edges { node { id } } } } } }`,
    variables: { ids: people.map(({ id }) => id) },
    data: {
      nodes: people.map((person) =>
        findsUser(facts, viewer, person.id)
          ? {
              postCount: ownPosts(facts, person.id).length,
              posts: ids(postsOf(facts, person.id).filter((post) => readsPost(facts, viewer, post))),
            }
          : null,
      ),
    },
    errors: [],
  };
}

export function nodes({ facts, viewer }: Asked): Question {
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

/** Of all, whoever finds the person. */
export const countsOf = (facts: Facts, id: string) => ({
  postCount: ownPosts(facts, id).length,
  followerCount: [...facts.follows].filter(
    ([key, standing]) => standing === 'FOLLOWING' && key.endsWith(` ${id}`),
  ).length,
});

const ownPosts = (facts: Facts, id: string) => postsOf(facts, id).filter(({ repostOfId }) => !repostOfId);
