import styles from './search-hint.module.css';
import type { SearchType } from './search-path.ts';

const WORDS = [
  { what: '"the red folders"', does: 'these words as they stand' },
  { what: '#gardening', does: 'with this hashtag' },
  { what: 'from:ines', does: 'by this person' },
  { what: 'has:media', does: 'with pictures' },
  { what: 'after:2026-01-31', does: 'later than this day; before: earlier' },
  { what: '-frost', does: 'without this word' },
];

/** What one can look for, as long as nothing is. */
export function SearchHint({ type }: { type: SearchType }) {
  if (type === 'people')
    return (
      <p className="page-lead">
        Type a name or a username, or how it begins. Accents, case and small mistakes do not matter.
      </p>
    );
  return (
    <>
      <p className="page-lead">Type words of a post. What else one can say, alone or together with words:</p>
      <dl className={styles.hints}>
        {WORDS.map(({ what, does }) => (
          <div key={what}>
            <dt>
              <code>{what}</code>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
