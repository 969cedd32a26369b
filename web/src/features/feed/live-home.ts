import type { Graph } from '../../graph/client.ts';
import type { Listed } from './feed-list.ts';
import { HomeTimelineDocument, HomeTimelineEventsDocument } from './generated/documents.ts';
import { PAGE_SIZE } from './page-size.ts';

const again = 5_000;

/**
 * Gives the posts that enter the home timeline from now on, newest first, and those that did since `newest`, the time of the newest that
 * the server rendered.
 */
export const watchHome =
  (newest: string) =>
  ({ client, onConnection }: Graph, show: (posts: Listed[]) => void): (() => void) => {
    let posts: Listed[] = [];
    // Behind a cursor everything comes that was missed. Without one it is read, behind the subscription on the same socket.
    let resumes = false;
    let isHere = false;
    let subscription: { unsubscribe(): void } | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function add(arrived: Listed[]): void {
      const ids = new Set(posts.map(({ id }) => id));
      const fresh = arrived.filter(({ id }) => !ids.has(id));
      if (fresh.length === 0) return;
      posts = [...fresh, ...posts];
      show(posts);
    }

    function begin(): void {
      resumes = false;
      subscription = client.subscribe({ query: HomeTimelineEventsDocument }).subscribe({
        next({ data, error }) {
          const event = data?.homeTimelineEvents;
          if (error || !event) return;
          resumes = true;
          // One that the viewer may read no more came and went.
          if (event.post) add([event.post]);
        },
        error: beginAgain,
        complete: beginAgain,
      });
      if (isHere) setTimeout(readNew);
    }

    function beginAgain(): void {
      subscription?.unsubscribe();
      clearTimeout(timer);
      timer = setTimeout(begin, again);
    }

    function readNew(): void {
      if (resumes) return;
      const variables = { first: PAGE_SIZE, after: null };
      const asked = { fetchPolicy: 'network-only', context: { overSocket: true } } as const;
      client.query({ query: HomeTimelineDocument, variables, ...asked }).then(
        ({ data }) => {
          const read = data?.timeline?.edges.map(({ node }) => node) ?? [];
          add(read.filter(({ createdAt }) => createdAt > newest));
        },
        // What the next event or connection tells anyhow.
        () => undefined,
      );
    }

    begin();
    const stop = onConnection((now) => {
      isHere = now === 'here';
      if (isHere) setTimeout(readNew);
    });
    return () => {
      stop();
      clearTimeout(timer);
      subscription?.unsubscribe();
    };
  };
