import { useTexts } from '#texts';
import styles from './search-hint.module.css';
import type { SearchType } from './search-path.ts';

const WORDS = [
  { what: '"the red folders"', does: 'thesePhrase' },
  { what: '#gardening', does: 'withHashtag' },
  { what: 'from:ines', does: 'byPerson' },
  { what: 'has:media', does: 'withPictures' },
  { what: 'after:2026-01-31', does: 'laterThan' },
  { what: '-frost', does: 'withoutWord' },
] as const;

/** What one can look for, as long as nothing is. */
export function SearchHint({ type }: { type: SearchType }) {
  const t = useTexts('search');
  if (type === 'people') return <p className="page-lead">{t('peopleHint')}</p>;
  return (
    <>
      <p className="page-lead">{t('postsHint')}</p>
      <dl className={styles.hints}>
        {WORDS.map(({ what, does }) => (
          <div key={what}>
            <dt>
              <code>{what}</code>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
