import Link from 'next/link';
import tabs from '../../ui/tabs.module.css';
import { SEARCH_TYPES, type SearchType, searchPath } from './search-path.ts';

/** The same search among something else. */
export function SearchTabs({ query, type }: { query: string; type: SearchType }) {
  return (
    <nav aria-label="What to search" className={tabs.tabs}>
      {(Object.keys(SEARCH_TYPES) as SearchType[]).map((one) => (
        <Link
          key={one}
          href={searchPath(query, one)}
          className={tabs.tab}
          prefetch={false}
          aria-current={one === type ? 'page' : undefined}
        >
          {SEARCH_TYPES[one]}
        </Link>
      ))}
    </nav>
  );
}
