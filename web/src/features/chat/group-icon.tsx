import styles from './chat.module.css';

/** Several people, in the place where one has their picture. */
export const GroupIcon = ({ size }: { size: 32 | 44 }) => (
  <span className={styles.group} data-size={size} aria-hidden="true">
    <svg viewBox="0 0 24 24" width={size / 2} height={size / 2} fill="currentColor" aria-hidden="true">
      <circle cx="8" cy="8" r="3.4" />
      <circle cx="16.5" cy="9" r="2.8" />
      <path d="M1.5 19c0-4 2.8-6 6.5-6s6.5 2 6.5 6z" />
      <path d="M16 19c0-2.4-.7-4.3-1.9-5.6.7-.3 1.5-.4 2.4-.4 3.3 0 6 1.9 6 6z" />
    </svg>
  </span>
);
