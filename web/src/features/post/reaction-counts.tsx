import styles from './post-card.module.css';

/** The emojis on something, for those who put none there themselves. */
export function ReactionCounts({ reactions }: { reactions: { emoji: string; count: number }[] }) {
  if (reactions.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label="Responses">
      {reactions.map(({ emoji, count }) => (
        <li key={emoji} className={styles.reaction}>
          {emoji} {count.toLocaleString('en')}
        </li>
      ))}
    </ul>
  );
}
