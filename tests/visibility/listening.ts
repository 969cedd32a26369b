import { until } from '@socialhub/platform/testing/until';
import type { PersonFact } from './facts.ts';
import { shownTo } from './notifications.ts';
import { subjectOf } from './questions.ts';
import { isInHomeTimeline } from './rules.ts';
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
  /** What is new for whoever listens since it was called last. */
  news(): string[];
}

/** Has everybody listen to their home timeline and to their notifications. */
export async function listenIn(world: World): Promise<Listening> {
  const streams: Stream[] = [];
  const stops: (() => void)[] = [];
  const open = async (
    who: PersonFact,
    { field, selection, textOf }: { field: string; selection: string; textOf: (event: Event) => string },
    news: () => string[],
  ) => {
    const watch = await world.phoneOf(who).watch(`subscription { ${field} { ${selection} } }`);
    stops.push(watch.drop);
    const heard = () => watch.answers.map(({ data }) => (data?.[field] ? textOf(data[field]) : 'a fault'));
    streams.push({ name: `${who.username} ${field}`, heard, expected: [], news });
  };
  for (const who of world.viewers()) {
    if (!who) continue;
    await open(who, homeEvents, newPosts(world, who));
    await open(who, notificationEvents, newlyTold(world, who));
  }
  // A subscription is heard of only when something comes: whoever is first to post is waited for below.
  return {
    async hear() {
      for (const { expected, news } of streams) expected.push(...news());
      await until(() => streams.every(({ heard, expected }) => heard().length >= expected.length), {
        what: 'what is to be heard',
      }).catch(() => undefined);
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

// biome-ignore lint/suspicious/noExplicitAny: of two shapes, which the subscriptions give
type Event = any;

const homeEvents = {
  field: 'homeTimelineEvents',
  selection: 'post { id visibility }',
  textOf: ({ post }: Event) => String(post?.id),
};

function newPosts({ facts }: World, who: PersonFact): () => string[] {
  const known = new Set(facts.posts.keys());
  return () => {
    const news = [...facts.posts.values()].filter(({ id }) => !known.has(id));
    for (const { id } of news) known.add(id);
    return news.filter((post) => isInHomeTimeline(facts, who, post)).map(({ id }) => id);
  };
}

const notificationEvents = {
  field: 'notificationReceived',
  selection:
    'unreadCount notification { type actorCount subject { ... on User { id username } ... on Post { id text } ... on Comment { id text } } }',
  textOf: ({ unreadCount, notification: { type, actorCount, subject } }: Event) =>
    `${type} by ${actorCount} of ${subject?.id}, ${unreadCount} unread`,
};

function newlyTold({ facts }: World, who: PersonFact): () => string[] {
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
