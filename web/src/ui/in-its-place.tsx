'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** What stands where something was that the viewer has ended: it takes the focus, and is said. */
export function InItsPlace({ className, children }: { className: string; children: ReactNode }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <p ref={place} tabIndex={-1} role="status" className={className}>
      {children}
    </p>
  );
}
