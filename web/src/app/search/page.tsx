import Link from 'next/link';
import { textsNow } from '#texts';
import { cursorFrom } from '../../features/feed/timeline-page.ts';
import { FoundPeople } from '../../features/search/found-people.tsx';
import { FoundPosts } from '../../features/search/found-posts.tsx';
import { SearchAsTyped } from '../../features/search/search-as-typed.tsx';
import { SearchHint } from '../../features/search/search-hint.tsx';
import { searchPath, searchTypeFrom } from '../../features/search/search-path.ts';
import { ClientTexts } from '../../i18n/client-texts.tsx';
import { titled } from '../../i18n/titled.ts';
import { presumedState } from '../../session/current-session.ts';
import { Notice, Unavailable } from '../../ui/notice.tsx';

export const generateMetadata = titled('search', 'search');

/** What is found for the words in the address. */
export default async function SearchPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('search');
  const { q, type: asked, after } = await searchParams;
  const query = typeof q === 'string' ? q.trim() : '';
  const type = searchTypeFrom(asked);
  const state = await presumedState();
  const Found = type === 'posts' ? FoundPosts : FoundPeople;
  const here = searchPath(query, type);
  return (
    <div className="column">
      <h1 className="page-title">{t('search')}</h1>
      <ClientTexts rooms={['search']}>
        <SearchAsTyped key={here} query={query} type={type}>
          {query === '' && <SearchHint type={type} />}
          {query !== '' && state === 'signedOut' && (
            <Notice title={t('signInSearch')}>
              <p>{t('signInHint')}</p>
              <p>
                <Link
                  href={`/sign-in?to=${encodeURIComponent(here)}`}
                  className="button primary"
                  prefetch={false}
                >
                  {t('signIn')}
                </Link>
              </p>
            </Notice>
          )}
          {query !== '' && state === 'unavailable' && <Unavailable href={here} />}
          {query !== '' && state === 'signedIn' && <Found query={query} after={cursorFrom(after)} />}
        </SearchAsTyped>
      </ClientTexts>
    </div>
  );
}
