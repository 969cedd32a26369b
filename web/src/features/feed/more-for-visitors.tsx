'use client';

import { useEffect, useRef, useState } from 'react';
import { useLanguage, useTexts } from '#texts';
import styles from '../../ui/timeline.module.css';
import { LoadMore } from './load-more.tsx';
import { type MadePosts, moreForVisitors } from './more-for-visitors.action.tsx';

interface Shown {
  /** Where the pages begin. */
  first: string;
  language: string;
  pages: MadePosts[];
}

/** What was shown when the page was left, for who comes back to it. In the browser alone. */
let kept: Shown | null = null;

/** Older posts on demand, for whoever is signed out: they come as the server made them. */
export function MoreForVisitors({ path, first }: { path: string; first: string }) {
  const t = useTexts('feed');
  const language = useLanguage();
  const [shown, setShown] = useState<Shown>(() =>
    kept?.first === first && kept.language === language ? kept : { first, language, pages: [] },
  );
  const place = useRef<HTMLDivElement>(null);
  const isLoaded = useRef(false);
  if (shown.first !== first || shown.language !== language) setShown({ first, language, pages: [] });
  const { pages } = shown;
  const last = pages.at(-1);
  const next = last ? last.next : first;

  useEffect(() => {
    kept = shown;
    if (!isLoaded.current) return;
    isLoaded.current = false;
    // The keyboard goes on reading where the posts begin that came now.
    place.current?.lastElementChild?.querySelector('article')?.focus({ preventScroll: true });
  }, [shown]);

  return (
    <>
      <div ref={place}>
        {pages.map(({ posts, next: after }) => (
          <div key={after}>{posts}</div>
        ))}
      </div>
      {next === null ? (
        <p className={styles.end}>{t('haveReachedEnd')}</p>
      ) : (
        <LoadMore
          path={path}
          next={next}
          load={async () => {
            const more = await moreForVisitors(next);
            if ('fault' in more) return more;
            isLoaded.current = true;
            setShown((now) => ({ ...now, pages: [...now.pages, more] }));
            return more;
          }}
        />
      )}
    </>
  );
}
