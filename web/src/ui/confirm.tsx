'use client';

import { type ReactNode, useId } from 'react';
import styles from './confirm.module.css';

/**
 * A button for what nothing brings back, which asks first, also without JavaScript: `children` makes what it asks, of the button
 * that leaves all as it is.
 */
export function Confirm({
  label,
  className,
  keep,
  takesFocus = false,
  children,
}: {
  label: ReactNode;
  className: string;
  keep: string;
  /** When the button goes that stood in its place. */
  takesFocus?: boolean;
  children: (keeping: ReactNode) => ReactNode;
}) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={className}
        data-takes-focus={takesFocus || undefined}
      >
        {label}
      </button>
      <div id={id} popover="auto" className={styles.box}>
        {children(
          <button type="button" className="button" popoverTarget={id} popoverTargetAction="hide">
            {keep}
          </button>,
        )}
      </div>
    </>
  );
}

/** What it asks, and the buttons that answer. */
export function Question({ children, answers }: { children: ReactNode; answers: ReactNode }) {
  return (
    <>
      <p>{children}</p>
      <p className={styles.answers}>{answers}</p>
    </>
  );
}
