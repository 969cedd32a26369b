import styles from './shell.module.css';

/** The mark: one hub, three people. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
        <rect width="32" height="32" rx="9" className={styles.logoTile} />
        <path
          d="M16 16 9.2 10.6M16 16l7.6-3.2M16 16l-1.6 7.6"
          fill="none"
          stroke="#fff"
          strokeWidth="2.2"
          strokeLinecap="round"
        />
        <circle cx="16" cy="16" r="4" fill="#fff" />
        <circle cx="8.6" cy="10.2" r="2.6" fill="#9fe3d1" />
        <circle cx="24" cy="12.6" r="2.6" fill="#ffd7a8" />
        <circle cx="14.2" cy="24.2" r="2.6" fill="#9fe3d1" />
      </svg>
      <span className={styles.wordmark}>SocialHub</span>
    </span>
  );
}
