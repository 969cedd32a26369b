import { until } from '@socialhub/platform/testing/until';
import type { Watch } from '../story/client.ts';
import { unreadOf } from './chat-facts.ts';
import { type ChatEventFact, type Facts, get, type PersonFact } from './facts.ts';
import { shownTo } from './notifications.ts';
import { subjectOf } from './own-questions.ts';
import { findsUser, isInHomeTimeline, seesMessage } from './rules.ts';
import type { World } from './world.ts';

/** Open streams of everybody's, and what they are to bring. */
export interface Listening {
  /** To be called when something has been done; resolves when what follows has been heard. */
  hear(): Promise<void>;
  /** What each has heard by now beside what they were to hear. */
  outcome(): { heard: Record<string, string[]>; expected: Record<string, string[]> };
  stop(): void;
}

interface Stream {
  name: string;
  heard(): string[];
  expected: string[];
  /** What is new since it was called last. */
  news(): string[];
}

/** What is new for whoever listens since it was called last; `possible` gets what may come beside it. */
type News = (possible: Set<string>) => string[];

/** Has everybody listen to their home timeline, to their notifications and to their conversations. */
export async function listenIn(world: World): Promise<Listening> {
  const streams: Stream[] = [];
  const stops: (() => void)[] = [];
  const open = async (
    who: PersonFact,
    { field, selection, textOf }: { field: string; selection: string; textOf: (event: Event) => string },
    news: News,
  ) => {
    const watch = await world.phoneOf(who).watch(`subscription { ${field} { ${selection} } }`);
    stops.push(watch.drop);
    const possible = new Set<string>();
    const heard = () =>
      watch.answers
        .map(({ data }) => (data?.[field] ? textOf(data[field]) : 'a fault'))
        .filter((text) => !possible.has(text));
    streams.push({ name: `${who.username} ${field}`, heard, expected: [], news: () => news(possible) });
  };
  for (const who of world.viewers()) {
    if (!who) continue;
    await open(who, homeEvents, newPosts(world, who));
    await open(who, notificationEvents, newlyTold(world, who));
    await open(who, chatEvents, newInChats(world, who));
  }
  return {
    async hear() {
      for (const { expected, news } of streams) expected.push(...news());
      const late = () => streams.filter(({ heard, expected }) => heard().length < expected.length);
      await until(() => late().length === 0, { timeoutMs: 20_000, what: 'what is to be heard' }).catch(() => {
        throw new Error(
          late()
            .map(({ name, heard, expected }) => `${name} waits for ${expected.at(-1)} behind ${heard()}`)
            .join('\n'),
        );
      });
    },
    outcome: () => ({
      heard: Object.fromEntries(streams.map(({ name, heard }) => [name, heard()])),
      expected: Object.fromEntries(streams.map(({ name, expected }) => [name, expected])),
    }),
    stop() {
      for (const stop of stops) stop();
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: of three shapes, which the subscriptions give
type Event = any;

const homeEvents = {
  field: 'homeTimelineEvents',
  selection: 'post { id visibility }',
  textOf: ({ post }: Event) => String(post?.id),
};

/** What was written just before one began to follow its author may come, with what comes next. */
function newPosts({ facts }: World, who: PersonFact): News {
  const known = new Set(facts.posts.keys());
  const elsewhere = new Set<string>();
  return (possible) => {
    const isHome = (id: string) => {
      const post = facts.posts.get(id);
      return post !== undefined && isInHomeTimeline(facts, who, post);
    };
    for (const id of elsewhere) if (isHome(id)) possible.add(id);
    const news = [...facts.posts.keys()].filter((id) => !known.has(id));
    for (const id of news) {
      known.add(id);
      if (!isHome(id)) elsewhere.add(id);
    }
    return news.filter(isHome);
  };
}

const notificationEvents = {
  field: 'notificationReceived',
  selection:
    'unreadCount notification { type actorCount subject { ... on User { id username } ... on Post { id text } ... on Comment { id text } } }',
  textOf: ({ unreadCount, notification: { type, actorCount, subject } }: Event) =>
    `${type} by ${actorCount} of ${subject?.id}, ${unreadCount} unread`,
};

function newlyTold({ facts }: World, who: PersonFact): News {
  const told = () => new Map(shownTo(facts, who.id).map((one) => [`${one.type} ${one.subjectId}`, one]));
  let before = told();
  return () => {
    const now = told();
    const news = [...now].filter(([key, { actorIds }]) => {
      const earlier = before.get(key)?.actorIds;
      return !earlier || [...actorIds].some((id) => !earlier.has(id));
    });
    before = now;
    return news.map(
      ([, { type, actorIds, subjectId }]) =>
        `${type} by ${actorIds.size} of ${subjectOf(facts, who, subjectId)?.id}, ${now.size} unread`,
    );
  };
}

const chatEvents = {
  field: 'chatEvents',
  selection:
    'kind conversationId conversation { unreadCount } message { id text sender { id username } } actor { id username }',
  textOf: ({ kind, conversationId, conversation, message, actor }: Event) =>
    chatText({
      kind,
      conversationId,
      unread: conversation?.unreadCount,
      message: message && `${message.id} ${message.text} of ${message.sender?.id}`,
      actorId: actor?.id,
    }),
};

const chatText = ({ kind, conversationId, unread, message, actorId }: Record<string, unknown>): string =>
  `${kind} in ${conversationId} (${unread} unread): ${message} by ${actorId}`;

function newInChats({ facts }: World, who: PersonFact): News {
  const log = get(facts.chatLogs, who.id);
  let heard = log.length;
  return () => {
    const news = log.slice(heard).map((event) => asHeard(facts, who, event));
    heard = log.length;
    return news;
  };
}

/** Of whoever is not found it is not told who it was, and of a message only to those who see it what it says. */
function asHeard(facts: Facts, who: PersonFact, { kind, conversationId, messageId, actorId }: ChatEventFact) {
  const found = (userId: string) => (findsUser(facts, who, userId) ? userId : undefined);
  const conversation = facts.conversations.get(conversationId);
  const member = conversation?.members.get(who.id);
  const message = conversation?.messages.find(({ id }) => id === messageId);
  return chatText({
    kind,
    conversationId,
    unread: conversation && member && unreadOf(conversation, who.id, member),
    message:
      conversation && message && seesMessage(who, conversation, message)
        ? `${message.id} ${message.text} of ${found(message.senderId)}`
        : null,
    actorId: found(actorId),
  });
}

/** Everybody's first cursor in their conversations, once they have one. */
export async function keepFirstCursors(world: World): Promise<(who: PersonFact) => string | undefined> {
  const streams = new Map<string, Watch>();
  for (const who of world.viewers()) {
    if (who) streams.set(who.id, await world.phoneOf(who).watch('subscription { chatEvents { cursor } }'));
  }
  return ({ id }) => streams.get(id)?.answers[0]?.data?.chatEvents.cursor;
}

/**
 * What somebody hears of their conversations behind the first cursor of all, beside what they were to hear: what happened where they
 * are still, since they came in, and where they ceased to be.
 */
export async function hearAllAgain({ facts, phoneOf }: World, who: PersonFact, after: string) {
  const isHeard = ({ conversationId, isEnd }: ChatEventFact, nth: number) => {
    const member = facts.conversations.get(conversationId)?.members.get(who.id);
    return isEnd || (member !== undefined && nth >= member.heardBefore);
  };
  const expected = get(facts.chatLogs, who.id).flatMap((event, nth) =>
    nth > 0 && isHeard(event, nth) ? asHeard(facts, who, event) : [],
  );
  const text = `subscription ($after: String) { chatEvents(after: $after) { ${chatEvents.selection} } }`;
  const watch = await phoneOf(who).watch(text, { after });
  const heard = () => watch.answers.map(({ data }) => chatEvents.textOf(data?.chatEvents));
  await until(() => heard().length >= expected.length, { what: 'all to be told again' }).catch(
    () => undefined,
  );
  watch.drop();
  return { heard: heard(), expected };
}
