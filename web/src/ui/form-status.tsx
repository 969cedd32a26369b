import styles from './form.module.css';

/** A text about what went well, announced when it appears; the element is there before, or it would not be. */
export function FormStatus({ text }: { text: string | null }) {
  return (
    <p role="status" tabIndex={-1} className={text ? styles.notice : 'visually-hidden'}>
      {text}
    </p>
  );
}
