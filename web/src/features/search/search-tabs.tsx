import Link from 'next/link';
import { useTexts } from '#texts';
import tabs from '../../ui/tabs.module.css';
import { SEARCH_TYPES, type SearchType, searchPath } from './search-path.ts';

/** The same search among something else. */
export function SearchTabs({ query, type }: { query: string; type: SearchType }) {
  const t = useTexts('search');
  return (
    <nav aria-label={t('whatSearch')} className={tabs.tabs}>
      {(Object.keys(SEARCH_TYPES) as SearchType[]).map((one) => (
        <Link
          key={one}
          href={searchPath(query, one)}
          className={tabs.tab}
          prefetch={false}
          aria-current={one === type ? 'page' : undefined}
        >
          {t(SEARCH_TYPES[one])}
        </Link>
      ))}
    </nav>
  );
}
