import { type Act, type Attempt, type Drawn, done } from './act.ts';
import { areAnyBlocked, drawConversation, onPeople } from './chat-acts.ts';
import { hear, takeIn, takeOut } from './chat-facts.ts';
import { type ConversationFact, get, type PersonFact } from './facts.ts';

/** What comes of changing a conversation, which takes an admin of a group. */
function onGroup({ kind, members }: ConversationFact, actor: PersonFact): string {
  const member = members.get(actor.id);
  if (!member) return 'NOT_FOUND';
  if (kind === 'DIRECT') return 'BAD_USER_INPUT';
  return member.isAdmin ? done : 'FORBIDDEN';
}

/** Mostly somebody who is in it. */
function drawMember({ facts, random }: Drawn, { members }: ConversationFact): PersonFact | null {
  const everybody = [...facts.people.values()];
  return random.oneOf(random.chance(0.8) ? everybody.filter(({ id }) => members.has(id)) : everybody);
}

const updateConversation: Act = (drawn) => {
  const { facts, actor, random } = drawn;
  const conversation = drawConversation(drawn);
  if (!conversation) return null;
  const title = random.chance(0.7) ? `t${random.below(1e9)}` : null;
  return {
    query: `mutation ($id: ID!, $title: String) {
      updateConversation(input: { conversationId: $id, title: $title }) { conversation { id } } }`,
    variables: { id: conversation.id, title },
    expected: onGroup(conversation, actor),
    change() {
      if (conversation.title === title) return;
      conversation.title = title;
      hear(facts, conversation.members.keys(), {
        kind: 'CONVERSATION_CHANGED',
        conversationId: conversation.id,
        actorId: actor.id,
      });
    },
  };
};

const addConversationMembers: Act = (drawn) => {
  const conversation = drawConversation(drawn);
  const other = drawn.random.oneOf([...drawn.facts.people.values()]);
  return conversation && other && addMember(drawn, conversation, other);
};

export function addMember(
  { facts, actor }: Pick<Drawn, 'facts' | 'actor'>,
  conversation: ConversationFact,
  other: PersonFact,
): Attempt {
  const { id, members } = conversation;
  const everybodyThere = [...members.keys()].map((userId) => get(facts.people, userId));
  const isIn = members.has(other.id);
  const asked = onPeople(facts, actor, [other]);
  const may = asked === done ? onGroup(conversation, actor) : asked;
  return {
    by: actor,
    query: `mutation ($id: ID!, $memberIds: [ID!]!) {
      addConversationMembers(input: { conversationId: $id, memberIds: $memberIds }) { conversation { id } } }`,
    variables: { id, memberIds: [other.id] },
    expected: may === done && !isIn && areAnyBlocked(facts, [other], everybodyThere) ? 'NOT_FOUND' : may,
    change() {
      if (isIn) return;
      takeIn(facts, conversation, [other.id]);
      hear(facts, members.keys(), { kind: 'MEMBER_JOINED', conversationId: id, actorId: actor.id });
    },
  };
}

const leaving = ({ kind, members }: ConversationFact, actor: PersonFact): string =>
  kind === 'DIRECT' && members.has(actor.id) ? 'BAD_USER_INPUT' : done;

const leaveConversation: Act = (drawn) => {
  const conversation = drawConversation(drawn);
  return conversation && leave(drawn, conversation);
};

export const leave = (
  { facts, actor }: Pick<Drawn, 'facts' | 'actor'>,
  conversation: ConversationFact,
): Attempt => ({
  by: actor,
  query: 'mutation ($id: ID!) { leaveConversation(input: { conversationId: $id }) { leftId } }',
  variables: { id: conversation.id },
  expected: leaving(conversation, actor),
  change: () => takeOut(facts, conversation, actor.id, actor.id),
});

const removeConversationMember: Act = (drawn) => {
  const conversation = drawConversation(drawn);
  const other = conversation && drawMember(drawn, conversation);
  if (!conversation || !other) return null;
  const { facts, actor } = drawn;
  return {
    query: `mutation ($id: ID!, $userId: ID!) {
      removeConversationMember(input: { conversationId: $id, userId: $userId }) { conversation { id } } }`,
    variables: { id: conversation.id, userId: other.id },
    expected: other === actor ? leaving(conversation, actor) : onGroup(conversation, actor),
    change: () => takeOut(facts, conversation, other.id, actor.id),
  };
};

const setConversationAdmin: Act = (drawn) => {
  const { facts, actor, random } = drawn;
  const conversation = drawConversation(drawn);
  const other = conversation && drawMember(drawn, conversation);
  if (!conversation || !other) return null;
  const { id, members } = conversation;
  const isAdmin = random.chance(0.7);
  const member = members.get(other.id);
  const isLedByOthers = [...members].some(([userId, one]) => one.isAdmin && userId !== other.id);
  const may = onGroup(conversation, actor);
  return {
    query: `mutation ($id: ID!, $userId: ID!, $isAdmin: Boolean!) { setConversationAdmin(input: {
      conversationId: $id, userId: $userId, isAdmin: $isAdmin }) { conversation { id } } }`,
    variables: { id, userId: other.id, isAdmin },
    expected:
      may !== done ? may : !member ? 'NOT_FOUND' : !isAdmin && !isLedByOthers ? 'BAD_USER_INPUT' : done,
    change() {
      if (!member || member.isAdmin === isAdmin) return;
      member.isAdmin = isAdmin;
      hear(facts, members.keys(), {
        kind: 'CONVERSATION_CHANGED',
        conversationId: id,
        actorId: actor.id,
      });
    },
  };
};

export const groupActs: readonly { weight: number; act: Act }[] = [
  { weight: 2, act: updateConversation },
  { weight: 6, act: addConversationMembers },
  { weight: 3, act: leaveConversation },
  { weight: 3, act: removeConversationMember },
  { weight: 3, act: setConversationAdmin },
];
