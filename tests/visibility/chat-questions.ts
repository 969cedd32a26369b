import { unreadOf } from './chat-facts.ts';
import type { ConversationFact, Facts, MessageFact, PersonFact } from './facts.ts';
import { reactionCounts, viewerReactions } from './post-questions.ts';
import { countsOf } from './profile-questions.ts';
import { type Asked, list, type Question, shownMedia } from './question.ts';
import { findsUser, seesMessage, type Viewer } from './rules.ts';

/** Wherever a conversation names somebody whom the viewer does not find, it tells no count of theirs (0191). */
const withPosts = (facts: Facts, viewer: Viewer, id: string) => ({
  id,
  postCount: findsUser(facts, viewer, id) ? countsOf(facts, id).postCount : null,
});
const withFollowers = (facts: Facts, viewer: Viewer, id: string) =>
  findsUser(facts, viewer, id) ? { id, followerCount: countsOf(facts, id).followerCount } : null;

const messageFields = `id text deletedAt editedAt sender { id postCount } media { id kind altText }
  replyTo { id text } reactions { emoji count } viewerReactions`;

function shownMessage(asked: Asked, conversation: ConversationFact, message: MessageFact) {
  const { facts, viewer } = asked;
  const answered = conversation.messages.find(({ id }) => id === message.replyToId);
  return {
    id: message.id,
    text: message.text,
    deletedAt: message.isDeleted ? 'a time' : null,
    editedAt: message.isEdited ? 'a time' : null,
    sender: withPosts(facts, viewer, message.senderId),
    media: shownMedia(asked, message.mediaIds),
    replyTo:
      answered && seesMessage(viewer, conversation, answered)
        ? { id: answered.id, text: answered.text }
        : null,
    reactions: reactionCounts(message.reactions),
    viewerReactions: viewerReactions(viewer, message.reactions),
  };
}

/** The viewer's conversations, and everybody else's by their ids. */
export function chat(facts: Facts, viewer: PersonFact): Question[] {
  const own = [...facts.conversations.values()].flatMap((conversation) => {
    const member = conversation.members.get(viewer.id);
    return member ? [{ conversation, member }] : [];
  });
  return [
    {
      name: 'conversations',
      query: `query Conversations { conversations(first: 100) { edges { node {
        id unreadCount lastMessage { id text sender { id followerCount } } } } } }`,
      variables: {},
      data: {
        conversations: list(
          own
            .toSorted((one, other) => other.member.lastActivity - one.member.lastActivity)
            .map(({ conversation, member }) => {
              const last = conversation.messages.at(-1);
              return {
                id: conversation.id,
                unreadCount: unreadOf(conversation, viewer.id, member),
                lastMessage:
                  last && seesMessage(viewer, conversation, last)
                    ? {
                        id: last.id,
                        text: last.text,
                        sender: withFollowers(facts, viewer, last.senderId),
                      }
                    : null,
              };
            }),
        ),
      },
      errors: [],
    },
    ...[...facts.conversations.values()].map((conversation) =>
      oneConversation({ facts, viewer }, conversation),
    ),
  ];
}

function oneConversation(asked: Asked, conversation: ConversationFact): Question {
  const { facts, viewer } = asked;
  const { id, kind, title, members, messages } = conversation;
  const isIn = viewer !== null && members.has(viewer.id);
  return {
    name: 'a conversation',
    query: `query Conversation($id: ID!) { conversation(id: $id) { id kind title
      members(first: 100) { totalCount edges { node { readUpTo isAdmin user { id postCount } } } }
      messages(first: 100) { edges { node { seq ${messageFields} } } } } }`,
    variables: { id },
    data: {
      conversation: isIn
        ? {
            id,
            kind,
            title,
            members: {
              totalCount: members.size,
              ...list(
                [...members].map(([userId, { readUpTo, isAdmin }]) => ({
                  readUpTo,
                  isAdmin,
                  user: withPosts(facts, viewer, userId),
                })),
              ),
            },
            messages: list(
              messages
                .filter((message) => seesMessage(viewer, conversation, message))
                .map((message) => ({ seq: message.seq, ...shownMessage(asked, conversation, message) })),
            ),
          }
        : null,
    },
    errors: [],
  };
}

/** Conversations and messages by their ids, also for who was in them once or never. */
export function chatNodes(asked: Asked): Question[] {
  const { facts, viewer } = asked;
  const conversations = [...facts.conversations.values()];
  const messages = conversations.flatMap((conversation) =>
    conversation.messages.map((message) => ({ conversation, message })),
  );
  const latest = messages.slice(-100);
  return [
    {
      name: 'conversations by their ids',
      query: 'query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id ... on Conversation { title } } }',
      variables: { ids: conversations.map(({ id }) => id).slice(-100) },
      data: {
        nodes: conversations
          .slice(-100)
          .map(({ id, title, members }) => (viewer && members.has(viewer.id) ? { id, title } : null)),
      },
      errors: [],
    },
    {
      name: 'messages by their ids',
      query: `query Nodes($ids: [ID!]!) { nodes(ids: $ids) { ... on Message { ${messageFields} } } }`,
      variables: { ids: latest.map(({ message }) => message.id) },
      data: {
        nodes: latest.map(({ conversation, message }) =>
          seesMessage(viewer, conversation, message) ? shownMessage(asked, conversation, message) : null,
        ),
      },
      errors: [],
    },
  ];
}
