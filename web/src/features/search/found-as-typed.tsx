import { useTexts } from '#texts';
import type { TextsOf } from '../../i18n/texts.ts';
import more from '../../ui/timeline.module.css';
import type { TimelineFragment } from '../feed/generated/documents.ts';
import { PostList } from '../feed/post-list.tsx';
import type { ListedPersonFragment } from '../profile/generated/documents.ts';
import { PeopleList } from '../profile/people-list.tsx';
import { HowToSearch } from './how-to-search.tsx';
import { searchPath } from './search-path.ts';

/** What was found for what was typed; a page of null: that cannot be read. */
export type Found =
  | { type: 'people'; of: string; people: ListedPersonFragment[] }
  | { type: 'posts'; of: string; page: TimelineFragment | null };

/** What is said when it is there. */
export const foundText = (t: TextsOf<'search'>, found: Found): string =>
  found.type === 'people'
    ? t('peopleFound', { n: found.people.length })
    : t('postsFound', { n: found.page?.edges.length ?? 0 });

/** The first that was found as one types; the whole search is a page. */
export function FoundAsTyped({ found }: { found: Found }) {
  const t = useTexts('search');
  if (found.type === 'people') return <People people={found.people} />;
  if (!found.page) return <HowToSearch />;
  const { edges, pageInfo } = found.page;
  if (edges.length === 0 && !pageInfo.hasNextPage) return <p className="page-lead">{t('noPosts')}</p>;
  return (
    <>
      <PostList posts={edges.map(({ node }) => node)} />
      {pageInfo.hasNextPage && (
        <p className={more.more}>
          <a href={searchPath(found.of, 'posts')} className="button">
            {t('seeAll')}
          </a>
        </p>
      )}
    </>
  );
}

function People({ people }: { people: ListedPersonFragment[] }) {
  const t = useTexts('search');
  if (people.length === 0) return <p className="page-lead">{t('noPeople')}</p>;
  return <PeopleList people={people} label={t('people')} />;
}
