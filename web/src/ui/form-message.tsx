import styles from './form.module.css';

/** A text about the whole form, announced when it appears. */
export function FormMessage({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p role="alert" tabIndex={-1} className={styles.message}>
      {text}
    </p>
  );
}
