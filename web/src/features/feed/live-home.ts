import type { Graph } from '../../graph/client.ts';
import { followStream } from '../../graph/follow-stream.ts';
import type { Listed } from './feed-list.ts';
import { HomeTimelineDocument, HomeTimelineEventsDocument } from './generated/documents.ts';
import { PAGE_SIZE } from './page-size.ts';
import { showWanted } from './wanted-posts.ts';

/** What entered the home timeline, newest first, and who is told of more. */
interface Arrivals {
  posts: Listed[];
  listeners: Set<(fresh: Listed[]) => void>;
}

/** Followed across pages, so that who comes back home asks for nothing. */
const followed = new WeakMap<Graph, Arrivals>();
/** Whoever was away for long reads the newest, not all. */
const most = 100;
/** Of posts written at once the later one may be seen first. */
const aboutOnceMs = 60_000;

/**
 * Gives the posts that enter the home timeline from now on, newest first, and those that did since `newest`, the time of the newest that
 * is shown.
 */
export const watchHome =
  (newest: string) =>
  (graph: Graph, show: (posts: Listed[]) => void): (() => void) => {
    const arrivals = followed.get(graph) ?? follow(graph, newest);
    const since = Date.parse(newest) - aboutOnceMs;
    let posts = newest ? arrivals.posts.filter((post) => Date.parse(post.createdAt) > since) : arrivals.posts;
    const wanted = showWanted(graph, show);
    const add = (fresh: Listed[]) => {
      posts = [...fresh, ...posts].slice(0, most);
      wanted.put(posts);
    };
    if (posts.length > 0) wanted.put(posts);
    arrivals.listeners.add(add);
    return () => {
      arrivals.listeners.delete(add);
      wanted.stop();
    };
  };

function follow(graph: Graph, newest: string): Arrivals {
  const arrivals: Arrivals = { posts: [], listeners: new Set() };
  followed.set(graph, arrivals);

  function add(arrived: Listed[]): void {
    const ids = new Set(arrivals.posts.map(({ id }) => id));
    const fresh = arrived.filter(({ id }) => !ids.has(id));
    if (fresh.length === 0) return;
    arrivals.posts = [...fresh, ...arrivals.posts].slice(0, most);
    for (const listener of arrivals.listeners) listener(fresh);
  }

  const stop = followStream(graph, {
    document: HomeTimelineEventsDocument,
    eventOf: (data) => data.homeTimelineEvents,
    take({ post }) {
      // One that the viewer may read no more came and went.
      if (post) add([post]);
    },
    catchUp() {
      const variables = { first: PAGE_SIZE, after: null };
      const asked = { fetchPolicy: 'network-only', context: { overSocket: true } } as const;
      graph.client.query({ query: HomeTimelineDocument, variables, ...asked }).then(
        ({ data }) => {
          const read = data?.timeline?.edges.map(({ node }) => node) ?? [];
          add(read.filter(({ createdAt }) => createdAt > newest));
        },
        // What the next event or connection tells anyhow.
        () => undefined,
      );
    },
  });
  graph.onStop(stop);
  return arrivals;
}
