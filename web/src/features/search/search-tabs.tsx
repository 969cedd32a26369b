import Link from 'next/link';
import tabs from '../../ui/tabs.module.css';

/** What can be searched, by `type` in the address; the first without it. */
export const SEARCH_TYPES = { people: 'People', posts: 'Posts' } as const;

export type SearchType = keyof typeof SEARCH_TYPES;

/** Takes a search parameter, gives what it says is searched. */
export const searchTypeFrom = (value: string | string[] | undefined): SearchType =>
  typeof value === 'string' && Object.hasOwn(SEARCH_TYPES, value) ? (value as SearchType) : 'people';

/** The same search among something else. */
export function SearchTabs({ query, type }: { query: string; type: SearchType }) {
  return (
    <nav aria-label="What to search" className={tabs.tabs}>
      {Object.entries(SEARCH_TYPES).map(([one, label]) => (
        <Link
          key={one}
          href={`/search?${new URLSearchParams({ q: query, type: one })}`}
          className={tabs.tab}
          prefetch={false}
          aria-current={one === type ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
