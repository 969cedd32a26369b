import { useLanguage, useTexts } from '#texts';
import { LANGUAGES } from '../../i18n/languages.ts';
import { changeLanguage } from './change-language.action.ts';
import styles from './language-form.module.css';

/** The languages, each a button by its own name; it works without JavaScript, and for whoever is signed out. */
export function LanguageForm() {
  const t = useTexts('shell');
  const current = useLanguage();
  return (
    <form action={changeLanguage} className={styles.form} aria-label={t('language')}>
      {Object.entries(LANGUAGES).map(([language, name]) => (
        <button
          key={language}
          type="submit"
          name="language"
          value={language}
          lang={language}
          aria-pressed={language === current}
          className={styles.language}
        >
          {name}
        </button>
      ))}
    </form>
  );
}
