import type { Graph } from '../../graph/client.ts';
import type { Listed } from './feed-list.ts';
import { WantedFragmentDoc } from './generated/documents.ts';

/**
 * Shows posts that wait to be read, without those of people whom the viewer has muted or blocked meanwhile, and without what others repost of
 * them; anew when that changes.
 */
export function showWanted({ client }: Graph, show: (posts: Listed[]) => void) {
  const people = new Map<string, { isWanted: () => boolean; stop: () => void }>();
  let posts: Listed[] = [];
  let shown = 0;

  const wanted = () =>
    posts.filter((post) => writersOf(post).every((id) => people.get(id)?.isWanted() ?? true));

  function follow(id: string): void {
    const from = client.cache.identify({ __typename: 'User', id }) ?? id;
    const observed = client.watchFragment({ fragment: WantedFragmentDoc, from });
    people.set(id, {
      isWanted() {
        const relation = observed.getCurrentResult().data?.viewerRelationship;
        return !relation?.blocking && !relation?.muting;
      },
      stop: () => subscription.unsubscribe(),
    });
    const subscription = observed.subscribe(() => {
      const now = wanted();
      if (now.length !== shown) tell(now);
    });
  }

  function tell(now: Listed[]): void {
    shown = now.length;
    show(now);
  }

  return {
    put(all: Listed[]): void {
      posts = all;
      for (const id of new Set(posts.flatMap(writersOf))) if (!people.has(id)) follow(id);
      tell(wanted());
    },
    stop(): void {
      for (const { stop } of people.values()) stop();
    },
  };
}

/** Who wrote a post, and of a repost what it is of. */
const writersOf = ({ author, repostOf }: Listed): string[] =>
  [author?.id, repostOf?.author?.id].filter((id) => id !== undefined);
