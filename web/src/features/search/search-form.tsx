import { useTexts } from '#texts';
import styles from './search-form.module.css';

/** Where one says what is looked for; it is a form of the plain web. */
export function SearchForm({ query = '', type }: { query?: string; type?: string }) {
  const t = useTexts('search');
  return (
    <search>
      <form action="/search" className={styles.form}>
        {type !== undefined && <input type="hidden" name="type" value={type} />}
        <label htmlFor="search" className="visually-hidden">
          {t('search')}
        </label>
        <input
          id="search"
          name="q"
          type="search"
          defaultValue={query}
          className={styles.field}
          placeholder={t('search')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={type === 'posts' ? 200 : 100}
          required
        />
        <button type="submit" className="button">
          {t('doSearch')}
        </button>
      </form>
    </search>
  );
}
