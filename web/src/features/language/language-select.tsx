import { useLanguage, useTexts } from '#texts';
import { LANGUAGES } from '../../i18n/languages.ts';
import styles from '../../ui/form.module.css';
import { changeLanguage } from './change-language.action.ts';

/** Chooses the language of all pages in this browser; it works without JavaScript too. */
export function LanguageSelect() {
  const t = useTexts('settings');
  const current = useLanguage();
  return (
    <form action={changeLanguage} className={styles.form}>
      <div className={styles.field}>
        <label htmlFor="language-choice">{t('language')}</label>
        {/* Made anew for a new language: a form that was sent goes back to what it began with. */}
        <select key={current} id="language-choice" name="language" defaultValue={current}>
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <option key={language} value={language} lang={language}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <p>
        <button type="submit" className="button primary">
          {t('useLanguage')}
        </button>
      </p>
    </form>
  );
}
