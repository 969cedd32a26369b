import { type Facts, get, type PersonFact, pair } from './facts.ts';
import { shownTo } from './notifications.ts';
import { ids, list, newestFirst, others, type Question } from './question.ts';
import {
  findsUser,
  interacts,
  isBlocking,
  isInHomeTimeline,
  isWithheld,
  readsComment,
  readsPost,
} from './rules.ts';

/** What only somebody signed in has. */
export function own(facts: Facts, viewer: PersonFact): Question[] {
  const home = newestFirst(facts).filter((post) => isInHomeTimeline(facts, viewer, post));
  const requests = others(facts, facts.follows.keys(), ([follower = '', followee = '']) =>
    followee === viewer.id && facts.follows.get(pair(follower, followee)) === 'REQUESTED' ? follower : null,
  );
  const blocked = others(facts, facts.blocks, ([blocker, other = '']) =>
    blocker === viewer.id ? other : null,
  );
  const muted = others(facts, facts.mutes.keys(), ([muter, other = '']) =>
    muter === viewer.id ? other : null,
  );
  const isActive = (person: PersonFact) => person.isActive;
  // A moderator has nobody more in lists of their own than others have.
  const isMet = (person: PersonFact) => isActive(person) && !isBlocking(facts, person.id, viewer.id);
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
        blockedUsers(first: 100) { edges { node { id } } }
        mutedUsers(first: 100) { edges { node { id } } } }`,
      variables: {},
      data: {
        followRequests: ids(requests.filter(isActive)),
        blockedUsers: ids(blocked.filter(isActive)),
        mutedUsers: ids(muted.filter(isMet)),
      },
      errors: [],
    },
    {
      name: 'what is searched for',
      query: `query Search { searchPosts(query: "everybody", first: 100) { edges { node { id text } } }
        searchUsers(query: "p", first: 100) { edges { node { id } } } }`,
      variables: {},
      data: {
        searchPosts: list(
          newestFirst(facts)
            .filter((post) => !post.repostOfId && readsPost(facts, viewer, post))
            .map(({ id, text }) => ({ id, text })),
        ),
        searchUsers: ids(
          [...facts.people.values()].filter(({ id }) => id === viewer.id || interacts(facts, viewer, id)),
        ),
      },
      errors: [],
    },
    {
      name: 'who is searched for',
      // All their names begin so.
      query: 'query Search { searchUsers(query: "p", first: 100) { edges { node { id username } } } }',
      variables: {},
      data: {
        searchUsers: list(
          [...facts.people.values()]
            .filter(({ id }) => interacts(facts, viewer, id))
            .map(({ id, username }) => ({ id, username })),
        ),
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
          ...list(
            told.map(({ type, actorIds, subjectId }) => ({
              type,
              actorCount: actorIds.size,
              subject: subjectOf(facts, viewer, subjectId),
            })),
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
