'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './confirm.module.css';

/** A button that opens a box over the page, also without JavaScript: `children`, of the id by which a button closes it. */
export function Popup({
  label,
  className,
  takesFocus = false,
  children,
}: {
  label: ReactNode;
  className: string;
  /** When the button goes that stood in its place. */
  takesFocus?: boolean;
  children: ReactNode | ((id: string) => ReactNode);
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
        {typeof children === 'function' ? children(id) : children}
      </div>
    </>
  );
}

/**
 * A button for what nothing brings back, which asks first: `children` makes what it asks, of the button that leaves all as it is.
 */
export function Confirm({
  keep,
  children,
  ...button
}: Omit<ComponentProps<typeof Popup>, 'children'> & {
  keep: string;
  children: (keeping: ReactNode) => ReactNode;
}) {
  return (
    <Popup {...button}>
      {(id) =>
        children(
          <button type="button" className="button" popoverTarget={id} popoverTargetAction="hide">
            {keep}
          </button>,
        )
      }
    </Popup>
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
