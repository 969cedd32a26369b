import { type Act, type Attempt, type Drawn, done } from './act.ts';
import { hear, hearOfMessage, makeConversation, noteMessage } from './chat-facts.ts';
import { type ConversationFact, type Facts, type MessageFact, type PersonFact, pair } from './facts.ts';
import { drawMedia } from './media-acts.ts';
import { interacts, isCutOff, seesMessage } from './rules.ts';

/** Mostly one that the actor is in. */
export function drawConversation({ facts, actor, random }: Drawn): ConversationFact | null {
  const all = [...facts.conversations.values()];
  return random.oneOf(random.chance(0.85) ? all.filter(({ members }) => members.has(actor.id)) : all);
}

/** What comes of taking these people together with the actor; themselves they can't take. */
export function onPeople(facts: Facts, actor: PersonFact, others: readonly PersonFact[]): string {
  if (others.length === 0 || others.includes(actor)) return 'BAD_USER_INPUT';
  const all = others.every(({ id }) => interacts(facts, actor, id));
  return all && !areAnyBlocked(facts, others, others) ? done : 'NOT_FOUND';
}

export const areAnyBlocked = (facts: Facts, some: readonly PersonFact[], others: readonly PersonFact[]) =>
  some.some((one) =>
    others.some(
      (other) => facts.blocks.has(pair(one.id, other.id)) || facts.blocks.has(pair(other.id, one.id)),
    ),
  );

const startConversation: Act = ({ facts, actor, random }) => {
  const everybody = [...facts.people.values()];
  const [direct, isSensible] = [random.chance(0.4), random.chance(0.8)];
  const eligible = isSensible ? everybody.filter((one) => onPeople(facts, actor, [one]) === done) : everybody;
  const one = random.oneOf(eligible);
  const others = direct ? one && [one] : random.some(eligible, 0.5).filter((person) => person !== actor);
  if (!others?.length) return null;
  const title = others.length > 1 && random.chance(0.5) ? `t${random.below(1e9)}` : null;
  return {
    query: `mutation ($memberIds: [ID!]!, $title: String) {
      startConversation(input: { memberIds: $memberIds, title: $title }) { conversation { id } } }`,
    variables: { memberIds: others.map(({ id }) => id), title },
    expected: onPeople(facts, actor, others),
    change(answer) {
      const { id } = answer.startConversation.conversation;
      if (facts.conversations.has(id)) return;
      const isGroup = others.length > 1;
      const memberIds = [...facts.people.keys()].filter(
        (userId) => userId === actor.id || others.some((other) => other.id === userId),
      );
      makeConversation(
        facts,
        { id, kind: isGroup ? 'GROUP' : 'DIRECT', title },
        memberIds,
        isGroup ? actor.id : null,
      );
      if (isGroup)
        hear(facts, memberIds, { kind: 'CONVERSATION_CHANGED', conversationId: id, actorId: actor.id });
    },
  };
};

const sendMessage: Act = (drawn) => {
  const { facts, actor, random } = drawn;
  const conversation = drawConversation(drawn);
  if (!conversation) return null;
  const text = `m${random.below(1e9)}`;
  const { mediaIds, areOwn } = drawMedia(drawn);
  const elsewhere = random.oneOf([...facts.conversations.values()]) ?? conversation;
  const replyTo = random.chance(0.3)
    ? random.oneOf((random.chance(0.9) ? conversation : elsewhere).messages)
    : null;
  const isAnswerable =
    !replyTo || (conversation.messages.includes(replyTo) && seesMessage(actor, conversation, replyTo));
  return {
    query: `mutation ($id: ID!, $text: String!, $mediaIds: [ID!], $replyToId: ID) { sendMessage(input: {
      conversationId: $id, text: $text, mediaIds: $mediaIds, replyToId: $replyToId }) { message { id seq } } }`,
    variables: { id: conversation.id, text, mediaIds, replyToId: replyTo?.id },
    expected: !conversation.members.has(actor.id)
      ? 'NOT_FOUND'
      : !isAnswerable || !areOwn
        ? 'BAD_USER_INPUT'
        : isCutOff(facts, actor, conversation)
          ? 'FORBIDDEN'
          : done,
    change(answer) {
      const message: MessageFact = {
        id: answer.sendMessage.message.id,
        seq: conversation.messages.length + 1,
        senderId: actor.id,
        text,
        mediaIds,
        replyToId: replyTo?.id ?? null,
        isEdited: false,
        isDeleted: false,
        reactions: new Set(),
      };
      noteMessage(facts, conversation, message);
      hearOfMessage(facts, conversation, message, { kind: 'MESSAGE_SENT', actorId: actor.id });
    },
  };
};

interface Found {
  conversation: ConversationFact;
  message: MessageFact;
  /** Whether the actor sent it and has it still. */
  isOwn: boolean;
}

function drawMessage(drawn: Drawn): Found | null {
  const conversation = drawConversation(drawn);
  const { actor, random } = drawn;
  const own = conversation?.messages.filter(({ senderId }) => senderId === actor.id);
  const message = random.oneOf((random.chance(0.5) ? own : conversation?.messages) ?? []);
  if (!conversation || !message) return null;
  const isOwn = message.senderId === actor.id && seesMessage(actor, conversation, message);
  return { conversation, message, isOwn };
}

const editMessage: Act = (drawn) => {
  const found = drawMessage(drawn);
  return found && edit(drawn, found);
};

export function edit(
  { facts, actor, random }: Drawn,
  { conversation, message }: Pick<Found, 'conversation' | 'message'>,
): Attempt {
  const text = `m${random.below(1e9)}`;
  const isOwn = message.senderId === actor.id && seesMessage(actor, conversation, message);
  return {
    by: actor,
    query: `mutation ($id: ID!, $text: String!) {
      editMessage(input: { messageId: $id, text: $text }) { message { id } } }`,
    variables: { id: message.id, text },
    expected:
      !isOwn || message.isDeleted ? 'NOT_FOUND' : isCutOff(facts, actor, conversation) ? 'FORBIDDEN' : done,
    change() {
      Object.assign(message, { text, isEdited: true });
      hearOfMessage(facts, conversation, message, { kind: 'MESSAGE_EDITED', actorId: actor.id });
    },
  };
}

const deleteMessage: Act = (drawn) => {
  const found = drawMessage(drawn);
  if (!found) return null;
  const { conversation, message, isOwn } = found;
  return {
    query: 'mutation ($id: ID!) { deleteMessage(input: { messageId: $id }) { deletedId } }',
    variables: { id: message.id },
    expected: isOwn ? done : 'NOT_FOUND',
    change() {
      if (message.isDeleted) return;
      Object.assign(message, { text: '', mediaIds: [], isDeleted: true, isEdited: false });
      message.reactions.clear();
      hearOfMessage(drawn.facts, conversation, message, {
        kind: 'MESSAGE_DELETED',
        actorId: drawn.actor.id,
      });
    },
  };
};

const react =
  (verb: 'reactToMessage' | 'removeMessageReaction'): Act =>
  (drawn) => {
    const found = drawMessage(drawn);
    const emoji = drawn.random.oneOf(['👍', '🎉']);
    return found && emoji ? toMessage(verb, drawn, found, emoji) : null;
  };

export function toMessage(
  verb: 'reactToMessage' | 'removeMessageReaction',
  { facts, actor }: Pick<Drawn, 'facts' | 'actor'>,
  { conversation, message }: Pick<Found, 'conversation' | 'message'>,
  emoji: string,
): Attempt {
  const isRefused = verb === 'reactToMessage' && isCutOff(facts, actor, conversation);
  const isThere = seesMessage(actor, conversation, message) && !message.isDeleted;
  return {
    by: actor,
    query: `mutation ($id: ID!, $emoji: String!) {
      ${verb}(input: { messageId: $id, emoji: $emoji }) { message { id } } }`,
    variables: { id: message.id, emoji },
    expected: !isThere ? 'NOT_FOUND' : isRefused ? 'FORBIDDEN' : done,
    change() {
      const { reactions } = message;
      const reaction = pair(actor.id, emoji);
      const had = reactions.has(reaction);
      if (verb === 'reactToMessage') reactions.add(reaction);
      else reactions.delete(reaction);
      if (had === reactions.has(reaction)) return;
      hearOfMessage(facts, conversation, message, { kind: 'REACTION_CHANGED', actorId: actor.id });
    },
  };
}

const markConversationRead: Act = (drawn) => {
  const { facts, actor, random } = drawn;
  const conversation = drawConversation(drawn);
  if (!conversation) return null;
  const { id, members, messages } = conversation;
  const upToSeq = random.below(messages.length + 2);
  const member = members.get(actor.id);
  return {
    query: `mutation ($id: ID!, $upToSeq: Int!) {
      markConversationRead(input: { conversationId: $id, upToSeq: $upToSeq }) { conversation { id } } }`,
    variables: { id, upToSeq },
    expected: !member ? 'NOT_FOUND' : upToSeq > messages.length ? 'BAD_USER_INPUT' : done,
    change() {
      if (!member || upToSeq <= member.readUpTo) return;
      member.readUpTo = upToSeq;
      hear(facts, members.keys(), { kind: 'READ', conversationId: id, actorId: actor.id });
    },
  };
};

export const chatActs: readonly { weight: number; act: Act }[] = [
  { weight: 10, act: startConversation },
  { weight: 22, act: sendMessage },
  { weight: 3, act: editMessage },
  { weight: 3, act: deleteMessage },
  { weight: 4, act: react('reactToMessage') },
  { weight: 2, act: react('removeMessageReaction') },
  { weight: 4, act: markConversationRead },
];
