import type { Graph } from '../../graph/client.ts';
import { followStream } from '../../graph/follow-stream.ts';
import type { Listed } from './feed-list.ts';
import { HomeTimelineDocument, HomeTimelineEventsDocument } from './generated/documents.ts';
import { PAGE_SIZE } from './page-size.ts';

/**
 * Gives the posts that enter the home timeline from now on, newest first, and those that did since `newest`, the time of the newest that
 * the server rendered.
 */
export const watchHome =
  (newest: string) =>
  (graph: Graph, show: (posts: Listed[]) => void): (() => void) => {
    let posts: Listed[] = [];

    function add(arrived: Listed[]): void {
      const ids = new Set(posts.map(({ id }) => id));
      const fresh = arrived.filter(({ id }) => !ids.has(id));
      if (fresh.length === 0) return;
      posts = [...fresh, ...posts];
      show(posts);
    }

    return followStream(graph, {
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
  };
