'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** A link of the main navigation that says when it is the page shown. */
export function NavLink({
  href,
  className,
  children,
}: {
  href: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  const current = usePathname() === href;
  return (
    <Link href={href} className={className} prefetch={false} aria-current={current ? 'page' : undefined}>
      {children}
    </Link>
  );
}
