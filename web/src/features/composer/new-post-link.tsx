'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { composePath } from './compose-path.ts';

/** The way to a new post, from any page but the one where it is written; it looks as whoever shows it says. */
export function NewPostLink({ className, children }: { className?: string; children?: ReactNode }) {
  const t = useTexts('shell');
  const path = composePath({});
  if (usePathname() === path) return null;
  return (
    <Link href={path} className={className} prefetch={false}>
      {children ?? t('newPost')}
    </Link>
  );
}
