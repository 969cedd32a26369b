import { useTexts } from '#texts';
import { useNumbers } from '../../ui/numbers.ts';
import styles from './reactions.module.css';

/** The emojis on something, for those who can give none. */
export function ReactionCounts({ reactions }: { reactions: { emoji: string; count: number }[] }) {
  const t = useTexts('reactions');
  const numbers = useNumbers();
  if (reactions.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label={t('reactions')}>
      {reactions.map(({ emoji, count }) => (
        <li key={emoji} className={styles.count}>
          {emoji} {numbers(count)}
        </li>
      ))}
    </ul>
  );
}
