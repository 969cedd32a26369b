import type { ReactNode } from 'react';

/** The drawing of a switch of 24 by 24: filled when it is on. */
export function ToggleIcon({ on, size = 18, children }: { on: boolean; size?: number; children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill={on ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}
