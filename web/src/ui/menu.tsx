import type { ReactNode } from 'react';
import styles from './menu.module.css';
import { ToggleIcon } from './toggle-icon.tsx';

/** What else one can do with a thing, behind a button: `<li>`s. It opens without JavaScript too. */
export function Menu({
  id,
  label,
  children,
}: {
  /** Which no other has on the page, also of those that come later. */
  id: string;
  label: string;
  children: ReactNode;
}) {
  return (
    <>
      <button type="button" popoverTarget={id} className={styles.open}>
        <span className="visually-hidden">{label}</span>
        <ToggleIcon on>
          <path d="M5 12h.01M12 12h.01M19 12h.01" />
        </ToggleIcon>
      </button>
      <div id={id} popover="auto" className={styles.menu}>
        <ul className={styles.items}>{children}</ul>
      </div>
    </>
  );
}
