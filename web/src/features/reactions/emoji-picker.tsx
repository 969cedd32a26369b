import { useTexts } from '#texts';
import { PendingButton } from '../../ui/pending-button.tsx';
import { OFFERED } from './offered.ts';
import styles from './reactions.module.css';
import { SmileIcon } from './smile-icon.tsx';

/** The button that opens the choice of emojis, in their form: the usual ones, and any other from the keyboard. */
export function EmojiPicker({ id, pending }: { id: string; pending: boolean }) {
  const t = useTexts('reactions');
  const field = `${id}-typed`;
  return (
    <>
      <button type="button" popoverTarget={id} className={styles.open} data-takes-focus>
        <SmileIcon />
        <span className={styles.openLabel}>{t('react')}</span>
      </button>
      <fieldset id={id} popover="auto" className={styles.picker} aria-label={t('chooseEmoji')}>
        <p className={styles.offered}>
          {OFFERED.map((emoji) => (
            <PendingButton key={emoji} name="give" value={emoji} className={styles.choice} pending={pending}>
              {emoji}
            </PendingButton>
          ))}
        </p>
        <p className={styles.other}>
          <label htmlFor={field}>{t('anyOther')}</label>
          <input id={field} name="typed" type="text" maxLength={32} autoComplete="off" />
          <PendingButton name="give" value="" className="button" pending={pending}>
            {t('give')}
          </PendingButton>
        </p>
      </fieldset>
    </>
  );
}
