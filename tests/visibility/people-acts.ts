import { until } from '@socialhub/platform/testing/until';
import { type Act, type Attempt, type Drawn, done, moderating } from './act.ts';
import { type Facts, type PersonFact, pair } from './facts.ts';
import { retract, tell } from './notifications.ts';
import { findsUser, isBlocking } from './rules.ts';

/** What one person does to another, whom they draw unless told. */
function toPerson(
  verb: string,
  expected: (facts: Facts, actor: PersonFact, other: PersonFact) => string,
  change: (facts: Facts, actor: PersonFact, other: PersonFact) => void,
) {
  return ({ facts, actor, random }: Drawn, chosen?: PersonFact): Attempt | null => {
    const everybody = [...facts.people.values()];
    const known = everybody.filter(
      ({ id }) => facts.follows.has(pair(actor.id, id)) || facts.follows.has(pair(id, actor.id)),
    );
    // Whom one has nothing to do with is nobody to be rid of.
    const other = chosen ?? random.oneOf(verb !== 'followUser' && random.chance(0.7) ? known : everybody);
    if (!other) return null;
    return {
      by: actor,
      query: `mutation ($id: ID!) { ${verb}(input: { userId: $id }) { user { id } } }`,
      variables: { id: other.id },
      expected:
        other.id === actor.id
          ? 'BAD_USER_INPUT'
          : findsUser(facts, actor, other.id)
            ? expected(facts, actor, other)
            : 'NOT_FOUND',
      change: () => change(facts, actor, other),
    };
  };
}

const always = () => done;

export const followUser = toPerson(
  'followUser',
  (facts, actor, other) => {
    if (!other.isActive || isBlocking(facts, other.id, actor.id)) return 'NOT_FOUND';
    return isBlocking(facts, actor.id, other.id) ? 'BAD_USER_INPUT' : done;
  },
  (facts, actor, other) => {
    const key = pair(actor.id, other.id);
    const before = facts.follows.get(key);
    if (before === 'FOLLOWING' || (before === 'REQUESTED' && other.isPrivate)) return;
    facts.follows.set(key, other.isPrivate ? 'REQUESTED' : 'FOLLOWING');
    const activity = { actorId: actor.id, subjectId: actor.id, postId: null };
    retractFollow(facts, other.id, actor.id, ['FOLLOW', 'FOLLOW_REQUEST']);
    tell(facts, activity, [{ type: other.isPrivate ? 'FOLLOW_REQUEST' : 'FOLLOW', userIds: [other.id] }]);
  },
);

/** What the recipient was told of one person's following. */
const retractFollow = (facts: Facts, recipientId: string, actorId: string, types: readonly string[]) =>
  retract(
    facts,
    (one, told) => told === recipientId && one.subjectId === actorId && types.includes(one.type),
  );

/** Nothing is read in these worlds: what was told of a follow goes with it. */
function endFollow(facts: Facts, followerId: string, followeeId: string): void {
  if (!facts.follows.delete(pair(followerId, followeeId))) return;
  retractFollow(facts, followeeId, followerId, ['FOLLOW', 'FOLLOW_REQUEST']);
  retractFollow(facts, followerId, followeeId, ['FOLLOW_ACCEPTED']);
}

function accept(facts: Facts, followerId: string, followeeId: string): void {
  const key = pair(followerId, followeeId);
  if (facts.follows.get(key) !== 'REQUESTED') return;
  facts.follows.set(key, 'FOLLOWING');
  retractFollow(facts, followeeId, followerId, ['FOLLOW_REQUEST']);
  retractFollow(facts, followerId, followeeId, ['FOLLOW_ACCEPTED']);
  const activity = { actorId: followeeId, subjectId: followeeId, postId: null };
  tell(facts, activity, [{ type: 'FOLLOW_ACCEPTED', userIds: [followerId] }]);
}

export const unfollowUser = toPerson('unfollowUser', always, (facts, actor, other) =>
  endFollow(facts, actor.id, other.id),
);
const removeFollower = toPerson('removeFollower', always, (facts, actor, other) =>
  endFollow(facts, other.id, actor.id),
);
const rejectFollowRequest = toPerson('rejectFollowRequest', always, (facts, actor, other) => {
  if (facts.follows.get(pair(other.id, actor.id)) === 'REQUESTED') endFollow(facts, other.id, actor.id);
});
const acceptFollowRequest = toPerson(
  'acceptFollowRequest',
  (facts, actor, other) => (facts.follows.has(pair(other.id, actor.id)) ? done : 'BAD_USER_INPUT'),
  (facts, actor, other) => accept(facts, other.id, actor.id),
);
export const blockUser = toPerson(
  'blockUser',
  // Who moderates finds also those who block them.
  (facts, actor, other) => (isBlocking(facts, other.id, actor.id) ? 'NOT_FOUND' : done),
  (facts, actor, other) => {
    endFollow(facts, actor.id, other.id);
    endFollow(facts, other.id, actor.id);
    facts.blocks.add(pair(actor.id, other.id));
    retract(facts, (one, told) => told === actor.id && one.actorIds.has(other.id), other.id);
    retract(facts, (one, told) => told === other.id && one.actorIds.has(actor.id), actor.id);
  },
);
const unblockUser = toPerson('unblockUser', always, (facts, actor, other) => {
  facts.blocks.delete(pair(actor.id, other.id));
});

/** Long enough for the mute to be put before it is over. */
const briefMs = 2_000;

const muteUser: Act = (drawn) => {
  const [notifications, isBrief] = [drawn.random.chance(0.6), drawn.random.chance(0.1)];
  return muteOn(drawn, { notifications, isBrief });
};

export function muteOn(
  drawn: Drawn,
  { notifications, isBrief }: { notifications: boolean; isBrief: boolean },
  chosen?: PersonFact,
): Attempt | null {
  const attempt = toPerson(
    'muteUser',
    (facts, actor, other) => (other.isActive && !isBlocking(facts, other.id, actor.id) ? done : 'NOT_FOUND'),
    (facts, actor, other) => {
      if (isBrief) facts.mutes.delete(pair(actor.id, other.id));
      else facts.mutes.set(pair(actor.id, other.id), { notifications });
      if (!notifications) return;
      retract(facts, (one, told) => told === actor.id && one.actorIds.has(other.id), other.id);
    },
  )(drawn, chosen);
  if (!attempt) return null;
  const over = Date.now() + briefMs;
  return {
    ...attempt,
    query: `mutation ($id: ID!, $notifications: Boolean!, $until: DateTime) {
      muteUser(input: { userId: $id, notifications: $notifications, until: $until }) { user { id } } }`,
    variables: { ...attempt.variables, notifications, until: isBrief ? new Date(over).toISOString() : null },
    async change(answer) {
      // A brief one is over before anything else happens.
      if (isBrief) await until(() => Date.now() > over, { what: 'the end of a mute' });
      await attempt.change(answer);
    },
  };
}

const unmuteUser = toPerson('unmuteUser', always, (facts, actor, other) => {
  facts.mutes.delete(pair(actor.id, other.id));
});

const setPrivate: Act = ({ facts, actor, random }) => {
  const isPrivate = random.chance(0.5);
  return {
    query:
      'mutation ($isPrivate: Boolean!) { updateProfile(input: { isPrivate: $isPrivate }) { user { id } } }',
    variables: { isPrivate },
    expected: done,
    change() {
      actor.isPrivate = isPrivate;
      if (isPrivate) return;
      for (const follower of facts.people.values()) accept(facts, follower.id, actor.id);
    },
  };
};

export const changeStanding = (drawn: Drawn, chosen?: PersonFact): Attempt | null => {
  const { by, may } = moderating(drawn);
  const everybody = [...drawn.facts.people.values()];
  const others = everybody.filter(({ id }) => id !== by.id);
  // Most of a world's people are to stay.
  const gone = drawn.random.chance(0.5) ? others.filter((one) => !one.isActive) : [];
  const other = chosen ?? drawn.random.oneOf(gone) ?? drawn.random.oneOf(others);
  if (!other || (may !== done && other.isModerator)) return null;
  const { isActive } = other;
  return {
    by,
    query: isActive
      ? 'mutation ($id: ID!) { suspendAccount(input: { userId: $id, reason: "spam" }) { standing { suspendedAt } } }'
      : 'mutation ($id: ID!) { reinstateAccount(input: { userId: $id }) { standing { suspendedAt } } }',
    variables: { id: other.id },
    expected: may,
    change() {
      other.isActive = !isActive;
    },
  };
};

export const changeAnyStanding: Act = (drawn) => changeStanding(drawn);

export const peopleActs: readonly { weight: number; act: Act }[] = [
  { weight: 24, act: (drawn) => followUser(drawn) },
  { weight: 2, act: (drawn) => unfollowUser(drawn) },
  { weight: 1, act: (drawn) => removeFollower(drawn) },
  { weight: 1, act: (drawn) => rejectFollowRequest(drawn) },
  { weight: 5, act: (drawn) => acceptFollowRequest(drawn) },
  { weight: 6, act: (drawn) => blockUser(drawn) },
  { weight: 1, act: (drawn) => unblockUser(drawn) },
  { weight: 8, act: muteUser },
  { weight: 2, act: (drawn) => unmuteUser(drawn) },
  { weight: 5, act: setPrivate },
  { weight: 5, act: changeAnyStanding },
];
