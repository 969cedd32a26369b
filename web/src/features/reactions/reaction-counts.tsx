import styles from './reactions.module.css';

/** The emojis on something, for those who can give none. */
export function ReactionCounts({ reactions }: { reactions: { emoji: string; count: number }[] }) {
  if (reactions.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label="Reactions">
      {reactions.map(({ emoji, count }) => (
        <li key={emoji} className={styles.count}>
          {emoji} {count.toLocaleString('en')}
        </li>
      ))}
    </ul>
  );
}
